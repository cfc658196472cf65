#pragma once
#include <atomic>
#include <cstdint>

#include "search/summary.h"

namespace emplettes::search {

// A document: one product in one shop, with the offers it has there. What every query reads of it,
// together in memory.
class DocumentCell {
  public:
    std::uint32_t first_offer() const { return first_offer_; }
    std::uint32_t product() const { return product_ & ~kShared; }
    // The product is on offer in other shops, too.
    bool is_shared() const { return (product_ & kShared) != 0; }
    std::uint32_t shop() const { return shop_; }
    std::uint16_t category() const { return category_; }
    // What facets count of its offers: a live column (columns.h).
    Summary summary() const { return summary_.load(std::memory_order_relaxed); }
    void set_summary(Summary summary) { summary_.store(summary, std::memory_order_relaxed); }

    // What of it is in an image: all but the summary.
    struct Plain {
        std::uint32_t first_offer = 0;
        std::uint32_t product_and_shared = 0;
        std::uint32_t shop = 0;
        std::uint32_t category = 0;
    };
    // Before anybody reads it.
    struct Place {
        std::uint32_t first_offer = 0;
        std::uint32_t product = 0;
        bool is_shared = false;
        std::uint32_t shop = 0;
        std::uint16_t category = 0;
    };
    void place(const Place& place) {
        restore({place.first_offer, place.product | (place.is_shared ? kShared : 0), place.shop,
                 place.category});
    }
    Plain read() const { return {first_offer_, product_, shop_, category_}; }
    void restore(const Plain& plain) {
        first_offer_ = plain.first_offer;
        product_ = plain.product_and_shared;
        shop_ = plain.shop;
        category_ = static_cast<std::uint16_t>(plain.category);
    }
    static constexpr std::uint32_t kProductsMax = 1U << 31;

  private:
    static constexpr std::uint32_t kShared = kProductsMax;
    std::uint32_t first_offer_ = 0;
    std::uint32_t product_ = 0;
    std::uint32_t shop_ = 0;
    std::uint16_t category_ = 0;
    std::atomic<Summary> summary_{0};
};
static_assert(sizeof(DocumentCell) == 16, "four of them are in a line of the cache");

}  // namespace emplettes::search
