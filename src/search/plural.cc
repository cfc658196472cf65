#include "search/plural.h"

#include <algorithm>
#include <array>
#include <utility>

#include "search/fold.h"

namespace emplettes::search {
namespace {

constexpr std::size_t kPluralLettersMin = 4;

// Sorted. Words whose regular treatment would meet another word, and irregular plurals.
constexpr auto kExceptions = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"aloyaux", "aloyau"},  {"boyaux", "boyau"},        {"bras", "bras"},
    {"chaux", "chaux"},     {"children", "child"},      {"coraux", "corail"},
    {"cours", "cours"},     {"dans", "dans"},           {"deux", "deux"},
    {"emaux", "email"},     {"feet", "foot"},           {"fils", "fils"},
    {"fois", "fois"},       {"joyaux", "joyau"},        {"knives", "knife"},
    {"leaves", "leaf"},     {"loaves", "loaf"},         {"mais", "mais"},
    {"mars", "mars"},       {"mice", "mouse"},          {"news", "news"},
    {"noyaux", "noyau"},    {"paris", "paris"},         {"plus", "plus"},
    {"potatoes", "potato"}, {"sans", "sans"},           {"scarves", "scarf"},
    {"shelves", "shelf"},   {"soupiraux", "soupirail"}, {"sous", "sous"},
    {"teeth", "tooth"},     {"temps", "temps"},         {"tomatoes", "tomato"},
    {"tous", "tous"},       {"travaux", "travail"},     {"tuyaux", "tuyau"},
    {"vers", "vers"},       {"vitraux", "vitrail"},     {"vous", "vous"},
    {"wives", "wife"},      {"wolves", "wolf"},         {"women", "woman"},
    {"yeux", "oeil"},
});

constexpr bool by_word(const std::pair<std::string_view, std::string_view>& a,
                       const std::pair<std::string_view, std::string_view>& b) {
    return a.first < b.first;
}

bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

// Without the mark of the plural alone.
std::string_view without_mark(std::string_view word) {
    if (word.ends_with("eaux") || word.ends_with("eux") || word.ends_with("oux")) {
        return word.substr(0, word.size() - 1);
    }
    if (word.ends_with('s') && !word.ends_with("ss")) return word.substr(0, word.size() - 1);
    return word;
}

// English writes boxes, watches, dishes, glasses where French writes taxe, poche, classe: the last
// e says nothing after these letters.
bool has_silent_e(std::string_view word) {
    return word.ends_with("xe") || word.ends_with("che") || word.ends_with("she") ||
           word.ends_with("sse") || word.ends_with("ze");
}

std::string one_step(std::string_view word) {
    if (word.size() < kPluralLettersMin) return std::string(word);
    static_assert(std::is_sorted(kExceptions.begin(), kExceptions.end(), by_word));
    const auto found = std::lower_bound(kExceptions.begin(), kExceptions.end(),
                                        std::pair{word, std::string_view{}}, by_word);
    if (found != kExceptions.end() && found->first == word) return std::string(found->second);

    if (word.size() > kPluralLettersMin && word.ends_with("aux") && !word.ends_with("eaux")) {
        return std::string(word.substr(0, word.size() - 2)) + "l";  // journaux, bocaux
    }
    std::string base(without_mark(word));
    if (base.size() >= kPluralLettersMin && has_silent_e(base)) base.pop_back();
    const bool ends_in_consonant_y =
        base.size() >= kPluralLettersMin && base.back() == 'y' && !is_vowel(base[base.size() - 2]);
    if (ends_in_consonant_y) base.replace(base.size() - 1, 1, "ie");  // battery, batteries
    return base;
}

}  // namespace

std::string without_plural(std::string_view word) {
    std::string base(word);
    if (std::any_of(word.begin(), word.end(), is_digit_byte)) return base;
    for (std::string next = one_step(base); next != base; next = one_step(base)) {
        base = std::move(next);
    }
    return base;
}

}  // namespace emplettes::search
