#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "search/columns.h"
#include "search/documents.h"
#include "search/gone.h"
#include "search/index.h"

namespace emplettes::search {

// The filters that an offer, or its product, does not pass: a set of bits. An offer that fails one
// facet alone still counts there, for choosing its value too would show it.
using Fails = std::uint8_t;
inline constexpr Fails kFailsTraits = 1;
inline constexpr Fails kFailsPrice = 2;
inline constexpr Fails kFailsCondition = 4;
inline constexpr Fails kFailsDistrict = 8;
inline constexpr Fails kFailsCategory = 16;
inline constexpr Fails kFailsMaker = 32;

constexpr bool fails_at_most(Fails fails, Fails facet) {
    return (fails & static_cast<Fails>(~facet)) == 0;
}

// What an offer that fails so adds to the summary of its product: the values of each facet that has
// only its own filter against it.
constexpr Summary counted_in_summary(Fails fails) {
    const unsigned conditions = fails_at_most(fails, kFailsCondition) ? kAllConditions : 0;
    const unsigned prices = fails_at_most(fails, kFailsPrice) ? kAllPriceRanges : 0;
    return static_cast<Summary>((fails == 0 ? kAllTraits : 0) | conditions | prices);
}

// Which of the offers within reach a query wants. Of each facet one of the values chosen is enough;
// none chosen: all are.
class Filters {
  public:
    Filters(const Query& query, const Documents& documents);

    bool ask_of_offers() const { return asks_of_offers_; }
    bool ask_of_products() const { return asks_of_products_; }

    Fails of_product(std::uint32_t category, std::uint32_t maker) const {
        return static_cast<Fails>((has(categories_, category) ? 0 : kFailsCategory) |
                                  (has(makers_, maker) ? 0 : kFailsMaker));
    }
    // Traits as the query's reach has them.
    Fails of_offer(Traits traits, std::int32_t price_cents, std::uint8_t condition,
                   std::uint16_t district) const {
        return static_cast<Fails>(((needed_ & ~traits) == 0 ? 0 : kFailsTraits) |
                                  (is_priced(price_cents) ? 0 : kFailsPrice) |
                                  ((conditions_ >> condition & 1U) != 0 ? 0 : kFailsCondition) |
                                  (has(districts_, district) ? 0 : kFailsDistrict));
    }

  private:
    // One for each value of a facet, whether it is chosen; empty: all are.
    using Chosen = std::vector<std::uint8_t>;
    static bool has(const Chosen& chosen, std::uint32_t value) {
        return chosen.empty() || chosen[value] != 0;
    }
    static Chosen choose(const std::vector<std::string>& names, const Names& known);
    bool is_priced(std::int32_t price_cents) const {
        return prices_.empty() ||
               std::any_of(prices_.begin(), prices_.end(), [&](const PriceRange& range) {
                   return price_cents >= range.min_cents && price_cents < range.end_cents;
               });
    }

    Traits needed_ = 0;
    std::uint8_t conditions_ = 0xFF;
    std::vector<PriceRange> prices_;
    Chosen categories_;
    Chosen makers_;
    Chosen districts_;
    bool asks_of_offers_ = false;
    bool asks_of_products_ = false;
};

// A pinned product has more words than any question: the first one most.
inline constexpr int kPinnedWords = 1 << 16;

// Products that the words have no say about, by number; nearly always none.
struct Aside {
    // `gone` may be null.
    Aside(const Query& query, const Documents& documents, const Gone* gone);

    struct Pin {
        std::uint32_t product = 0;
        int words = 0;
    };
    std::vector<Pin> pinned;
    std::vector<std::uint32_t> all;  // documents of the pinned and the hidden ones, ascending
    const Gone* gone = nullptr;      // left out too

    bool is_empty() const { return all.empty() && gone == nullptr; }
    bool has(std::uint32_t document) const {
        return (gone != nullptr && gone->has(document)) ||
               std::binary_search(all.begin(), all.end(), document);
    }
};

}  // namespace emplettes::search
