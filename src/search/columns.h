#pragma once
#include <atomic>
#include <cstdint>
#include <vector>

#include "search/index.h"

namespace emplettes::search {

// What changes while the index is read: one atomic per offer and fact, one bit per shop. Relaxed: a
// reader sees each fact old or new, never torn; two facts of one offer may be of two moments.
class Columns {
  public:
    Columns(std::size_t offers, std::size_t shops)
        : stock_(offers), price_cents_(offers), confirmation_(offers), open_(shops / 64 + 1) {}

    std::int32_t stock(std::uint32_t offer) const {
        return stock_[offer].load(std::memory_order_relaxed);
    }
    std::int64_t price_cents(std::uint32_t offer) const {
        return price_cents_[offer].load(std::memory_order_relaxed);
    }
    Instant stock_confirmed_at(std::uint32_t offer) const {
        return instant_from_unix(confirmation_[offer].load(std::memory_order_relaxed) >> 8);
    }
    StockSource stock_source(std::uint32_t offer) const {
        return static_cast<StockSource>(confirmation_[offer].load(std::memory_order_relaxed) & 0xFF);
    }
    bool is_open(std::uint32_t shop) const {
        return (open_[shop / 64].load(std::memory_order_relaxed) >> (shop % 64) & 1U) != 0;
    }

    void set_stock(std::uint32_t offer, std::int32_t stock, Instant confirmed_at,
                   StockSource source) {
        confirmation_[offer].store(to_unix(confirmed_at) * 256 + static_cast<std::int64_t>(source),
                                   std::memory_order_relaxed);
        stock_[offer].store(stock, std::memory_order_relaxed);
    }
    void set_price(std::uint32_t offer, std::int64_t price_cents) {
        price_cents_[offer].store(price_cents, std::memory_order_relaxed);
    }
    void set_open(std::uint32_t shop, bool is_open) {
        const std::uint64_t bit = std::uint64_t{1} << (shop % 64);
        if (is_open) {
            open_[shop / 64].fetch_or(bit, std::memory_order_relaxed);
        } else {
            open_[shop / 64].fetch_and(~bit, std::memory_order_relaxed);
        }
    }

    std::size_t bytes() const {
        return stock_.size() * sizeof(stock_[0]) + price_cents_.size() * sizeof(price_cents_[0]) +
               confirmation_.size() * sizeof(confirmation_[0]) + open_.size() * sizeof(open_[0]);
    }

  private:
    std::vector<std::atomic<std::int32_t>> stock_;
    std::vector<std::atomic<std::int64_t>> price_cents_;
    std::vector<std::atomic<std::int64_t>> confirmation_;  // unix seconds × 256 + source
    std::vector<std::atomic<std::uint64_t>> open_;
};

}  // namespace emplettes::search
