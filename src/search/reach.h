#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "search/columns.h"
#include "search/documents.h"
#include "search/query.h"
#include "search/ranking.h"

namespace emplettes::search {

constexpr double availability(Traits traits) {
    if ((traits & kInStock) != 0)
        return (traits & kOpenNow) != 0 ? kRanking.in_stock_open : kRanking.in_stock_closed;
    return (traits & kInDoubt) != 0 ? kRanking.stock_in_doubt : kRanking.out_of_stock;
}

inline float distance_factor(float distance_m) {
    constexpr auto kPivot = static_cast<float>(kRanking.distance_pivot_m);
    return kPivot / (kPivot + distance_m);
}

// What the score of a product takes from its best offer.
inline float offer_weight(float distance_m, Traits traits) {
    return distance_factor(distance_m) * static_cast<float>(availability(traits));
}

// Metres from a place to a shop; infinite when either has no position.
float distance_to(const Documents& documents, const LocalPlane::From& from, std::uint32_t shop);

// The shops that a query looks at, and what is the same for all their offers, as of the moment when
// it was set. Memory is kept from query to query.
class Reach {
  public:
    // Only `from`, `radius_m`, `walked_m` and `reached` of a query matter; what it refers to must
    // outlive its use.
    void set_disc(const Documents& documents, const Columns& columns, const Query& query);
    void set_shop(const Documents& documents, const Columns& columns, const Query& query,
                  std::uint32_t shop);
    void set_nothing(const Documents& documents, const Columns& columns, const Query& query);
    void set_everywhere(const Documents& documents);  // for texts: runs() and nothing else
    // "Open" is what somebody says of each shop within reach, instead of the live column.
    void set_open(const std::function<bool(ShopId)>& is_open);

    // Neighbouring shops, not all of them within reach unless it says so.
    struct Stretch {
        NumberRange shops;
        bool is_whole = false;
    };
    // Outside of these no shop is within reach. Those around the nearest shops come first, so that
    // what is found there shows early how good the others must be.
    std::span<const Stretch> stretches() const { return stretches_; }
    // The same in ascending order, as few as there can be.
    std::span<const NumberRange> runs() const { return runs_; }
    bool is_everywhere() const { return is_everywhere_; }  // every shop is within reach

    bool has(std::uint32_t shop) const { return bit(shops_, shop) != 0; }
    // Only of shops that are within reach.
    float distance_m(std::uint32_t shop) const {
        const float straight_m = distance_to(*documents_, here_, shop);
        return walked_m_ == nullptr ? straight_m : std::max(straight_m, (*walked_m_)[shop]);
    }
    // No shop of its group (place_tree.h) is nearer, not even in a straight line.
    float distance_m_min(std::uint32_t shop) const { return nearest_m_[shop / kGroupPlaces]; }
    float distance_m_min(NumberRange shops) const;
    Traits traits(std::uint32_t shop) const {
        return static_cast<Traits>(bit(open_, shop) * kOpenNow |
                                   bit(documents_->makers, shop) * kMaker);
    }

  private:
    using Bits = std::vector<std::uint64_t>;
    static std::uint64_t bit(const Bits& bits, std::uint32_t shop) {
        return bits[shop / 64] >> (shop % 64) & 1U;
    }
    enum class Within { none, some, all };
    void clear(const Documents& documents, const Columns& columns, const Query& query);
    void add_stretches(std::size_t nearest, float radius_m);
    void add_stretch(const Stretch& stretch, bool may_go_on);
    Within set_group(std::size_t group, float radius_m);
    std::uint64_t near_in_group(std::size_t group, float radius_m) const;

    // As many groups as are looked at together from afar.
    static constexpr std::size_t kFarGroups = 32;
    // Fewer groups than this away from the nearest one, stretches come first.
    static constexpr std::size_t kNearGroups = 8;

    const Documents* documents_ = nullptr;
    LocalPlane::From here_;
    const WalkedMetres* walked_m_ = nullptr;
    const ShopBits* reached_ = nullptr;
    Bits shops_;
    Bits open_;
    std::vector<float> nearest_m_;         // by group
    std::vector<float> nearest_of_far_m_;  // by kFarGroups of them
    std::vector<Stretch> stretches_;
    std::vector<NumberRange> runs_;
    bool is_everywhere_ = false;
};

}  // namespace emplettes::search
