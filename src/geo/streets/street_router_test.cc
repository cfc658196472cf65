#include "geo/streets/street_router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <thread>

#include "geo/file_hash.h"
#include "geo/streets/journey.h"
#include "geo/streets/street_files.h"
#include "geo/streets/test_osm_text.h"

namespace emplettes::geo {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kTown = EMPLETTES_SOURCE_DIR "/src/geo/testdata/paris-3e-11e-streets.osm.pbf";
constexpr Point kRepublique{48.8670, 2.3640};
constexpr Point kOberkampf{48.8650, 2.3780};

class StreetRouterTest : public testing::Test {
  protected:
    StreetRouterTest()
        : folder_(fs::temp_directory_path() / ("emplettes-router-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
    }
    ~StreetRouterTest() override { fs::remove_all(folder_); }

    std::string read(const fs::path& file) const {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(const fs::path& file, const std::string& bytes) const {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    }
    std::vector<Snap> some_snaps(const StreetRouter& router) const {
        std::vector<Snap> snaps;
        for (int i = 0; i < 40; ++i)
            snaps.push_back(
                *router.snap({48.858 + 0.0003 * i, 2.352 + 0.0007 * (i * 7 % 40)}, 1e4));
        return snaps;
    }

    const fs::path folder_;
};

TEST_F(StreetRouterTest, FindsAWayThroughParis) {
    const auto router = StreetRouter::build(read_street_map(kTown), Profile::cargo_bike);
    RouteScratch scratch;
    const auto route =
        router->route(*router->snap(kRepublique, 100), *router->snap(kOberkampf, 100), scratch);
    ASSERT_TRUE(route);
    const double crow_m = distance_m(kRepublique, kOberkampf);
    EXPECT_GT(route->length_cm / 100.0, crow_m * 0.95);
    EXPECT_LT(route->length_cm / 100.0, crow_m * 1.8);
    double shape_m = 0;
    for (std::size_t i = 1; i < route->shape.size(); ++i)
        shape_m += distance_m(route->shape[i - 1], route->shape[i]);
    EXPECT_NEAR(shape_m, route->length_cm / 100.0, 2);
    EXPECT_LT(distance_m(route->shape.front(), kRepublique), 100);
    EXPECT_LT(distance_m(route->shape.back(), kOberkampf), 100);

    std::uint32_t sum_ms = 0;
    std::uint32_t sum_cm = 0;
    bool is_named = false;
    const auto directions = make_directions(*router, *route);
    for (const Direction& direction : directions) {
        sum_ms += direction.time_ms;
        sum_cm += direction.length_cm;
        is_named |= direction.street.starts_with("Rue ");
    }
    EXPECT_EQ(sum_ms, route->time_ms);
    EXPECT_EQ(sum_cm, route->length_cm);
    EXPECT_TRUE(is_named);
    EXPECT_EQ(directions.front().turn, Turn::none);
}

TEST_F(StreetRouterTest, TellsWhereToTurn) {
    OsmText text = crossing();
    text.node(12, 48.8809, 2.3414).way(70, {4, 12}, {{"highway", "pedestrian"}, {"name", "place"}});
    const auto router = StreetRouter::build(text.read(), Profile::bike);
    RouteScratch scratch;
    const auto route = router->route(*router->snap({48.88, 2.3387}, 50),
                                     *router->snap({48.8809, 2.3413}, 50), scratch);
    ASSERT_TRUE(route);
    const auto directions = make_directions(*router, *route);
    ASSERT_EQ(directions.size(), 3U);
    EXPECT_EQ(directions[0].street, "rue de l’Ouest");
    EXPECT_EQ(directions[1].turn, Turn::left);
    EXPECT_EQ(directions[2].turn, Turn::right);
    EXPECT_EQ(directions[2].street, "place");
}

TEST_F(StreetRouterTest, TellsAJourney) {
    const auto router = StreetRouter::build(read_street_map(kTown), Profile::bike);
    RouteScratch scratch;
    const auto journey = find_journey(*router, kRepublique, kOberkampf, scratch);
    ASSERT_TRUE(journey);
    const Json told = to_json(*journey);
    EXPECT_LT(told["from"]["distance_m"].get<double>(), 100);
    EXPECT_NEAR(told["length_m"].get<double>(), journey->route.length_cm / 100.0, 1e-9);
    EXPECT_EQ(told["directions"].size(), journey->directions.size());
    const Json& line = told["shape"]["coordinates"];
    EXPECT_NEAR(line.front()[0].get<double>(), kRepublique.lon, 0.01);  // the longitude first
    EXPECT_NEAR(line.back()[1].get<double>(), kOberkampf.lat, 0.01);
    const Point far{45, 2};
    EXPECT_EQ(find_journey(*router, far, kOberkampf, scratch).error(),
              JourneyError::no_street_at_start);
    EXPECT_EQ(find_journey(*router, kOberkampf, far, scratch).error(),
              JourneyError::no_street_at_end);
}

TEST_F(StreetRouterTest, TellsATurnBetweenStreetsWithoutNames) {
    const auto router = StreetRouter::build(crossing().read(), Profile::bike);
    RouteScratch scratch;
    const auto turns = [&](Point to) {
        const auto route =
            router->route(*router->snap({48.8795, 2.34}, 50), *router->snap(to, 50), scratch);
        std::vector<Turn> told;
        for (const Direction& direction : make_directions(*router, *route))
            told.push_back(direction.turn);
        return told;
    };
    EXPECT_THAT(turns({48.8805, 2.34}), ElementsAre(Turn::none));
    EXPECT_THAT(turns({48.88, 2.3408}), ElementsAre(Turn::none, Turn::right));
}

TEST_F(StreetRouterTest, AnswersFromItsImageAsBefore) {
    const auto built = StreetRouter::build(read_street_map(kTown), Profile::bike, 42);
    built->save(folder_ / "bike.streets");
    const auto loaded = StreetRouter::load(folder_ / "bike.streets");
    ASSERT_TRUE(loaded);
    const StreetRouter& router = **loaded;
    EXPECT_EQ(router.origin().source, 42U);
    EXPECT_EQ(router.origin().profile, Profile::bike);
    EXPECT_EQ(router.network().report(), built->network().report());
    const auto snaps = some_snaps(router);
    RouteScratch scratch;
    EXPECT_EQ(router.matrix(snaps, snaps, scratch), built->matrix(snaps, snaps, scratch));
    const auto a = router.route(snaps[0], snaps[39], scratch);
    const auto b = built->route(snaps[0], snaps[39], scratch);
    EXPECT_EQ(a->shape, b->shape);
    EXPECT_EQ(make_directions(router, *a).size(), make_directions(*built, *b).size());
}

TEST_F(StreetRouterTest, DamageIsNoticed) {
    const fs::path file = folder_ / "bike.streets";
    EXPECT_EQ(StreetRouter::load(file).error(), ImageError::missing);
    StreetRouter::build(crossing().read(), Profile::bike)->save(file);
    const std::string whole = read(file);
    for (std::size_t at = 0; at < whole.size(); at += 61) {
        std::string bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 4);
        write(file, bytes);
        EXPECT_FALSE(StreetRouter::load(file).ok()) << at;
        write(file, whole.substr(0, at));
        EXPECT_FALSE(StreetRouter::load(file).ok()) << at;
    }
    ImageWriter writer(file, {.name = {'O', 'T', 'H', 'E', 'R'}, .version = 1});
    writer.finish();
    EXPECT_EQ(StreetRouter::load(file).error(), ImageError::foreign);
}

TEST_F(StreetRouterTest, FilesAreBuiltOnceAndAgainWhenTheyMust) {
    const fs::path osm = folder_ / "town.osm.pbf";
    fs::copy_file(kTown, osm);
    const auto open = [&](Profile profile) {
        const auto all =
            open_all_streets(osm, file_hash(osm), folder_, [](std::int64_t, std::int64_t) {});
        return all.of[static_cast<std::size_t>(profile)];
    };
    EXPECT_THAT(open(Profile::foot).built_because, HasSubstr("there is none"));
    EXPECT_EQ(open(Profile::foot).built_because, "");
    fs::remove(folder_ / "bike.streets");
    EXPECT_THAT(open(Profile::bike).built_because, HasSubstr("there is none"));
    EXPECT_EQ(open(Profile::bike).router->origin().profile, Profile::bike);
    const fs::path image = folder_ / "foot.streets";
    write(image, read(image).substr(0, 1000));
    EXPECT_THAT(open(Profile::foot).built_because, HasSubstr("damaged"));
    fs::copy_file(folder_ / "bike.streets", image, fs::copy_options::overwrite_existing);
    EXPECT_THAT(open(Profile::foot).built_because, HasSubstr("bike"));
    StreetRouter::Origin origin = open(Profile::foot).router->origin();
    ++origin.rules;
    StreetRouter::build(make_street_plan(read_street_map(osm), Profile::foot), origin)->save(image);
    EXPECT_THAT(open(Profile::foot).built_because, HasSubstr("other rules"));
    fs::copy_file(EMPLETTES_SOURCE_DIR "/src/geo/testdata/paris-rochechouart.osm.pbf", osm,
                  fs::copy_options::overwrite_existing);
    EXPECT_THAT(open(Profile::foot).built_because, HasSubstr("another"));
    EXPECT_EQ(open(Profile::foot).built_because, "");
}

TEST_F(StreetRouterTest, ManyMayAskAtOnce) {
    const auto router = StreetRouter::build(read_street_map(kTown), Profile::foot);
    const auto snaps = some_snaps(*router);
    RouteScratch scratch;
    const auto wanted = router->matrix(snaps, snaps, scratch);
    std::vector<std::thread> threads;
    std::atomic<int> wrong = 0;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&] {
            RouteScratch own;
            if (router->matrix(snaps, snaps, own) != wanted) ++wrong;
            for (std::size_t i = 0; i < snaps.size(); ++i)
                if (router->time_ms(snaps[0], snaps[i], own) != wanted[i]) ++wrong;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace emplettes::geo
