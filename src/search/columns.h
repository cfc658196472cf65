#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "search/huge_pages.h"
#include "search/index.h"

namespace emplettes::search {

// What every query reads of an offer, together in memory. Shops by number.
struct OfferCell {
    std::uint32_t shop = 0;  // never changes
    std::atomic<std::int32_t> stock{0};
    std::atomic<std::int32_t> price_cents{0};
};

// What changes while the index is read: one atomic per offer and fact, one bit per shop. Relaxed: a
// reader sees each fact old or new, never torn; two facts of one offer may be of two moments.
class Columns {
  public:
    Columns() = default;
    Columns(std::span<const std::uint32_t> offer_shops, std::size_t shops)
        : cells_(offer_shops.size()), confirmations_(offer_shops.size()), open_(shops / 64 + 1) {
        for (std::size_t i = 0; i < offer_shops.size(); ++i) cells_[i].shop = offer_shops[i];
    }

    const OfferCell* cells() const { return cells_.data(); }
    std::uint32_t shop(std::uint32_t offer) const { return cells_[offer].shop; }
    std::int32_t stock(std::uint32_t offer) const {
        return cells_[offer].stock.load(std::memory_order_relaxed);
    }
    std::int32_t price_cents(std::uint32_t offer) const {
        return cells_[offer].price_cents.load(std::memory_order_relaxed);
    }
    Instant stock_confirmed_at(std::uint32_t offer) const {
        return instant_from_unix(confirmations_[offer].load(std::memory_order_relaxed) >> 8);
    }
    StockSource stock_source(std::uint32_t offer) const {
        return static_cast<StockSource>(confirmations_[offer].load(std::memory_order_relaxed) &
                                        255);
    }
    bool is_open(std::uint32_t shop) const {
        return (open_[shop / 64].load(std::memory_order_relaxed) >> (shop % 64) & 1U) != 0;
    }
    // One bit per shop, as of now.
    void copy_open(std::vector<std::uint64_t>& open) const {
        open.resize(open_.size());
        for (std::size_t i = 0; i < open.size(); ++i) {
            open[i] = open_[i].load(std::memory_order_relaxed);
        }
    }

    void set_stock(std::uint32_t offer, std::int32_t stock, Instant confirmed_at,
                   StockSource source) {
        confirmations_[offer].store(to_unix(confirmed_at) * 256 + static_cast<std::int64_t>(source),
                                    std::memory_order_relaxed);
        cells_[offer].stock.store(stock, std::memory_order_relaxed);
    }
    // Prices that nobody asks (21 million euros and more) become the highest that has a place.
    void set_price(std::uint32_t offer, std::int64_t price_cents) {
        using Limits = std::numeric_limits<std::int32_t>;
        const auto held = std::clamp<std::int64_t>(price_cents, Limits::min(), Limits::max());
        cells_[offer].price_cents.store(static_cast<std::int32_t>(held), std::memory_order_relaxed);
    }
    void set_open(std::uint32_t shop, bool is_open) {
        const std::uint64_t bit = std::uint64_t{1} << (shop % 64);
        if (is_open) {
            open_[shop / 64].fetch_or(bit, std::memory_order_relaxed);
        } else {
            open_[shop / 64].fetch_and(~bit, std::memory_order_relaxed);
        }
    }

    bool has_size(std::size_t offers, std::size_t shops) const {
        return cells_.size() == offers && confirmations_.size() == offers &&
               open_.size() == shops / 64 + 1;
    }
    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts.live(
            "offers: cells", self.cells_,
            [](const OfferCell& cell) {
                return PlainCell{cell.shop, cell.stock.load(std::memory_order_relaxed),
                                 cell.price_cents.load(std::memory_order_relaxed)};
            },
            [](OfferCell& cell, const PlainCell& plain) {
                cell.shop = plain.shop;
                cell.stock.store(plain.stock, std::memory_order_relaxed);
                cell.price_cents.store(plain.price_cents, std::memory_order_relaxed);
            });
        const auto read = [](const auto& value) { return value.load(std::memory_order_relaxed); };
        const auto restore = [](auto& value, const auto& plain) {
            value.store(plain, std::memory_order_relaxed);
        };
        parts.live("offers: confirmations", self.confirmations_, read, restore);
        parts.live("shops: open", self.open_, read, restore);
    }

    std::size_t bytes() const {
        return cells_.size() * sizeof(OfferCell) +
               confirmations_.size() * sizeof(confirmations_[0]) + open_.size() * sizeof(open_[0]);
    }

  private:
    struct PlainCell {
        std::uint32_t shop;
        std::int32_t stock;
        std::int32_t price_cents;
    };

    HugeVector<OfferCell> cells_;
    HugeVector<std::atomic<std::int64_t>> confirmations_;  // unix seconds × 256 + source
    HugeVector<std::atomic<std::uint64_t>> open_;
};

}  // namespace emplettes::search
