#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <random>

#include "geo/streets/reach_search.h"
#include "geo/streets/street_oracle.h"
#include "geo/streets/street_router.h"

namespace emplettes::geo {
namespace {

constexpr const char* kExtracts[] = {
    EMPLETTES_SOURCE_DIR "/demo/paris-9e.osm.pbf",
    EMPLETTES_SOURCE_DIR "/src/geo/testdata/paris-3e-11e-streets.osm.pbf",
    EMPLETTES_SOURCE_DIR "/src/geo/testdata/paris-3e-11e-streets.raw.osm.pbf"};
constexpr const char* kMoreExtracts = "EMPLETTES_OSM_FOLDER";  // of files to compare on, too

class RandomStreets {
  public:
    explicit RandomStreets(std::uint64_t seed) : random_(seed) {}

    std::uint32_t below(std::uint32_t end) {
        return std::uniform_int_distribution<std::uint32_t>(0, end - 1)(random_);
    }
    bool chance(double share) { return std::bernoulli_distribution(share)(random_); }

    // Rings, parallels, dead ends, one-way streets, streets of no length, signs, parts apart.
    StreetPlan plan() {
        StreetPlan plan{.junctions = 1 + below(25)};
        const std::uint32_t edges = 1 + below(2 * plan.junctions);
        for (std::uint32_t i = 0; i < edges; ++i) plan.edges.push_back(edge(plan));
        for (std::uint32_t from = 0; from < 2 * edges; ++from)
            for (std::uint32_t to = 0; to < 2 * edges; ++to)
                if (plan.head(from) == plan.tail(to) && plan.is_open(from) && plan.is_open(to) &&
                    chance(0.1))
                    plan.bans.push_back({from, to});
        return plan;
    }
    Snap snap_on(const StreetRouter& router) {
        const std::uint32_t edge = below(router.network().edge_count());
        const double along = chance(0.3) ? below(2) : below(1000) / 1000.0;
        return {.edge = edge, .along = along};
    }
    std::vector<Snap> snaps_on(const StreetRouter& router, std::size_t count) {
        std::vector<Snap> snaps;
        while (snaps.size() < count) snaps.push_back(snap_on(router));
        return snaps;
    }

  private:
    StreetEdge edge(StreetPlan& plan) {
        StreetEdge edge{.from = below(plan.junctions), .to = below(plan.junctions)};
        const std::uint32_t time_ms = chance(0.1) ? 0 : below(1000);
        edge.time_ms = {time_ms, chance(0.2) ? below(1000) : time_ms};
        if (chance(0.25)) edge.time_ms[below(2)] = kFar;
        edge.length_cm = below(5000);
        edge.first_shape = static_cast<std::uint32_t>(plan.shapes.size());
        edge.shape_count = 2 + below(3);
        for (std::uint32_t i = 0; i < edge.shape_count; ++i) {
            const auto near = [this] { return static_cast<std::int32_t>(below(100'000)); };
            plan.shapes.push_back({.lat_e7 = 488'000'000 + near(), .lon_e7 = 23'000'000 + near()});
        }
        return edge;
    }

    std::mt19937_64 random_;
};

// Each street's name is its number in the plan, which the network of a part keeps.
void number_by_name(StreetPlan& plan) {
    plan.names.assign(plan.edges.size(), "");
    for (std::uint32_t i = 0; i < plan.edges.size(); ++i) plan.edges[i].name = i;
}

Snap in_plan(const StreetRouter& router, Snap snap) {
    snap.edge = router.network().edge(snap.edge).name;
    return snap;
}

// What is wrong with a route; empty: nothing.
std::string fault_of(const StreetRouter& router, const std::optional<Route>& route,
                     std::uint32_t time_ms) {
    if (time_ms == kFar) return route ? "a route where there is none" : "";
    if (!route) return "no route";
    std::uint32_t sum_ms = 0;
    std::uint32_t sum_cm = 0;
    for (std::size_t i = 0; i < route->stretches.size(); ++i) {
        const RouteStretch& stretch = route->stretches[i];
        sum_ms += stretch.time_ms;
        sum_cm += stretch.length_cm;
        const NetworkEdge& edge = router.network().edge(edge_of(stretch.street));
        if (!router.network().is_open(stretch.street)) return "along a closed street";
        const bool is_whole = i > 0 && i + 1 < route->stretches.size();
        if (is_whole && stretch.length_cm != edge.length_cm) return "part of a street passed";
        if (is_whole && stretch.time_ms != router.network().time_ms(stretch.street))
            return "another time than that of the street";
    }
    if (sum_ms != route->time_ms || sum_cm != route->length_cm) return "sums that differ";
    return route->time_ms == time_ms ? "" : "another time";
}

// Of each arc of the plan.
std::vector<bool> served_by(const StreetRouter& router, const StreetPlan& plan) {
    const StreetNetwork& network = router.network();
    std::vector<bool> is_served(2 * plan.edges.size());
    for (std::uint32_t street = 0; street < 2 * network.edge_count(); ++street)
        is_served[2 * network.edge(edge_of(street)).name + street % 2] = network.is_open(street);
    return is_served;
}

struct Comparison {
    std::size_t cells = 0;
    std::size_t ways = 0;  // cells that are not out of reach
    std::vector<std::string> faults;
};

Comparison compare(const StreetPlan& plan, const StreetRouter& router,
                   const std::vector<Snap>& from, const std::vector<Snap>& to) {
    Comparison result;
    RouteScratch scratch;
    StreetOracle oracle(plan, served_by(router, plan));
    if (!oracle.is_whole_part()) result.faults.emplace_back("not all of a part is served");
    ReachSearch reach(router);
    const auto matrix = router.matrix(from, to, scratch);
    for (std::size_t i = 0; i < from.size(); ++i) {
        oracle.set_out(in_plan(router, from[i]));
        reach.run(from[i], kFar);
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::uint32_t wanted_ms = oracle.time_to(in_plan(router, to[j]));
            ++result.cells;
            if (wanted_ms < kFar) ++result.ways;
            const auto expect = [&](std::uint32_t found_ms, const std::string& what) {
                if (found_ms != wanted_ms)
                    result.faults.push_back(what + ": " + std::to_string(found_ms) +
                                            " instead of " + std::to_string(wanted_ms));
            };
            expect(matrix[i * to.size() + j], "matrix");
            expect(router.time_ms(from[i], to[j], scratch), "query");
            expect(reach.time_to(to[j]), "reach");
            const auto fault = fault_of(router, router.route(from[i], to[j], scratch), wanted_ms);
            if (!fault.empty()) result.faults.push_back("route: " + fault);
        }
    }
    return result;
}

RC_GTEST_PROP(Routing, IsAsTheOracleSaysOnRandomStreets, (std::uint64_t seed)) {
    RandomStreets random(seed);
    StreetPlan plan = random.plan();
    number_by_name(plan);
    const auto router = StreetRouter::build(plan, {});
    if (router->network().edge_count() == 0) return;
    const auto from = random.snaps_on(*router, 1 + random.below(20));
    const auto to = random.snaps_on(*router, 1 + random.below(20));
    const Comparison found = compare(plan, *router, from, to);
    RC_LOG() << (found.faults.empty() ? "" : found.faults.front());
    RC_ASSERT(found.faults.empty());
}

void compare_on(const std::string& file, std::size_t sources, std::size_t targets) {
    const StreetMap map = read_street_map(file);
    for (const Profile profile : kProfiles) {
        StreetPlan plan = make_street_plan(map, profile);
        number_by_name(plan);
        const auto router = StreetRouter::build(plan, {.profile = profile});
        ASSERT_GT(router->network().edge_count(), 0U);
        RandomStreets random(7);
        const Comparison found = compare(plan, *router, random.snaps_on(*router, sources),
                                         random.snaps_on(*router, targets));
        EXPECT_THAT(found.faults, testing::IsEmpty()) << file << ' ' << to_string(profile);
        EXPECT_EQ(found.ways, found.cells);
    }
}

TEST(Routing, IsAsTheOracleSaysInRealTowns) {
    for (const char* file : kExtracts) compare_on(file, 12, 60);
}

TEST(Routing, IsAsTheOracleSaysInTheTownsOfAFolder) {
    const char* folder = std::getenv(kMoreExtracts);
    if (folder == nullptr) GTEST_SKIP() << kMoreExtracts << " names no folder";
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().string().ends_with(".osm.pbf")) compare_on(entry.path(), 3, 100);
}

class RoutingControl : public testing::Test {
  protected:
    RoutingControl() {
        number_by_name(plan_);
        router_ = StreetRouter::build(plan_, {});
        RandomStreets random(7);
        from_ = random.snaps_on(*router_, 3);
        to_ = random.snaps_on(*router_, 3);
    }

    std::vector<std::string> faults() const { return compare(plan_, *router_, from_, to_).faults; }

    StreetPlan plan_ = make_street_plan(read_street_map(kExtracts[1]), Profile::bike);
    std::shared_ptr<const StreetRouter> router_;
    std::vector<Snap> from_;
    std::vector<Snap> to_;
};

TEST_F(RoutingControl, TheComparisonSeesOneStreetThatGotSlower) {
    EXPECT_THAT(faults(), testing::IsEmpty());
    RouteScratch scratch;
    const auto route = router_->route(from_.front(), to_.front(), scratch);
    ASSERT_TRUE(route.has_value());
    ASSERT_GT(route->stretches.size(), 2U);
    const std::uint32_t on_the_way = route->stretches[route->stretches.size() / 2].street;
    const std::uint32_t edge = router_->network().edge(edge_of(on_the_way)).name;
    plan_.edges[edge].time_ms[on_the_way % 2] += 1000;
    EXPECT_FALSE(faults().empty());
}

TEST_F(RoutingControl, TheComparisonSeesThatAStreetIsNotServed) {
    std::vector<bool> is_served = served_by(*router_, plan_);
    EXPECT_TRUE(StreetOracle(plan_, is_served).is_whole_part());
    *std::ranges::find(is_served, true) = false;
    EXPECT_FALSE(StreetOracle(plan_, is_served).is_whole_part());
}

TEST(Routing, NothingIsFoundWhereThereIsNoStreet) {
    const auto router = StreetRouter::build(StreetPlan{}, {});
    EXPECT_EQ(router->network().edge_count(), 0U);
    EXPECT_FALSE(router->snap({.lat = 48.8, .lon = 2.3}, 1e6).has_value());
    RouteScratch scratch;
    EXPECT_THAT(router->matrix({}, {}, scratch), testing::IsEmpty());
}

RC_GTEST_PROP(Reach, ListsTheStreetsTravelledWithinTheLimit, (std::uint64_t seed)) {
    RandomStreets random(seed);
    const auto router = StreetRouter::build(random.plan(), {});
    if (router->network().edge_count() == 0) return;
    const Snap from = random.snap_on(*router);
    const std::uint32_t limit_ms = random.below(3000);
    ReachSearch all(*router);
    ReachSearch near(*router);
    all.run(from, kFar);
    near.run(from, limit_ms);
    for (const Snap& to : random.snaps_on(*router, 20)) {
        const std::uint32_t time_ms = all.time_to(to);
        RC_ASSERT(near.time_to(to) == (time_ms <= limit_ms ? time_ms : kFar));
    }
    std::vector<ReachSearch::Reached> wanted;
    for (const auto& reached : all.streets())
        if (reached.time_ms <= limit_ms) wanted.push_back(reached);
    const auto found = near.streets();
    RC_ASSERT(found.size() == wanted.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        RC_ASSERT(found[i].street == wanted[i].street);
        RC_ASSERT(found[i].time_ms == wanted[i].time_ms);
    }
}

}  // namespace
}  // namespace emplettes::geo
