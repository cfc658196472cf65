#pragma once
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <vector>

#include "base/huge_pages.h"
#include "search/documents.h"
#include "search/index.h"
#include "search/summary.h"

namespace emplettes::search {

// What every query reads of an offer, together in memory. Shops by number.
class OfferCell {
  public:
    // Before anybody reads it.
    void place(std::uint32_t shop, std::uint8_t condition) {
        shop_and_condition_ = shop | std::uint32_t{condition} << kConditionAt;
    }

    std::uint32_t shop() const { return shop_and_condition_ & (kShopsMax - 1); }
    std::uint8_t condition() const {
        return static_cast<std::uint8_t>(shop_and_condition_ >> kConditionAt);
    }
    static constexpr std::uint32_t kConditionAt = 28;
    static constexpr std::uint32_t kShopsMax = 1U << kConditionAt;

    struct Plain {
        std::uint32_t shop_and_condition;
        std::int32_t held_stock;
        std::int32_t price_cents;
    };
    Plain read() const {
        return {shop_and_condition_, held_stock.load(std::memory_order_relaxed),
                price_cents.load(std::memory_order_relaxed)};
    }
    void restore(const Plain& plain) {
        shop_and_condition_ = plain.shop_and_condition;
        held_stock.store(plain.held_stock, std::memory_order_relaxed);
        price_cents.store(plain.price_cents, std::memory_order_relaxed);
    }

    std::atomic<std::int32_t> held_stock{0};  // below zero: so many, but in doubt
    std::atomic<std::int32_t> price_cents{0};

  private:
    std::uint32_t shop_and_condition_ = 0;
};

// The traits that follow from OfferCell::held_stock.
constexpr Traits traits_of_stock(std::int32_t held) {
    return static_cast<Traits>((held > 0 ? kInStock : 0) | (held < 0 ? kInDoubt : 0));
}

// What changes while the index is read: one atomic per offer and fact, one bit per shop, and what
// facets count of a document (in its cell) and of a product, put together anew at each change.
// Relaxed: a reader sees each fact old or new, never torn; two facts may be of two moments. Readers
// never wait; writers wait for each other.
class Columns {
  public:
    // Stocks and prices are those of the rows that the documents were made from; the shops are open
    // that are so in `others`, of the same shops, or none, and in doubt is what would be so there,
    // or nothing. `documents` must outlive it, still knowing where its offers came from here.
    Columns(Documents& documents, const Catalogue& catalogue, const Columns* others = nullptr);
    // From an image (image.h), without what is summed up; `documents` must outlive it.
    template <typename Reader>
    Columns(Documents& documents, Reader& reader) : documents_(documents) {
        each_part(*this, reader);
    }
    // Puts together what facets count of everything. Before anybody else reads.
    void sum_up_all();

    const OfferCell* cells() const { return cells_.data(); }
    std::uint32_t shop(std::uint32_t offer) const { return cells_[offer].shop(); }
    std::int32_t stock(std::uint32_t offer) const {
        return std::abs(cells_[offer].held_stock.load(std::memory_order_relaxed));
    }
    std::int32_t price_cents(std::uint32_t offer) const {
        return cells_[offer].price_cents.load(std::memory_order_relaxed);
    }
    Instant stock_confirmed_at(std::uint32_t offer) const {
        return instant_from_unix(confirmed_at_[offer].load(std::memory_order_relaxed));
    }
    StockSource stock_source(std::uint32_t offer) const {
        return sources_[offer].load(std::memory_order_relaxed);
    }
    Traits traits(std::uint32_t offer) const;
    bool is_open(std::uint32_t shop) const {
        return (open_[shop / 64].load(std::memory_order_relaxed) >> (shop % 64) & 1U) != 0;
    }
    // Of all offers of the product, wherever they are.
    Summary summary_of_product(std::uint32_t product) const {
        return summaries_[product].load(std::memory_order_relaxed);
    }
    // One bit per shop, as of now.
    void copy_open(std::vector<std::uint64_t>& open) const;

    // Moments before 1970 or after 2106 become the nearest that has a place.
    void set_stock(std::uint32_t offer, std::int32_t stock, Instant confirmed_at,
                   StockSource source);
    // Prices that nobody asks (21 million euros and more) become the highest that has a place.
    void set_price(std::uint32_t offer, std::int64_t price_cents);
    void set_open(std::uint32_t shop, bool is_open);
    // From now on what was confirmed before is in doubt, and nothing else. Goes through all offers.
    void set_doubtful_before(const ConfirmedBefore& before);
    bool is_confirmed_before(std::uint32_t offer, const ConfirmedBefore& before) const {
        return stock_confirmed_at(offer) < before[static_cast<std::size_t>(stock_source(offer))];
    }

    bool has_size() const;
    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts.live(
            "offers: cells", self.cells_, [](const OfferCell& cell) { return cell.read(); },
            [](OfferCell& cell, const OfferCell::Plain& plain) { cell.restore(plain); });
        const auto read = [](const auto& value) { return value.load(std::memory_order_relaxed); };
        const auto restore = [](auto& value, const auto& plain) {
            value.store(plain, std::memory_order_relaxed);
        };
        parts.live("offers: confirmed at", self.confirmed_at_, read, restore);
        parts.live("offers: sources", self.sources_, read, restore);
        parts.live("shops: open", self.open_, read, restore);
    }

    std::size_t bytes() const;

  private:
    void store_stock(std::uint32_t offer, std::int32_t stock, Instant confirmed_at,
                     StockSource source);
    void store_price(std::uint32_t offer, std::int64_t price_cents);
    std::int32_t held_stock(std::uint32_t offer, std::int32_t stock) const;
    Summary summary_of_document(std::uint32_t document) const;
    void sum_up(std::uint32_t document);

    Documents& documents_;
    std::mutex writing_;
    ConfirmedBefore doubtful_before_{};  // under the lock
    HugeVector<OfferCell> cells_;
    HugeVector<std::atomic<std::uint32_t>> confirmed_at_;  // unix seconds
    HugeVector<std::atomic<StockSource>> sources_;
    HugeVector<std::atomic<std::uint64_t>> open_;
    HugeVector<std::atomic<Summary>> summaries_;  // by product
};

}  // namespace emplettes::search
