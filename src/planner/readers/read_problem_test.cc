#include "planner/readers/read_problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/json.h"
#include "planner/checker.h"
#include "planner/planner.h"
#include "planner/readers/read_benchmarks.h"
#include "planner/search/dice.h"

namespace emplettes::planner {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string file(const std::string& name) {
    std::ifstream in(EMPLETTES_SOURCE_DIR "/src/planner/testdata/" + name);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string fault(const std::string& text) {
    const auto read = read_problem(text);
    return read ? "" : read.error().sentence();
}

// The made-up day with one value changed.
std::string day_with(const std::string& pointer, const Json& value) {
    Json day = Json::parse(file("tiny.day.json"));
    day[Json::json_pointer(pointer)] = value;
    return day.dump();
}

TEST(ReadProblemTest, ReadsLiLim) {
    const auto problem = read_problem(file("tiny.li_lim.txt"));
    ASSERT_TRUE(problem.ok()) << problem.error().sentence();
    EXPECT_EQ(problem->orders.size(), 2U);
    EXPECT_EQ(problem->shifts.size(), 2U);
    EXPECT_EQ(problem->matrices[0].times[1], 5 * problem->ticks_per_unit);
    EXPECT_EQ(problem->orders[0].pickups[0].takes[0], 5);
}

TEST(ReadProblemTest, ReadsSolomon) {
    const auto problem = read_problem(file("tiny.solomon.txt"));
    ASSERT_TRUE(problem.ok()) << problem.error().sentence();
    EXPECT_EQ(problem->name, "TINY");
    EXPECT_EQ(problem->orders[1].delivery->leaves[0], 6);
}

TEST(ReadProblemTest, ReadsSartoriBuriolWithItsOwnTimes) {
    const auto problem = read_problem(file("tiny.sartori_buriol.txt"));
    ASSERT_TRUE(problem.ok()) << problem.error().sentence();
    EXPECT_EQ(problem->ticks_per_unit, 1);
    EXPECT_THAT(problem->matrices[0].times, testing::ElementsAre(0, 4, 9, 5, 0, 6, 8, 7, 0));
}

TEST(ReadProblemTest, ReadsVroom) {
    const auto problem = read_problem(file("tiny.vroom.json"));
    ASSERT_TRUE(problem.ok()) << problem.error().sentence();
    EXPECT_EQ(problem->orders.size(), 3U);
    EXPECT_TRUE(problem->shifts[0].limits.needs_break);
    EXPECT_EQ(problem->shifts[0].limits.break_window, (Window{3000, 9000}));
    EXPECT_EQ(problem->orders[2].pickups[0].windows.size(), 2U);
    EXPECT_EQ(problem->orders[1].delivery->takes[0], 1);
}

TEST(ReadProblemTest, ReadsADayWithItsLaw) {
    const auto problem = read_problem(file("tiny.day.json"));
    ASSERT_TRUE(problem.ok()) << problem.error().sentence();
    EXPECT_EQ(problem->shifts[0].limits.stretch_max, 6 * 3600);
    EXPECT_EQ(problem->shifts[0].limits.work_max, 10 * 3600);
    EXPECT_EQ(problem->orders[0].pickups.size(), 2U);
    EXPECT_EQ(problem->orders[0].delivery->leaves[0], 2900);
    EXPECT_TRUE(problem->orders[1].needs_two);
    EXPECT_FALSE(problem->orders[0].needs_two);
}

TEST(ReadProblemTest, NamesTheFieldOfADay) {
    EXPECT_EQ(fault(day_with("/orders/0/delivery/windows/0", {"12:00", "11:00"})),
              "orders[0].delivery.windows[0]: closes before it opens");
    EXPECT_THAT(fault(day_with("/orders/1/id", "order-anna")),
                StartsWith("orders[1].id: \"order-anna\" is there already"));
    EXPECT_THAT(fault(day_with("/orders/0/delivery/service_s", -1)),
                StartsWith("orders[0].delivery.service_s: must be from 0"));
    EXPECT_THAT(fault(day_with("/orders/0/pickups/1/weight_g", 1'000'000'000)),
                StartsWith("orders[0].pickups[1].weight_g: must be from 0 to 100000000"));
    EXPECT_THAT(fault(day_with("/shifts", Json::array())),
                StartsWith("shifts: there is no courier"));
    EXPECT_THAT(fault(day_with("/orders/0/delivery/place", "nowhere")),
                StartsWith("orders[0].delivery.place: there is no \"nowhere\""));
    EXPECT_THAT(fault(day_with("/shifts/0/window", {"25", "26"})),
                StartsWith("shifts[0].window[0]: must be a time"));
    EXPECT_THAT(fault(day_with("/orders/0/wieght", 3)),
                StartsWith("orders[0].wieght: is not known here"));
    EXPECT_THAT(fault(day_with("/bikes/0/times_s", {{0, 1}, {1, 0}})),
                StartsWith("bikes[0].times_s: has 2 rows for 5 places"));
    EXPECT_THAT(fault(day_with("/territory", "XX")), StartsWith("territory: no working time law"));
    EXPECT_THAT(fault(day_with("/day", "2026-02-30")), StartsWith("day: must be a day"));
}

TEST(ReadProblemTest, NamesTheLineOfABenchmark) {
    EXPECT_THAT(fault("2 10 1\n0 0 0 0 0 100 0 0 0\n1 3 4 5 50 40 1 0 2\n2 6 8 -5 0 60 1 1 0\n"),
                HasSubstr("line 3: the window closes before it opens"));
    EXPECT_THAT(fault("2 10 1\n0 0 0 0 0 100 0 0 0\n1 3 4 5 0 50 1 0 7\n"),
                HasSubstr("line 3: delivery 7 does not name it back"));
    EXPECT_THAT(fault("2 10 1\n0 0 0 x 0 100 0 0 0\n"), HasSubstr("line 2: the demand must be"));
    EXPECT_THAT(fault("0 10 1\n0 0 0 0 0 100 0 0 0\n1 3 4 5 0 50 1 0 2\n2 6 8 -5 0 60 1 1 0\n"),
                HasSubstr("vehicles: there are none"));
    EXPECT_THAT(fault("2 10 1\n0 0 0 0 0 100 0 0 0\n1 3 4 1e12 0 50 1 0 2\n"),
                HasSubstr("line 3: the demand must be a number of at most 1e9"));
    EXPECT_THAT(fault("2 10 1\n0 0 0 0 0 100 -5 0 0\n1 3 4 5 0 50 -1 0 2\n2 6 8 -5 0 60 1 1 0\n"),
                HasSubstr("line 3: the service time is negative"));
}

std::string vroom_with(const std::string& pointer, const Json& value) {
    Json request = Json::parse(file("tiny.vroom.json"));
    request[Json::json_pointer(pointer)] = value;
    return request.dump();
}

TEST(ReadProblemTest, NamesTheFieldOfAVroomRequest) {
    EXPECT_THAT(fault(vroom_with("/vehicles", Json::array())),
                StartsWith("shifts: there is no courier"));
    EXPECT_THAT(fault(vroom_with("/shipments/0/pickup/service", -1)),
                StartsWith("shipments[0].pickup.service: must be from 0"));
    EXPECT_THAT(fault(vroom_with("/shipments/0/amount", {2'000'000'000})),
                StartsWith("shipments[0].amount[0]: must be from 0 to 100000000"));
    EXPECT_THAT(fault(vroom_with("/vehicles/0/time_window", {500, 400})),
                StartsWith("shifts[0].window: closes before it opens"));
    EXPECT_THAT(fault(vroom_with("/matrices/bike/durations", {{0, 1}, {1, 0, 2}})),
                StartsWith("matrices.bike.durations[1]: has 3 columns for 2 places"));
    EXPECT_THAT(fault(vroom_with("/jobs/1/id", 10)),
                StartsWith("orders[1].id: \"job 10\" is the id of"));
    EXPECT_THAT(fault(vroom_with("/jobs/0/location_index", 99)), HasSubstr("is no place of the"));
}

TEST(ReadProblemTest, NamesTheLineOfEachBenchmark) {
    const auto spoilt = [](const char* name, const std::string& from, const std::string& to) {
        std::string text = file(name);
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << name;
        return fault(text.replace(at, from.size(), to));
    };
    EXPECT_THAT(spoilt("tiny.solomon.txt", "0         50 ", "60        50 "),
                HasSubstr("closes before it opens"));
    EXPECT_THAT(spoilt("tiny.solomon.txt", "  2         10", "  0         10"),
                HasSubstr("vehicles"));
    EXPECT_THAT(spoilt("tiny.sartori_buriol.txt", "EDGES\n0", "EDGES\n-3"),
                HasSubstr("matrices[0].times: is negative"));
    EXPECT_THAT(spoilt("tiny.sartori_buriol.txt", "0 50 2 0 2", "60 50 2 0 2"),
                HasSubstr("closes before it opens"));
}

TEST(ReadProblemTest, ReadsWhatHasComeSince) {
    const std::string day = file("tiny.day.json");
    const std::string order = R"({"id": "order-new", "delivery": {"place": "marc"}})";
    const auto alone = read_day_with(day, {order});
    ASSERT_FALSE(alone.ok());
    EXPECT_EQ(alone.error().sentence(), "orders[3].delivery.place: there is no \"marc\"");
    const std::string both =
        R"({"places": [{"id": "marc", "lat": 48.873, "lon": 2.336}], "orders": [)" + order + "]}";
    const auto problem = read_day_with(day, {both});
    ASSERT_TRUE(problem.ok()) << problem.error().sentence();
    EXPECT_EQ(problem->orders.back().name, "order-new");
    EXPECT_EQ(problem->matrices[0].places, 6U);
    EXPECT_FALSE(read_day_with(day, {"[]"}).ok());
    EXPECT_FALSE(read_day_with(day, {R"({"orders": 3})"}).ok());
    EXPECT_FALSE(read_day_with("[]", {order}).ok());
    EXPECT_FALSE(read_day_with(day, {R"({"orders": [], "shifts": []})"}).ok());
}

// Cut anywhere, a file is either whole enough or told to be wrong: never a crash, never a silence.
TEST(ReadProblemTest, CutFilesAreRefusedWithAReason) {
    for (const char* name : {"tiny.li_lim.txt", "tiny.solomon.txt", "tiny.sartori_buriol.txt",
                             "tiny.vroom.json", "tiny.day.json"}) {
        const std::string whole = file(name);
        int refused = 0;
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto read = read_problem(whole.substr(0, length));
            if (read) continue;
            ++refused;
            EXPECT_FALSE(read.error().field.empty()) << name << length;
            EXPECT_FALSE(read.error().reason.empty()) << name << length;
        }
        EXPECT_GT(refused, static_cast<int>(whole.size()) / 2) << name;
    }
}

TEST(ReadProblemTest, WaysThatThereAreNotAreNull) {
    Json day = Json::parse(file("tiny.day.json"));
    Json rows = Json::array();
    for (int row = 0; row < 5; ++row) rows.push_back(Json::array({0, 60, 60, nullptr, 60}));
    day["bikes"][0]["times_s"] = rows;
    const auto problem = read_problem(day.dump());
    ASSERT_TRUE(problem.ok()) << problem.error().sentence();
    EXPECT_EQ(problem->matrices[0].times[3], kNoWay);
}

// Bytes here and there are others, as in the fuzzer: refused with a reason, or planned soundly.
TEST(ReadProblemTest, SpoiltFilesAreRefusedOrPlanned) {
    constexpr const char* kBytes = "0123456789-. \n\",[]{}:ex";
    Dice dice(11);
    int planned = 0;
    for (const char* name : {"tiny.li_lim.txt", "tiny.solomon.txt", "tiny.sartori_buriol.txt",
                             "tiny.vroom.json", "tiny.day.json"}) {
        const std::string whole = file(name);
        for (int i = 0; i < 600; ++i) {
            std::string spoilt = whole;
            for (int change = dice.below(3); change >= 0; --change)
                spoilt[static_cast<std::size_t>(dice.below(static_cast<int>(spoilt.size())))] =
                    kBytes[dice.below(24)];
            const auto read = read_problem(spoilt);
            if (!read) {
                EXPECT_FALSE(read.error().field.empty());
                EXPECT_FALSE(read.error().reason.empty());
                continue;
            }
            ++planned;
            const Plan plan = make_plan(*read, {.budget = {.iterations_max = 3}}).plan;
            EXPECT_THAT(find_breaches(*read, plan), testing::IsEmpty()) << name << '\n' << spoilt;
        }
    }
    EXPECT_GT(planned, 300);
}

}  // namespace
}  // namespace emplettes::planner
