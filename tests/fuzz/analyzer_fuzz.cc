#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "search/analyzer.h"
#include "search/fold.h"
#include "search/plural.h"

namespace {

using namespace emplettes;

// The mark of a name's apostrophe is made by folding, not kept by it.
std::string folded(std::string_view text) {
    std::string out;
    search::fold_text(text, out);
    std::replace(out.begin(), out.end(), search::kNameApostrophe, search::kApostrophe);
    return out;
}

void check_word(const std::string& word) {
    if (word == search::kEnglishArticle) return;  // the one that is written as no word is
    check(!word.empty() && word.size() <= search::kWordBytesMax);
    check(is_valid_utf8(word));
    check(std::all_of(word.begin(), word.end(),
                      [](char c) { return search::is_word_byte(c) || c == '.' || c == ','; }));
    const std::string base = search::without_plural(word);
    check(!base.empty() && search::without_plural(base) == base);
}

void check_tokens(std::string_view text, search::TextOf text_of) {
    search::Analyzer analyzer;
    const auto tokens = analyzer.analyze(text, text_of);
    check(tokens.size() <= 3 * folded(text).size());
    const auto words = static_cast<std::uint32_t>(std::count_if(
        tokens.begin(), tokens.end(), [](const auto& token) { return !token.is_alternate; }));
    std::uint32_t next = 0;
    for (const search::Token& token : tokens) {
        check_word(token.word);
        check(token.span >= 1 && token.position + token.span <= words);
        if (!token.is_alternate) check(token.position == next++);
        // What stands there has been named before its other spellings.
        check(token.position < next);
    }
    check(analyzer.analyze(text, text_of) == tokens);
}

void check_query(std::string_view text) {
    const search::QueryText query = search::analyze_query(text);
    check(query.words.size() <= search::kQueryWordsMax);
    check(!query.is_blank || query.words.empty());
    for (const search::QueryWord& word : query.words) {
        check(!word.spellings.empty());
        for (const search::Spelling& spelling : word.spellings) check_word(spelling.word);
        const bool is_last = &word == &query.words.back();
        check(is_last || !word.spellings[0].is_prefix);
    }
    check(search::analyze_query(text).words == query.words);
}

}  // namespace

// Whatever is typed or printed on a label: words come in order, bounded and clean.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string once = folded(text);
    check(folded(once) == once);
    check(is_valid_utf8(once));
    check_tokens(text, search::TextOf::catalogue);
    check_tokens(text, search::TextOf::query);
    check_query(text);
    return 0;
}
