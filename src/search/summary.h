#pragma once
#include <cstddef>
#include <cstdint>

namespace emplettes::search {

// What an offer has; filters ask for some of it. A set of bits.
using Traits = std::uint8_t;
inline constexpr Traits kOpenNow = 1;
inline constexpr Traits kMaker = 2;  // its shop makes what it sells
inline constexpr Traits kInStock = 4;
inline constexpr unsigned kTraitBits = 3;
// It had some when the shop last said so, long ago: neither in stock nor sold out. It has a say in
// the order, but is not counted: no summary has it.
inline constexpr Traits kInDoubt = 1U << 7;

// New, used, refurbished: as the catalogue numbers them.
inline constexpr std::uint8_t kConditions = 3;

// A price range has its lower end and not its upper one, so that every price is in one of them. In
// cents; the last one has no end.
inline constexpr std::int32_t kPriceBegins[] = {0, 1000, 2500, 5000, 10000};
inline constexpr std::size_t kPriceRanges = sizeof kPriceBegins / sizeof kPriceBegins[0];

// The range of a price as a set of one, or of none.
constexpr unsigned price_range_with(std::int32_t price_cents) {
    unsigned range = 0;
    for (std::size_t i = 1; i < kPriceRanges; ++i) range += price_cents >= kPriceBegins[i] ? 1 : 0;
    return (price_cents < 0 ? 0U : 1U) << range;
}

// All that facets count of a product's offers: which traits, which conditions and which price
// ranges they have. Sets of bits, one behind the other.
using Summary = std::uint16_t;
inline constexpr unsigned kConditionsAt = kTraitBits;
inline constexpr unsigned kPricesAt = kConditionsAt + kConditions;
inline constexpr unsigned kSummaryBits = kPricesAt + kPriceRanges;
inline constexpr std::size_t kSummaries = std::size_t{1} << kSummaryBits;

inline constexpr unsigned kAllTraits = (1U << kConditionsAt) - 1;
inline constexpr unsigned kAllConditions = (1U << kPricesAt) - 1 - kAllTraits;
inline constexpr unsigned kAllPriceRanges = kSummaries - 1 - kAllConditions - kAllTraits;

constexpr Traits traits_in(Summary summary) { return static_cast<Traits>(summary & kAllTraits); }
constexpr Summary summary_of(Traits traits, std::uint8_t condition, std::int32_t price_cents) {
    return static_cast<Summary>((traits & kAllTraits) | 1U << (kConditionsAt + condition) |
                                price_range_with(price_cents) << kPricesAt);
}

}  // namespace emplettes::search
