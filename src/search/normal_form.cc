#include "search/normal_form.h"

#include <set>

#include "search/analyzer.h"
#include "search/plural.h"

namespace emplettes::search {

std::string normal_form(std::string_view question) {
    // The space ends the last word: an article there is one, and no beginning of another word.
    const QueryText asked = analyze_query(std::string(question) + " ");
    std::set<std::string> words;
    for (const QueryWord& word : asked.words)
        words.insert(without_plural(word.spellings.front().word));
    std::string form;
    for (const std::string& word : words) form += (form.empty() ? "" : " ") + word;
    return form;
}

}  // namespace emplettes::search
