#include "search/synonyms.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "embedded/search_data.h"
#include "search/plural.h"

namespace emplettes::search {
namespace {

constexpr std::size_t kNameWordsMax = 2;

std::string_view built_in_lines() {
    for (const EmbeddedFile& file : embedded_search_data()) {
        if (file.path == "synonyms.txt") return file.bytes;
    }
    throw std::logic_error("the program was built without synonyms.txt");
}

// Folded, without articles: "pomme terre" for "Pomme de terre". Empty when it cannot be a name.
std::string folded_name(std::string_view text) {
    Analyzer analyzer;
    std::string name;
    std::size_t words = 0;
    for (const Token& token : analyzer.analyze(text, TextOf::catalogue)) {
        if (token.is_alternate || is_function_word(token.word)) continue;
        name += (words++ == 0 ? "" : " ") + token.word;
    }
    return words <= kNameWordsMax ? name : "";
}

// The same for every number: "pomme terre" for "pommes terre".
std::string name_of_classes(std::string_view name) {
    const std::size_t space = name.find(' ');
    if (space == std::string_view::npos) return without_plural(name);
    return without_plural(name.substr(0, space)) + " " + without_plural(name.substr(space + 1));
}

std::vector<std::string> folded_names(std::string_view list, std::size_t line) {
    std::vector<std::string> names;
    for (const std::string_view text : split(list, ',')) {
        names.push_back(folded_name(text));
        if (names.back().empty())
            throw std::invalid_argument("synonyms, line " + std::to_string(line) + ": \"" +
                                        std::string(trim(text)) +
                                        "\" has no word, or more than two");
    }
    return names;
}

void add_name(QueryWord& word, const std::string& name) {
    const auto is_same = [&](const Spelling& other) { return other.word == name; };
    if (std::none_of(word.spellings.begin(), word.spellings.end(), is_same))
        word.spellings.push_back({.word = name, .is_synonym = true});
}

}  // namespace

Synonyms::Synonyms() : Synonyms(built_in_lines()) {}

Synonyms::Synonyms(std::string_view lines) {
    std::size_t number = 0;
    for (const std::string_view line : split(lines, '\n')) {
        ++number;
        if (trim(line).empty() || line.starts_with('#')) continue;
        const std::size_t arrow = line.find('>');
        const auto names = folded_names(line.substr(0, arrow), number);
        const bool is_one_way = arrow != std::string_view::npos;
        const auto others = is_one_way ? folded_names(line.substr(arrow + 1), number) : names;
        for (const std::string& name : names) add(name, others);
    }
}

void Synonyms::add(std::string_view name, const Names& others) {
    const std::string own = name_of_classes(name);
    Names& known = others_[own];
    for (const std::string& other : others) {
        const bool is_known = std::find(known.begin(), known.end(), other) != known.end();
        if (!is_known && name_of_classes(other) != own) known.push_back(other);
    }
}

const Synonyms::Names* Synonyms::find(std::string_view name) const {
    const auto found = others_.find(name_of_classes(name));
    return found == others_.end() ? nullptr : &found->second;
}

void Synonyms::widen(QueryText& query) const {
    for (std::size_t i = 0; i < query.words.size(); ++i) {
        const std::string word = query.words[i].spellings[0].word;
        if (const Names* names = find(word)) {
            for (const std::string& name : *names) add_name(query.words[i], name);
        }
        if (i + 1 == query.words.size()) continue;
        QueryWord& next = query.words[i + 1];
        const Names* names = find(word + " " + next.spellings[0].word);
        if (!names) continue;
        for (const std::string& name : *names) {
            add_name(query.words[i], name);
            add_name(next, name);
        }
    }
}

}  // namespace emplettes::search
