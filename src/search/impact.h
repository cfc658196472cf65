#pragma once
#include <algorithm>
#include <array>
#include <cstdint>

#include "search/ranking.h"

namespace emplettes::search {

// Ascending in weight: a word's place in a product is the best field that has it.
enum class Field : std::uint8_t { description, category, maker, title };

// How well a product has a word, in one byte: the field; in a title also how short the title is and
// where the word stands first; and whether it stands in its base form (plural.h). A greater byte is
// a better place. Never 0 in title, maker and category.
//   title   1 SS PPPP B    S: shortness, P: 15 - position, B: base form
//   others  0 FF 0000 B
using Impact = std::uint8_t;
using ImpactWeights = std::array<float, 256>;

inline constexpr std::uint32_t kTitlePositionMax = 15;  // this far back and further
inline constexpr Impact kBestImpact = 0xFF;

struct WordPlace {
    Field field = Field::description;
    std::uint32_t position = 0;
    std::uint32_t field_words = 1;
    bool is_base_form = true;
};

constexpr std::uint32_t title_shortness(std::uint32_t words) {
    if (words <= 2) return 3;
    if (words <= 4) return 2;
    return words <= 8 ? 1 : 0;
}

constexpr Impact make_impact(const WordPlace& place) {
    const std::uint32_t form = place.is_base_form ? 1 : 0;
    if (place.field != Field::title) {
        return static_cast<Impact>(static_cast<std::uint32_t>(place.field) << 5 | form);
    }
    const std::uint32_t from_end = 15 - std::min(place.position, kTitlePositionMax);
    return static_cast<Impact>(0x80U | title_shortness(place.field_words) << 5 | from_end << 1 |
                               form);
}

constexpr bool is_title(Impact impact) { return impact >= 0x80; }
// In the title, the maker or the category: where a prefix looks.
constexpr bool is_head(Impact impact) { return impact >= 0x20; }
constexpr bool is_base_form(Impact impact) { return (impact & 1U) != 0; }

// Where in the title; kTitlePositionMax also when it is not in the title.
constexpr std::uint32_t title_position(Impact impact) {
    return is_title(impact) ? 15 - (impact >> 1U & 15U) : kTitlePositionMax;
}

constexpr double field_weight(Impact impact) {
    constexpr std::array<double, 4> kShortness = {
        kRanking.title_length_factors[3], kRanking.title_length_factors[2],
        kRanking.title_length_factors[1], kRanking.title_length_factors[0]};
    if (is_title(impact)) return kRanking.title_weight * kShortness[impact >> 5U & 3U];
    switch (static_cast<Field>(impact >> 5U)) {
        case Field::maker: return kRanking.maker_weight;
        case Field::category: return kRanking.category_weight;
        case Field::title:
        case Field::description: break;
    }
    return kRanking.description_weight;
}

static_assert(kRanking.title_weight * kRanking.title_length_factors[3] >= kRanking.maker_weight &&
                  kRanking.maker_weight >= kRanking.category_weight &&
                  kRanking.category_weight >= kRanking.description_weight,
              "a greater impact must weigh more");

// The weight of an impact when the query asks for the base form (or not, or for a prefix).
constexpr ImpactWeights make_weights(bool asks_base_form, bool is_prefix) {
    ImpactWeights weights{};
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const auto impact = static_cast<Impact>(i);
        const double form_factor =
            is_base_form(impact) == asks_base_form ? 1 : kRanking.other_form_factor;
        weights[i] = static_cast<float>(field_weight(impact) *
                                        (is_prefix ? kRanking.prefix_factor : form_factor));
    }
    return weights;
}
inline constexpr ImpactWeights kBaseFormWeights = make_weights(true, false);
inline constexpr ImpactWeights kOtherFormWeights = make_weights(false, false);
inline constexpr ImpactWeights kPrefixWeights = make_weights(true, true);

// The text part of the score, from the words of the query that the product has, in their order.
// `weight_sum` over all of them; `close_pairs` of neighbours in the query stand within two words of
// each other in the title.
constexpr float text_score(float weight_sum, int close_pairs, int words_asked) {
    if (words_asked == 0) return 1;
    const auto words = static_cast<float>(words_asked);
    const float closeness = words_asked < 2 ? 0 : static_cast<float>(close_pairs) / (words - 1);
    return weight_sum / words * (1 + static_cast<float>(kRanking.closeness_bonus) * closeness);
}

constexpr bool are_close(std::uint32_t position, std::uint32_t next) {
    if (position >= kTitlePositionMax || next >= kTitlePositionMax) return false;
    const std::uint32_t gap = position < next ? next - position : position - next;
    return gap == 1 || gap == 2;
}

}  // namespace emplettes::search
