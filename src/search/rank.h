#pragma once
#include <bit>
#include <cstdint>
#include <limits>
#include <tuple>

namespace emplettes::search {

// What decides between products with equally many words and typos, or between the offers of one
// product: the lesser comes first. Prices and the bits of floats without a sign, most telling
// first.
using RankKey = std::uint64_t;
inline constexpr RankKey kLastKey = std::numeric_limits<RankKey>::max();

// Floats without a sign are ordered as their bits are.
inline RankKey ascending(float value) { return std::bit_cast<std::uint32_t>(value); }
inline RankKey descending(float value) { return ~std::bit_cast<std::uint32_t>(value); }
inline float from_descending(RankKey key) {
    return std::bit_cast<float>(~static_cast<std::uint32_t>(key));
}

// The place of a product in the list.
struct Rank {
    int words = 0;   // more come first
    int makers = 0;  // when makers are to come first: whether it is from one
    int typos = 0;   // fewer come first
    float text = 0;
    float exactness = 1;
    bool is_as_asked = false;  // the title is what was asked, word for word
    RankKey key = kLastKey;
    std::int64_t id = 0;
    std::uint32_t product = 0;
    std::uint32_t shop = 0;   // of its first offer
    std::uint32_t offer = 0;  // that one
    std::size_t segment = 0;  // of the index

    bool operator<(const Rank& other) const {
        const auto place = [](const Rank& rank) {
            return std::tuple(-rank.words, -rank.makers, rank.typos, rank.key,
                              -rank.text * rank.exactness, !rank.is_as_asked, rank.id);
        };
        return place(*this) < place(other);
    }
    // Only where the best come first.
    float score() const { return from_descending(key); }
};

}  // namespace emplettes::search
