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

    // Ways that take longer than this are not looked for.
    static constexpr int kMinutesMax = 20;

    // How long it takes to every shop from one place.
    struct Travel {
        std::vector<float> seconds;  // by number of shop; negative: longer, or nobody knows
        // On foot, for Query::walked_m: as many metres as one walks in the time it takes; the
        // straight line times kDetour where no time is known. Empty for other profiles.
        std::shared_ptr<const search::WalkedMetres> walked_m;

        // Those reached within so many minutes, for Query::reached.
        std::shared_ptr<const search::ShopBits> within(int minutes) const;
    };
    // Null when there are no streets for this profile, or none near `from`. Some are remembered.
    std::shared_ptr<const Travel> travel(geo::Point from, geo::Profile profile) const;

    std::optional<std::size_t> number_of(ShopId shop) const;

  private:
    using Snaps = std::vector<std::optional<geo::Snap>>;
    // What was asked before, newest last.
    struct Remembered {
        geo::Point from;
        geo::Profile profile = geo::Profile::foot;
        std::shared_ptr<const Travel> travel;
    };

    std::shared_ptr<const Travel> find(geo::Point from, geo::Profile profile) const;
    std::shared_ptr<const Travel> look(geo::Point from, geo::Profile profile) const;
    std::vector<float> seconds(const geo::Snap& from, geo::Profile profile) const;
    search::WalkedMetres walked_m(geo::Point from, const std::vector<float>& seconds) const;
    std::unique_ptr<geo::ReachSearch> borrow(geo::Profile profile) const;
    void give_back(geo::Profile profile, std::unique_ptr<geo::ReachSearch> search) const;

    const std::shared_ptr<const geo::Ground> ground_;
    const std::vector<ShopId> shops_;
    std::unordered_map<ShopId, std::size_t> numbers_;
    const std::vector<geo::Point> places_;
    std::array<Snaps, geo::kProfileCount> snaps_;

    mutable std::mutex mutex_;  // of all below
    mutable std::array<std::vector<std::unique_ptr<geo::ReachSearch>>, geo::kProfileCount> free_;
    mutable std::vector<Remembered> remembered_;
};

}  // namespace emplettes::catalogue
