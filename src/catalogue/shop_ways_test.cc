#include "catalogue/shop_ways.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "base/check.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kTown = EMPLETTES_SOURCE_DIR "/src/geo/testdata/paris-3e-11e-streets.osm.pbf";
constexpr geo::Point kRepublique{48.8670, 2.3640};
constexpr geo::Point kFarAway{44.0, 5.0};

std::shared_ptr<const geo::Ground> make_ground() {
    static const auto map = geo::read_street_map(kTown);
    auto ground = std::make_shared<geo::Ground>();
    for (const geo::Profile profile : {geo::Profile::foot, geo::Profile::bike})
        ground->streets[static_cast<std::size_t>(profile)] = geo::StreetRouter::build(map, profile);
    return ground;
}

class ShopWaysTest : public testing::Test {
  protected:
    static constexpr std::size_t kShops = 200;
    static std::vector<geo::Point> random_places() {
        std::mt19937_64 random(1);
        std::uniform_real_distribution<double> lat(48.856, 48.872);
        std::uniform_real_distribution<double> lon(2.354, 2.384);
        std::vector<geo::Point> places;
        for (std::size_t i = 1; i < kShops; ++i) places.push_back({lat(random), lon(random)});
        places.push_back(kFarAway);
        return places;
    }
    static std::vector<ShopId> numbers() {
        std::vector<ShopId> shops;
        for (std::size_t i = 0; i < kShops; ++i)
            shops.push_back({static_cast<std::int64_t>(100 + i)});
        return shops;
    }
    // By the hierarchy, which shares nothing with the search outwards but the network.
    std::optional<double> seconds(geo::Profile profile, geo::Point to) const {
        const geo::StreetRouter& router = *ground_->router(profile);
        const auto here = router.snap(kRepublique, 300);
        const auto there = router.snap(to, 300);
        if (!here || !there) return std::nullopt;
        geo::RouteScratch scratch;
        return router.time_ms(*here, *there, scratch) / 1000.0 +
               (here->distance_m + there->distance_m) * 60 / kWalkMetresPerMinute;
    }

    const std::shared_ptr<const geo::Ground> ground_ = make_ground();
    const std::vector<geo::Point> places_ = random_places();
    const ShopWays ways_{ground_, numbers(), places_};
};

TEST_F(ShopWaysTest, MetresAreThoseOneWalks) {
    const auto travel = ways_.travel(kRepublique, geo::Profile::foot);
    ASSERT_TRUE(travel);
    const auto walked_m = travel->walked_m;
    ASSERT_EQ(walked_m->size(), kShops);
    int streets = 0;
    for (std::size_t i = 0; i + 1 < kShops; ++i) {
        const auto whole_s = seconds(geo::Profile::foot, places_[i]);
        const double straight_m = geo::distance_m(kRepublique, places_[i]);
        if (!whole_s || *whole_s > ShopWays::kMinutesMax * 60) {
            EXPECT_NEAR((*walked_m)[i], straight_m * kDetour, 0.5);
            continue;
        }
        ++streets;
        EXPECT_NEAR((*walked_m)[i], *whole_s * kWalkMetresPerMinute / 60, 0.5);
    }
    EXPECT_GT(streets, 150);
}

TEST_F(ShopWaysTest, WhereNoStreetIsNearTheStraightLineIsMadeLonger) {
    EXPECT_NEAR((*ways_.travel(kRepublique, geo::Profile::foot)->walked_m)[kShops - 1],
                geo::distance_m(kRepublique, kFarAway) * kDetour, 100);
    EXPECT_FALSE(ways_.travel(kFarAway, geo::Profile::foot));
    EXPECT_FALSE(ways_.travel(kRepublique, geo::Profile::cargo_bike));
}

TEST_F(ShopWaysTest, ReachedIsWhatTakesNoLonger) {
    for (const auto& [profile, minutes] :
         {std::pair(geo::Profile::foot, 5), std::pair(geo::Profile::foot, 10),
          std::pair(geo::Profile::bike, 5)}) {
        const auto travel = ways_.travel(kRepublique, profile);
        ASSERT_TRUE(travel);
        const auto within = travel->within(minutes);
        int count = 0;
        for (std::size_t i = 0; i < kShops; ++i) {
            const auto whole_s = seconds(profile, places_[i]);
            const bool is_reached = ((*within)[i / 64] >> (i % 64) & 1U) != 0;
            EXPECT_EQ(is_reached, whole_s && *whole_s <= minutes * 60) << i;
            if (!is_reached) continue;
            EXPECT_NEAR(travel->seconds[i], *whole_s, 0.1);
            ++count;
        }
        EXPECT_GT(count, 10);
        EXPECT_LT(count, 190);
    }
}

TEST_F(ShopWaysTest, KnowsTheNumbersOfItsShops) {
    EXPECT_EQ(ways_.number_of(ShopId{103}), 3U);
    EXPECT_FALSE(ways_.number_of(ShopId{1}));
}

TEST_F(ShopWaysTest, ManyMayAskAtOnce) {
    const auto expected = ways_.travel(kRepublique, geo::Profile::foot)->seconds;
    std::vector<std::thread> askers;
    askers.reserve(4);
    for (int asker = 0; asker < 4; ++asker)
        askers.emplace_back([&, asker] {
            for (int i = 0; i < 20; ++i) {
                EXPECT_EQ(ways_.travel(kRepublique, geo::Profile::foot)->seconds, expected);
                ways_.travel({48.86 + 0.0002 * i, 2.36 + 0.002 * asker}, geo::Profile::bike);
            }
        });
    for (std::thread& asker : askers) asker.join();
}

}  // namespace
}  // namespace emplettes::catalogue
