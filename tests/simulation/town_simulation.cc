// Lives many town-days in a row: town_simulation [DAYS [SEED]]. Prints what was lived, or the seed,
// the day and the promise that was broken, and ends with 1 then.
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstring>

#include "simulation/town.h"

namespace {

using emplettes::simulation::Town;
using emplettes::simulation::TownFigures;
using emplettes::simulation::TownPlan;

constexpr int kDaysOfTown = 50;

std::uint64_t number(const char* text, std::uint64_t otherwise) {
    std::uint64_t value = otherwise;
    if (text != nullptr) std::from_chars(text, text + std::strlen(text), value);
    return value;
}

}  // namespace

int main(int count, char** arguments) {
    const std::uint64_t days = number(count > 1 ? arguments[1] : nullptr, 1000);
    const std::uint64_t first = number(count > 2 ? arguments[2] : nullptr, 1);
    const std::filesystem::path memory = "/dev/shm";
    const auto base =
        std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    const auto folder = base / ("emplettes-town-" + std::to_string(::getpid()));
    TownFigures all;
    int failed = 0;
    for (std::uint64_t town = 0; town * kDaysOfTown < days && failed == 0; ++town) {
        try {
            const TownFigures one =
                Town({.seed = first + town, .days = kDaysOfTown, .folder = folder}).live();
            all.wishes += one.wishes;
            all.kept += one.kept;
            all.crashes += one.crashes;
            all.unknown += one.unknown;
        } catch (const std::exception& error) {
            std::fprintf(stderr, "broken: %s\n", error.what());
            failed = 1;
        }
    }
    std::filesystem::remove_all(folder);
    std::printf(
        "%llu town-days from seed %llu: %lld wishes, %lld kept, %lld crashes, %lld messages "
        "of which nobody knew\n",
        static_cast<unsigned long long>(days), static_cast<unsigned long long>(first),
        static_cast<long long>(all.wishes), static_cast<long long>(all.kept),
        static_cast<long long>(all.crashes), static_cast<long long>(all.unknown));
    return failed;
}
