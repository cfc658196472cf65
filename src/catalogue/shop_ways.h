#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/id.h"
#include "catalogue/snapshot.h"
#include "geo/ground.h"
#include "geo/streets/reach_search.h"
#include "search/query.h"

namespace emplettes::catalogue {

// Walkers make 5 km/h (geo/streets/travel_profile.h): so many metres are a minute.
inline constexpr double kWalkMetresPerMinute = 5000.0 / 60;
// The way is so many times as long as the straight line, where nobody knows it: the measured mean
// in towns (Boscoe, Henry, Zdeb: A nationwide comparison of driving distance versus straight-line
// distance, 2012, give 1.4 for short trips by car; walkers cut corners).
inline constexpr double kDetour = 1.3;

// The ways to the shops of a snapshot as people go there. Immutable but for what it remembers;
// any number of threads.
class ShopWays {
  public:
    // `places`: of the shops, by their number in the index.
    ShopWays(std::shared_ptr<const geo::Ground> ground, std::vector<ShopId> shops,
             std::vector<geo::Point> places);
    static std::shared_ptr<const ShopWays> build(const Snapshot& snapshot,
                                                 std::shared_ptr<const geo::Ground> ground);

    const std::shared_ptr<const geo::Ground>& ground() const { return ground_; }
    // Whether these are ways to the shops of this snapshot, where they are now.
    bool fit(const Snapshot& snapshot) const;

    // Metres to walk to each shop, for Query::walked_m: as many as one walks in the time it takes.
    // Up to kWalkMinutesMax; further away, and where no street is near, the straight line times
    // kDetour. Null where no street for walkers is near `from`. Some are remembered.
    std::shared_ptr<const search::WalkedMetres> walked_m(geo::Point from) const;
    static constexpr int kWalkMinutesMax = 30;

    // The shops that are reached within so many minutes. Null as above.
    struct Limit {
        geo::Profile profile = geo::Profile::foot;
        int minutes = 0;

        auto operator<=>(const Limit&) const = default;
    };
    struct Reached {
        search::ShopBits bits;       // for Query::reached
        std::vector<float> seconds;  // of those that are; negative: of the others
    };
    std::shared_ptr<const Reached> reached(geo::Point from, const Limit& limit) const;

    std::optional<std::size_t> number_of(ShopId shop) const;

  private:
    using Snaps = std::vector<std::optional<geo::Snap>>;
    // What was asked before, newest last.
    template <typename Answer>
    struct Remembered {
        geo::Point from;
        Limit limit;
        std::shared_ptr<const Answer> answer;
    };
    template <typename Answer>
    using Memory = std::vector<Remembered<Answer>>;

    // Seconds to each shop; negative: it takes longer, or nobody knows.
    std::optional<std::vector<float>> seconds(geo::Point from, const Limit& limit) const;
    std::unique_ptr<geo::ReachSearch> borrow(geo::Profile profile) const;
    void give_back(geo::Profile profile, std::unique_ptr<geo::ReachSearch> search) const;
    template <typename Answer, typename Make>
    std::shared_ptr<const Answer> remember(Memory<Answer>& memory, geo::Point from,
                                           const Limit& limit, Make make) const;

    const std::shared_ptr<const geo::Ground> ground_;
    const std::vector<ShopId> shops_;
    std::unordered_map<ShopId, std::size_t> numbers_;
    const std::vector<geo::Point> places_;
    std::array<Snaps, geo::kProfileCount> snaps_;

    mutable std::mutex mutex_;  // of all below
    mutable std::array<std::vector<std::unique_ptr<geo::ReachSearch>>, geo::kProfileCount> free_;
    mutable Memory<search::WalkedMetres> walked_;
    mutable Memory<Reached> reached_;
};

}  // namespace emplettes::catalogue
