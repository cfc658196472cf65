#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "search/ranking.h"

namespace emplettes::search {

// Ascending in weight: a word's place in a product is the best field that has it.
enum class Field : std::uint8_t { description, category, maker, title };

// How well a product has a word, in one byte: the field; in a title also whether it is said twice
// (again in the title, or by the category) and where the word stands first, articles passed over;
// and whether it stands in its base form (plural.h). A greater byte is a better place. Never 0 in
// title, maker and category.
//   title   1 T PPPPP B    T: twice, P: 31 - position, B: base form
//   others  0 0 FF 000 B
using Impact = std::uint8_t;
using ImpactWeights = std::array<float, 256>;

inline constexpr std::uint32_t kTitlePositionMax = 31;  // this far back and further
inline constexpr Impact kBestImpact = 0xFF;
inline constexpr Impact kSaidTwice = 0x40;

struct WordPlace {
    Field field = Field::description;
    std::uint32_t position = 0;
    bool is_base_form = true;
};

constexpr Impact make_impact(const WordPlace& place) {
    const std::uint32_t form = place.is_base_form ? 1 : 0;
    if (place.field != Field::title) {
        return static_cast<Impact>(static_cast<std::uint32_t>(place.field) << 4 | form);
    }
    const std::uint32_t from_end = kTitlePositionMax - std::min(place.position, kTitlePositionMax);
    return static_cast<Impact>(0x80U | from_end << 1 | form);
}

constexpr bool is_title(Impact impact) { return impact >= 0x80; }
constexpr Field field_of(Impact impact) {
    return is_title(impact) ? Field::title : static_cast<Field>(impact >> 4U & 3U);
}
// In the title, the maker or the category: where a prefix looks.
constexpr bool is_head(Impact impact) { return field_of(impact) != Field::description; }
// In the title or the maker.
inline constexpr Impact kNameImpactMin =
    make_impact({.field = Field::maker, .is_base_form = false});
constexpr bool is_name(Impact impact) { return impact >= kNameImpactMin; }
constexpr bool is_base_form(Impact impact) { return (impact & 1U) != 0; }

// Where in the title; kTitlePositionMax also when it is not in the title.
constexpr std::uint32_t title_position(Impact impact) {
    return is_title(impact) ? kTitlePositionMax - (impact >> 1U & 31U) : kTitlePositionMax;
}

// Two places of one word in a product: the better one.
constexpr Impact best_place(Impact one, Impact other) {
    const Impact best = std::max(one, other);
    const Impact worse = std::min(one, other);
    const bool is_again_in_title = is_title(worse) && title_position(worse) != title_position(best);
    const bool is_said_twice =
        is_title(best) && (is_again_in_title || field_of(worse) == Field::category);
    return is_said_twice ? static_cast<Impact>(best | kSaidTwice) : best;
}

constexpr double title_place_weight(Impact impact) {
    const double back = std::min(title_position(impact) / kRanking.late_words, 1.0);
    const double twice = (impact & kSaidTwice) != 0 ? 1 + kRanking.said_twice_bonus : 1;
    return kRanking.title_weight * twice * (1 - kRanking.late_in_title * back);
}

constexpr double field_weight(Impact impact) {
    switch (field_of(impact)) {
        case Field::title: return title_place_weight(impact);
        case Field::maker: return kRanking.maker_weight;
        case Field::category: return kRanking.category_weight;
        case Field::description: break;
    }
    return kRanking.description_weight;
}

static_assert((1 + kRanking.said_twice_bonus) * (1 - kRanking.late_in_title) >= 1 &&
                  kRanking.title_weight * (1 - kRanking.late_in_title) >= kRanking.maker_weight &&
                  kRanking.maker_weight >= kRanking.category_weight &&
                  kRanking.category_weight >= kRanking.description_weight,
              "a greater impact must weigh more, whatever its form");

// The weight of an impact where the word found is the word asked, in this form and in the other.
constexpr ImpactWeights make_weights(double base_form_factor, double other_form_factor) {
    ImpactWeights weights{};
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const auto impact = static_cast<Impact>(i);
        const double factor = is_base_form(impact) ? base_form_factor : other_form_factor;
        weights[i] = static_cast<float>(field_weight(impact) * factor);
    }
    return weights;
}
inline constexpr ImpactWeights kBaseFormWeights = make_weights(1, kRanking.other_form_factor);
inline constexpr ImpactWeights kOtherFormWeights = make_weights(kRanking.other_form_factor, 1);
// For lists of several words, which keep the greatest impact of a product: the form has no say.
inline constexpr ImpactWeights kAnyFormWeights = make_weights(1, 1);
inline constexpr ImpactWeights kPrefixWeights =
    make_weights(kRanking.prefix_factor, kRanking.prefix_factor);
inline constexpr ImpactWeights kUnlikelyWeights =
    make_weights(kRanking.unlikely_typo_factor, kRanking.unlikely_typo_factor);
inline constexpr ImpactWeights kUnlikelyPrefixWeights =
    make_weights(kRanking.prefix_factor * kRanking.unlikely_typo_factor,
                 kRanking.prefix_factor* kRanking.unlikely_typo_factor);
inline constexpr ImpactWeights kSynonymWeights =
    make_weights(kRanking.synonym_factor, kRanking.synonym_factor);

// How much a word counts among those asked for when so many of all products have it.
inline float rarity(std::size_t products_with, std::size_t products) {
    const auto all = static_cast<double>(products + 1);
    const auto with = static_cast<double>(std::max<std::size_t>(products_with, 1));
    return static_cast<float>(1 + kRanking.rarity_bonus * std::log10(all / with));
}

// What becomes of the text part when so many words of a title of so many words were asked for.
constexpr float exactness(int words_found, int title_words) {
    const float share = static_cast<float>(std::min(words_found, title_words)) /
                        static_cast<float>(std::max(title_words, 1));
    return 1 + static_cast<float>(kRanking.exactness_bonus) * share;
}

// How well a title keeps two neighbouring words of the query together: 2 when the second is right
// behind the first (or is one word with it), 1 when at most one word stands between them in either
// order, 0 otherwise.
constexpr int closeness(std::uint32_t position, std::uint32_t next) {
    if (position >= kTitlePositionMax || next >= kTitlePositionMax) return 0;
    if (next == position || next == position + 1) return 2;
    const std::uint32_t gap = position < next ? next - position : position - next;
    return gap <= 2 ? 1 : 0;
}

// The text part of the score but for exactness, from the words of the query that the product has:
// `weights` is their sum, each times its share; `closeness` the sum over neighbours.
constexpr float text_score(float weights, int closeness, int words_asked) {
    if (words_asked < 2) return weights;
    const float share = static_cast<float>(closeness) / static_cast<float>(2 * (words_asked - 1));
    return weights * (1 + static_cast<float>(kRanking.closeness_bonus) * share);
}

}  // namespace emplettes::search
