// The town lives a few days with sanitizers; each control breaks one promise, and must be noticed.
#include <gmock/gmock.h>
#include <unistd.h>

#include "simulation/town.h"

namespace emplettes::simulation {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::filesystem::path folder() {
    return std::filesystem::temp_directory_path() /
           ("emplettes-town-" + std::to_string(::getpid()));
}

// What is broken within so many days; empty: nothing.
std::string broken(TownPlan plan) {
    plan.folder = folder();
    std::string words;
    try {
        Town(plan).live();
    } catch (const Violation& violation) {
        words = violation.what();
    }
    std::filesystem::remove_all(plan.folder);
    return words;
}

TEST(Simulation, EveryWordIsKept) {
    for (const std::uint64_t seed : {1ULL, 2ULL, 3ULL})
        EXPECT_EQ(broken({.seed = seed, .days = 12}), "");
}

TEST(Simulation, TheSameSeedIsTheSameTown) {
    TownFigures figures[2];
    for (TownFigures& one : figures) {
        one = Town({.seed = 7, .days = 5, .folder = folder()}).live();
        std::filesystem::remove_all(folder());
    }
    EXPECT_EQ(figures[0].wishes, figures[1].wishes);
    EXPECT_EQ(figures[0].kept, figures[1].kept);
    EXPECT_EQ(figures[0].unknown, figures[1].unknown);
}

TEST(SimulationControl, ADiskThatForgetsIsNoticed) {
    EXPECT_THAT(
        broken({.seed = 1, .days = 30, .weather = {.crash_percent = 5, .forgets_commits = true}}),
        AllOf(HasSubstr("seed 1, day "), HasSubstr("kept: "), HasSubstr(" is lost")));
}

TEST(SimulationControl, WhoAsksAgainWithAnotherKeyIsKeptTwice) {
    EXPECT_THAT(
        broken(
            {.seed = 1, .days = 30, .weather = {.answer_lost_percent = 20}, .forgets_keys = true}),
        HasSubstr("once: "));
}

}  // namespace
}  // namespace emplettes::simulation
