#include "geo/addresses/address_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace emplettes::geo {
namespace {

constexpr std::size_t kPostcodeDigits = 5;
constexpr std::size_t kWordsMax = 16;  // further words are not looked at
constexpr std::uint32_t kArrondissementMax = 20;

using Short = std::pair<std::string_view, std::string_view>;
// As the post, maps and people write them. Sorted by what is short.
constexpr std::array kShort = {
    Short{"all", "allee"},       Short{"av", "avenue"},       Short{"ave", "avenue"},
    Short{"bd", "boulevard"},    Short{"bld", "boulevard"},   Short{"blvd", "boulevard"},
    Short{"boul", "boulevard"},  Short{"bvd", "boulevard"},   Short{"carr", "carrefour"},
    Short{"cdt", "commandant"},  Short{"ch", "chemin"},       Short{"che", "chemin"},
    Short{"chem", "chemin"},     Short{"cne", "capitaine"},   Short{"col", "colonel"},
    Short{"crs", "cours"},       Short{"div", "division"},    Short{"dr", "docteur"},
    Short{"esp", "esplanade"},   Short{"faub", "faubourg"},   Short{"fbg", "faubourg"},
    Short{"fg", "faubourg"},     Short{"gal", "general"},     Short{"gd", "grand"},
    Short{"gde", "grande"},      Short{"ham", "hameau"},      Short{"imp", "impasse"},
    Short{"lot", "lotissement"}, Short{"lt", "lieutenant"},   Short{"mal", "marechal"},
    Short{"mgr", "monseigneur"}, Short{"mt", "mont"},         Short{"nd", "notre dame"},
    Short{"pass", "passage"},    Short{"pl", "place"},        Short{"pr", "professeur"},
    Short{"pres", "president"},  Short{"prof", "professeur"}, Short{"prom", "promenade"},
    Short{"prs", "president"},   Short{"pt", "petit"},        Short{"pte", "petite"},
    Short{"qrt", "quartier"},    Short{"qu", "quai"},         Short{"r", "rue"},
    Short{"res", "residence"},   Short{"rpt", "rond point"},  Short{"rte", "route"},
    Short{"sgt", "sergent"},     Short{"sq", "square"},       Short{"st", "saint"},
    Short{"ste", "sainte"},      Short{"vla", "villa"}};
static_assert(std::is_sorted(kShort.begin(), kShort.end()));

constexpr std::array<std::string_view, 14> kArticles = {
    "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "the"};
static_assert(std::is_sorted(kArticles.begin(), kArticles.end()));

constexpr std::array<std::string_view, 24> kKinds = {
    "allee",  "avenue",  "boulevard", "carrefour", "chemin", "cite",   "cours",     "esplanade",
    "hameau", "impasse", "passage",   "place",     "pont",   "quai",   "residence", "route",
    "rue",    "ruelle",  "sente",     "sentier",   "square", "street", "villa",     "voie"};
static_assert(std::is_sorted(kKinds.begin(), kKinds.end()));

constexpr std::array<std::string_view, 3> kSuffixes = {"bis", "quater", "ter"};

bool is_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A word, and whether an apostrophe stands behind it: "d" of "d'Alésia" is no letter of a house.
struct Piece {
    std::string word;
    bool is_elided = false;
};

std::vector<Piece> cut(const std::string& folded) {
    std::vector<Piece> pieces;
    bool is_inside = false;
    for (const char c : folded) {
        if (!is_word_byte(c)) {
            if (is_inside && c == '\'') pieces.back().is_elided = true;
            is_inside = false;
            continue;
        }
        if (!is_inside) pieces.emplace_back();
        is_inside = true;
        pieces.back().word += c;
    }
    return pieces;
}

std::string_view written_out(std::string_view word) {
    const auto found = std::ranges::lower_bound(kShort, word, {}, &Short::first);
    return found == kShort.end() || found->first != word ? std::string_view{} : found->second;
}

// "xi" is 11; 0: it is no roman number up to that of an arrondissement.
std::uint32_t roman_number(std::string_view word) {
    static constexpr std::array<std::string_view, kArrondissementMax> kRoman = {
        "i",  "ii",  "iii",  "iv",  "v",  "vi",  "vii",  "viii",  "ix",  "x",
        "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"};
    const auto found = std::ranges::find(kRoman, word);
    return found == kRoman.end() ? 0 : static_cast<std::uint32_t>(found - kRoman.begin()) + 1;
}

// "11e" of "11", "11e", "11eme", "1er", "xi" and "xie"; empty when it is none of these.
std::string ordinal_of(std::string_view word) {
    std::size_t digits = 0;
    while (digits < word.size() && is_digit(word[digits])) ++digits;
    const std::string_view end = word.substr(digits);
    const bool is_ordinal =
        end.empty() || end == "e" || end == "er" || end == "eme" || end == "ere" || end == "nd";
    if (digits > 0 && digits <= 2 && is_ordinal) {
        const auto number = parse_house_number(word.substr(0, digits))->number;
        return number == 0 || number > kArrondissementMax ? "" : std::to_string(number) + "e";
    }
    if (digits > 0) return {};
    std::string_view letters = word;
    if (letters.size() > 1 && letters.ends_with("e")) letters.remove_suffix(1);
    const std::uint32_t number = roman_number(letters);
    return number == 0 ? "" : std::to_string(number) + "e";
}

// But "r" is "rue".
bool is_suffix(const Piece& piece) {
    const bool is_letter = piece.word.size() == 1 && !is_digit(piece.word[0]) && !piece.is_elided &&
                           written_out(piece.word).empty();
    return is_letter || std::ranges::find(kSuffixes, piece.word) != kSuffixes.end();
}

std::optional<HouseNumber> number_of(const std::string& word) {
    if (!is_digit(word[0])) return std::nullopt;
    const auto number = parse_house_number(word);
    // "11e" and "75011" are none.
    if (!number || number->number > 9999 || number->suffix == "e" || number->suffix == "eme")
        return std::nullopt;
    return number;
}

TypedWord typed_word(const Piece& piece) {
    TypedWord typed{.word = piece.word, .number = number_of(piece.word)};
    typed.is_article = is_address_article(piece.word);
    for (const auto& other : split(written_out(piece.word), ' '))
        if (!other.empty()) typed.meanings.emplace_back(other);
    if (const std::string ordinal = ordinal_of(piece.word); !ordinal.empty())
        typed.meanings.push_back(ordinal);
    return typed;
}

}  // namespace

std::vector<std::string> name_words(std::string_view name) {
    std::vector<std::string> words;
    for (const Piece& piece : cut(fold(name))) {
        const std::string_view full = written_out(piece.word);
        if (full.empty()) words.push_back(piece.word);
        for (const auto& word : split(full, ' '))
            if (!word.empty()) words.emplace_back(word);
    }
    return words;
}

bool is_address_article(std::string_view word) {
    return std::ranges::binary_search(kArticles, word);
}

bool is_kind_of_street(std::string_view word) { return std::ranges::binary_search(kKinds, word); }

std::string street_key(std::string_view name) {
    std::string key;
    for (const std::string& word : name_words(name)) key += word + ' ';
    return key;
}

std::string arrondissement_of(std::string_view postcode) {
    if (postcode == "75116") return "16e";
    const bool has_some =
        postcode.starts_with("750") || postcode.starts_with("6900") || postcode.starts_with("130");
    if (postcode.size() != kPostcodeDigits || !has_some) return {};
    const auto number = parse_house_number(postcode.substr(3));
    if (!number || number->number == 0 || number->number > kArrondissementMax) return {};
    return std::to_string(number->number) + "e";
}

std::string_view city_of(std::string_view postcode) {
    if (arrondissement_of(postcode).empty()) return {};
    if (postcode.starts_with("75")) return "paris";
    return postcode.starts_with("69") ? "lyon" : "marseille";
}

std::vector<TypedWord> typed_words(std::string_view text) {
    const std::string folded = fold(text);
    const auto pieces = cut(folded);
    std::vector<TypedWord> words;
    for (std::size_t i = 0; i < pieces.size() && words.size() < kWordsMax; ++i) {
        TypedWord typed = typed_word(pieces[i]);
        const bool has_suffix = typed.number && typed.number->suffix.empty() &&
                                i + 1 < pieces.size() && is_suffix(pieces[i + 1]);
        if (has_suffix) {
            typed.number = parse_house_number(pieces[i].word + pieces[i + 1].word);
            ++i;
        }
        words.push_back(std::move(typed));
    }
    if (!words.empty() && is_word_byte(folded.back())) words.back().is_prefix = true;
    return words;
}

}  // namespace emplettes::geo
