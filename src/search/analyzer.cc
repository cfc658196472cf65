#include "search/analyzer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/gtin.h"
#include "base/text.h"
#include "search/fold.h"
#include "search/ranking.h"

namespace emplettes::search {
namespace {

constexpr std::size_t kJoinedPiecesMax = 6;
constexpr std::size_t kPartBytesMin = 3;
constexpr std::size_t kCodeDigitsMin = 8;
constexpr std::size_t kCodeDigitsMax = 14;

// Sorted.
constexpr auto kElisions = std::to_array<std::string_view>(
    {"c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t"});

// Sorted. Only words that no accent turns into a thing to buy: "thé" folds to "the", "or" is gold.
constexpr auto kFunctionWords = std::to_array<std::string_view>(
    {kEnglishArticle, "a",  "and", "au",   "aux", "avec", "d",   "dans", "de",
     "des",           "du", "en",  "et",   "for", "in",   "l",   "la",   "le",
     "les",           "of", "par", "pour", "sur", "un",   "une", "with"});

constexpr std::string_view kTea = "the";  // folded
constexpr std::string_view kThousands = "000";

// Sorted. What tells an English text: hardly any French title has a word that folds to one of
// these.
constexpr auto kEnglishWords = std::to_array<std::string_view>(
    {"and", "for", "from", "her", "his", "my", "of", "with", "you", "your"});

// Sorted. Units and how they are written out.
constexpr auto kUnits = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"centilitre", "cl"}, {"centilitres", "cl"},
    {"centimetre", "cm"}, {"centimetres", "cm"},
    {"cl", "cl"},         {"cm", "cm"},
    {"cm2", "cm2"},       {"dl", "dl"},
    {"g", "g"},           {"gb", "go"},
    {"go", "go"},         {"gr", "g"},
    {"gramme", "g"},      {"grammes", "g"},
    {"grams", "g"},       {"hz", "hz"},
    {"kg", "kg"},         {"kgs", "kg"},
    {"kilo", "kg"},       {"kilos", "kg"},
    {"km", "km"},         {"kw", "kw"},
    {"l", "l"},           {"litre", "l"},
    {"litres", "l"},      {"m", "m"},
    {"m2", "m2"},         {"mah", "mah"},
    {"metre", "m"},       {"metres", "m"},
    {"mg", "mg"},         {"ml", "ml"},
    {"mm", "mm"},         {"mo", "mo"},
    {"to", "to"},         {"v", "v"},
    {"volts", "v"},       {"w", "w"},
    {"watts", "w"},
});
static_assert(std::is_sorted(kElisions.begin(), kElisions.end()));
static_assert(std::is_sorted(kFunctionWords.begin(), kFunctionWords.end()));
static_assert(std::all_of(kFunctionWords.begin(), kFunctionWords.end(), [](std::string_view word) {
    return word.size() <= kFunctionWordBytesMax;
}));
static_assert(std::is_sorted(kEnglishWords.begin(), kEnglishWords.end()));
static_assert(std::is_sorted(kUnits.begin(), kUnits.end()));

bool is_elision(std::string_view word) {
    return std::binary_search(kElisions.begin(), kElisions.end(), word);
}

bool is_apostrophe(char c) { return c == kApostrophe || c == kNameApostrophe; }

// The unit's short form; empty when the word is no unit.
std::string_view unit_of(std::string_view word) {
    const auto found = std::lower_bound(
        kUnits.begin(), kUnits.end(), word,
        [](const auto& unit, std::string_view wanted) { return unit.first < wanted; });
    return found != kUnits.end() && found->first == word ? found->second : std::string_view{};
}

// Cut to the limit, never within a character.
std::string_view cut(std::string_view word) {
    if (word.size() <= kWordBytesMax) return word;
    std::size_t size = kWordBytesMax;
    while (size > 0 && (static_cast<unsigned char>(word[size]) & 0xC0) == 0x80) --size;
    return word.substr(0, size);
}

bool is_english_word(std::string_view word) {
    return std::binary_search(kEnglishWords.begin(), kEnglishWords.end(), word);
}

// Has "thé", in capitals or not, its accent composed or not.
bool writes_tea(std::string_view text) {
    for (auto at = text.find_first_of("tT"); at < text.size();
         at = text.find_first_of("tT", at + 1)) {
        const std::string_view rest = text.substr(at + 1);
        for (const std::string_view sound : {"hé", "hÉ", "HÉ", "he\xCC\x81", "HE\xCC\x81"})
            if (rest.starts_with(sound)) return true;
    }
    return false;
}

// How many bytes of the word are a number: "1,50l" has 4.
std::size_t number_bytes(std::string_view word) {
    std::size_t at = 0;
    while (at < word.size() && is_digit_byte(word[at])) ++at;
    const bool has_decimals = at > 0 && at + 1 < word.size() &&
                              (word[at] == ',' || word[at] == '.') && is_digit_byte(word[at + 1]);
    if (!has_decimals) return at;
    ++at;
    while (at < word.size() && is_digit_byte(word[at])) ++at;
    return at;
}

// "1,50" as "1.5".
std::string canonical_number(std::string_view digits) {
    std::string number(digits);
    const auto point = number.find_first_of(",.");
    if (point == std::string::npos) return number;
    number[point] = '.';
    while (number.back() == '0') number.pop_back();
    if (number.back() == '.') number.pop_back();
    return number;
}

}  // namespace

TextOf text_in(std::string_view language) {
    const std::string name = to_lower_ascii(language);
    const bool is_english = name.starts_with("en") || name == "anglais";
    return is_english ? TextOf::english_catalogue : TextOf::catalogue;
}

bool is_function_word(std::string_view word) {
    return std::binary_search(kFunctionWords.begin(), kFunctionWords.end(), word);
}

const std::vector<Token>& Analyzer::analyze(std::string_view text, TextOf text_of) {
    text_of_ = text_of;
    tokens_.clear();
    next_position_ = 0;
    fold_text(text, folded_);
    cut_into_pieces();
    for (std::size_t begin = 0; begin < pieces_.size();) {
        std::size_t end = begin + 1;
        while (end < pieces_.size() && pieces_[end].connector != ' ') ++end;
        taken_ = 0;
        read_group(begin, end);
        begin = end + taken_;
    }
    if (text_of != TextOf::query) mark_articles(text);
    return tokens_;
}

void Analyzer::mark_articles(std::string_view text) {
    const auto is_tea = [](const Token& token) { return token.word == kTea; };
    if (std::none_of(tokens_.begin(), tokens_.end(), is_tea)) return;
    if (!is_english() || writes_tea(text)) return;
    for (Token& token : tokens_)
        if (is_tea(token)) token.word = kEnglishArticle;
}

bool Analyzer::is_english() const {
    if (text_of_ == TextOf::english_catalogue) return true;
    const auto is_one = [](const Token& token) { return is_english_word(token.word); };
    const auto is_french = [](const Token& token) {
        const bool is_both = token.word == "a" || token.word == "in";
        return is_function_word(token.word) && !is_english_word(token.word) && !is_both;
    };
    return std::any_of(tokens_.begin(), tokens_.end(), is_one) &&
           std::none_of(tokens_.begin(), tokens_.end(), is_french);
}

void Analyzer::cut_into_pieces() {
    pieces_.clear();
    const std::string_view text = folded_;
    ends_in_word_ = false;
    std::size_t last_end = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_word_byte(text[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        at += number_bytes(text.substr(at));
        const bool is_number = at > begin;
        while (at < text.size() && is_word_byte(text[at])) ++at;
        // One connector right between two words joins them; a hyphen or apostrophe, not a comma.
        const bool joins = !pieces_.empty() && last_end + 1 == begin &&
                           (text[last_end] == kHyphen || is_apostrophe(text[last_end]));
        pieces_.push_back({.text = text.substr(begin, at - begin),
                           .connector = joins ? text[last_end] : ' ',
                           .is_number = is_number});
        last_end = at;
    }
    if (pieces_.empty()) return;
    const auto rest = text.substr(last_end);
    const bool is_bare_elision = rest.size() == 1 && is_apostrophe(rest[0]);  // "l'" being typed
    ends_in_word_ = rest.empty() || is_bare_elision;
}

// A group is what stands between spaces: pieces joined by hyphens and apostrophes.
void Analyzer::read_group(std::size_t begin, std::size_t end) {
    const bool is_elided = end - begin > 1 && is_apostrophe(pieces_[begin + 1].connector) &&
                           is_elision(pieces_[begin].text);
    if (!is_elided) {
        read_hyphenated(begin, end);
        return;
    }
    const auto first_position = next_position_;
    const auto first_token = tokens_.size();
    read_hyphenated(begin + 1, end);
    const bool is_name = pieces_[begin + 1].connector == kNameApostrophe;
    if (is_name || text_of_ == TextOf::query) {
        const std::string joined = std::string(pieces_[begin].text) + tokens_[first_token].word;
        add_alternate(joined, first_position);
    }
}

// Pieces between hyphens are words of their own, and all of them together another spelling.
void Analyzer::read_hyphenated(std::size_t begin, std::size_t end) {
    const auto first_position = next_position_;
    std::string joined;
    for (std::size_t at = begin; at < end;) {
        std::size_t word_end = at + 1;
        while (word_end < end && is_apostrophe(pieces_[word_end].connector)) ++word_end;
        read_word(at, word_end);
        for (std::size_t i = at; i < word_end; ++i) joined += pieces_[i].text;
        at = word_end;
    }
    const auto words = next_position_ - first_position;
    if (words > 1 && words <= kJoinedPiecesMax) add_alternate(joined, first_position, words);
}

// "Levi's", "O'Neill", "rock'n'roll": one word, its longer pieces beside it.
void Analyzer::read_word(std::size_t begin, std::size_t end) {
    if (end - begin == 1) {
        if (!pieces_[begin].is_number || !read_number(begin)) add(pieces_[begin].text);
        return;
    }
    std::string joined;
    for (std::size_t i = begin; i < end; ++i) joined += pieces_[i].text;
    const auto position = add(joined).position;
    for (std::size_t i = begin; i < end; ++i) {
        if (pieces_[i].text.size() > 1) add_alternate(pieces_[i].text, position);
    }
}

// A number alone or with its unit, in the same piece or in the next one; "1 000" is one number.
// False for "4x4".
bool Analyzer::read_number(std::size_t at) {
    const std::string_view text = pieces_[at].text;
    const std::size_t digits = number_bytes(text);
    std::string number = canonical_number(text.substr(0, digits));
    std::string_view unit = unit_of(text.substr(digits));
    if (unit.empty() && digits < text.size()) return false;

    const auto is_alone = [&](std::size_t piece) {
        return piece < pieces_.size() && pieces_[piece].connector == ' ' &&
               (piece + 1 == pieces_.size() || pieces_[piece + 1].connector == ' ');
    };
    const bool is_whole =
        number.size() <= kThousands.size() && number.find('.') == std::string::npos;
    for (std::size_t next = at + 1; is_whole && unit.empty() && is_alone(next); ++next) {
        if (pieces_[next].text != kThousands) break;
        number += kThousands;
        ++taken_;
    }
    const std::size_t next = at + taken_ + 1;
    if (unit.empty() && is_alone(next)) {
        unit = unit_of(pieces_[next].text);
        if (!unit.empty()) ++taken_;
    }
    const auto position = add(number + std::string(unit)).position;
    if (!unit.empty()) add_alternate(number, position);
    return true;
}

Token& Analyzer::add(std::string_view word) {
    return tokens_.emplace_back(
        Token{.word = std::string(cut(word)), .position = next_position_++});
}

void Analyzer::add_alternate(std::string_view word, std::uint32_t position, std::uint32_t span) {
    tokens_.push_back(
        {.word = std::string(cut(word)), .position = position, .span = span, .is_alternate = true});
}

namespace {

// Another spelling that a word of the query may have; a number's alternate is less than was asked
// for ("500" for "500g"), so it is none.
bool is_other_spelling(const Token& token, const std::vector<QueryWord>& words) {
    if (!token.is_alternate) return false;
    return token.span > 1 || token.word.size() > words[token.position].spellings[0].word.size();
}

void add_spelling(QueryWord& word, const Spelling& spelling) {
    if (spelling.word.size() > kWordBytesMax) return;
    const auto is_same = [&](const Spelling& other) { return other.word == spelling.word; };
    if (std::any_of(word.spellings.begin(), word.spellings.end(), is_same)) return;
    word.spellings.push_back(spelling);
}

void add_alternates(const std::vector<Token>& tokens, std::vector<QueryWord>& words) {
    for (const Token& token : tokens) {
        if (!is_other_spelling(token, words)) continue;
        const std::size_t end = token.position + token.span;
        const bool is_prefix = words[end - 1].spellings[0].is_prefix;
        for (std::size_t i = token.position; i < end; ++i) {
            add_spelling(words[i], {.word = token.word, .is_prefix = is_prefix});
        }
    }
}

void join_neighbours(std::vector<QueryWord>& words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const Spelling joined{.word = words[i].spellings[0].word + words[i + 1].spellings[0].word,
                              .is_prefix = words[i + 1].spellings[0].is_prefix};
        add_spelling(words[i], joined);
        add_spelling(words[i + 1], joined);
    }
}

// While "pain de" is typed towards "pain de mie" it is "pain": not the bread whose next word begins
// with "de".
void drop_function_words(std::vector<QueryWord>& words) {
    const auto drops = [](const QueryWord& word) {
        return is_function_word(word.spellings[0].word);
    };
    if (std::all_of(words.begin(), words.end(), drops)) return;
    // Nobody begins with half an elision: the first letter of "d battery" is a size.
    const std::string& first = words[0].spellings[0].word;
    const auto begin = words.begin() + (first == "d" || first == "l" ? 1 : 0);
    words.erase(std::remove_if(begin, words.end(), drops), words.end());
}

// Whoever names an English book writes its article; whoever asks for tea alone does not.
void add_articles(std::vector<QueryWord>& words) {
    for (QueryWord& word : words)
        if (word.spellings[0].word == kTea)
            add_spelling(word, {.word = std::string(kEnglishArticle)});
}

}  // namespace

QueryText analyze_query(std::string_view text) {
    text = text.substr(0, kQueryBytesMax);
    QueryText query;
    query.is_blank = trim(text).empty();
    query.code = code_number(text);
    Analyzer analyzer;
    const auto& tokens = analyzer.analyze(text, TextOf::query);
    for (const Token& token : tokens) {
        if (!token.is_alternate) query.words.push_back({{{.word = token.word}}});
    }
    if (query.words.empty()) return query;
    query.words.back().spellings[0].is_prefix = analyzer.ends_in_word();
    add_alternates(tokens, query.words);
    join_neighbours(query.words);
    drop_function_words(query.words);
    if (query.words.size() > 1 && !writes_tea(text)) add_articles(query.words);
    if (query.words.size() > kQueryWordsMax) query.words.resize(kQueryWordsMax);
    return query;
}

bool ends_in_function_word(std::string_view text) {
    Analyzer analyzer;
    const auto& tokens = analyzer.analyze(text, TextOf::query);
    if (tokens.empty() || !analyzer.ends_in_word()) return false;
    const auto last = std::find_if(tokens.rbegin(), tokens.rend(),
                                   [](const Token& token) { return !token.is_alternate; });
    return last != tokens.rend() && is_function_word(last->word);
}

std::uint32_t telling_words(const QueryText& query) {
    const auto all = (std::uint32_t{1} << query.words.size()) - 1;
    std::uint32_t telling = 0;
    for (std::size_t i = 0; i < query.words.size(); ++i) {
        const Spelling& word = query.words[i].spellings[0];
        const bool is_number = is_digit_byte(word.word[0]);
        const bool is_short =
            word.is_prefix && utf8_length(word.word) < kRanking.telling_prefix_letters;
        telling |= std::uint32_t{is_number || is_short ? 0U : 1U} << i;
    }
    return telling == 0 ? all : telling;
}

void number_telling_words(const std::vector<Token>& tokens, std::vector<std::uint32_t>& numbers) {
    numbers.assign(1, 0);
    for (const Token& token : tokens) {
        if (token.is_alternate) continue;
        numbers.push_back(numbers.back() + (is_function_word(token.word) ? 0 : 1));
    }
}

bool may_split(std::string_view word, std::size_t at) {
    if (at == 0 || at >= word.size()) return false;
    const bool is_within_character = (static_cast<unsigned char>(word[at]) & 0xC0) == 0x80;
    if (is_within_character) return false;
    if (is_digit_byte(word[at - 1]) != is_digit_byte(word[at])) return true;
    return at >= kPartBytesMin && word.size() - at >= kPartBytesMin;
}

std::optional<std::int64_t> code_number(std::string_view text) {
    if (const auto gtin = parse_gtin(trim(text)); gtin.ok()) return gtin.value().digits;
    std::string digits;
    for (const char c : trim(text)) {
        if (c == ' ' || c == '-') continue;
        if (!is_digit_byte(c)) return std::nullopt;
        digits += c;
    }
    if (digits.size() < kCodeDigitsMin || digits.size() > kCodeDigitsMax) return std::nullopt;
    return parse_int(digits);
}

}  // namespace emplettes::search
