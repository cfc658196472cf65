#include "simulation/line.h"

#include <string>

namespace emplettes::simulation {
namespace {

constexpr const char* kName = "town.sqlite";
constexpr std::uint64_t kPercent = 100;

std::unique_ptr<store::Database> open(const std::filesystem::path& folder) {
    return store::Database::open(
        {.location = (folder / kName).string(), .readers = 1, .writers = 1});
}

}  // namespace

Line::Line(std::filesystem::path folder, Weather weather, Random& random)
    : folder_(std::move(folder)), weather_(weather), random_(random) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(place(0));
    database_ = open(place(0));
}

std::filesystem::path Line::place(int number) const { return folder_ / std::to_string(number); }

Line::Fate Line::draw() {
    int chance = static_cast<int>(random_.below(kPercent));
    const auto is = [&](int percent) { return (chance -= percent) < 0; };
    const Fate fate = is(weather_.lost_percent)          ? Fate::lost
                      : is(weather_.answer_lost_percent) ? Fate::answer_lost
                      : is(weather_.twice_percent)       ? Fate::twice
                      : is(weather_.crash_percent)       ? Fate::crash_before
                      : is(weather_.crash_percent)       ? Fate::crash_after
                                                         : Fate::arrives;
    if (fate != Fate::arrives && fate != Fate::twice) ++unknown_;
    return fate;
}

void Line::copy_to(const std::filesystem::path& to) const {
    std::filesystem::create_directories(to);
    for (const char* end : {"", "-wal"}) {
        const std::filesystem::path file = place(number_) / (std::string(kName) + end);
        if (std::filesystem::exists(file))
            std::filesystem::copy_file(file, to / file.filename(),
                                       std::filesystem::copy_options::overwrite_existing);
    }
}

void Line::copy_files() { copy_to(place(number_ + 1)); }

void Line::open_copy() {
    ++crashes_;
    const std::filesystem::path left = place(number_ + 1);
    if (weather_.forgets_commits) {
        std::filesystem::remove_all(left);
        std::filesystem::copy(folder_ / "morning", left);
    }
    database_.reset();
    std::filesystem::remove_all(place(number_));
    ++number_;
    database_ = open(left);
}

void Line::day_begins() {
    if (!weather_.forgets_commits) return;
    std::filesystem::remove_all(folder_ / "morning");
    copy_to(folder_ / "morning");
}

}  // namespace emplettes::simulation
