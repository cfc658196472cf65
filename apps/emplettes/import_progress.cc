#include "emplettes/import_progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace emplettes {
namespace {

constexpr int kBarColumns = 30;
constexpr const char* kClearLine = "\r\033[K";

}  // namespace

ImportProgress::ImportProgress(int tasks)
    : tasks_(std::max(tasks, 1)), is_shown_(::isatty(STDERR_FILENO) != 0) {}

void ImportProgress::clear() {
    if (is_shown_) std::fputs(kClearLine, stderr);
}

void ImportProgress::begin(const std::string& task) {
    task_ = task;
    ++begun_;
    drawn_percent_ = -1;
    draw(0);
}

void ImportProgress::show(std::int64_t done, std::int64_t all) {
    if (all > 0) draw(std::clamp(static_cast<double>(done) / static_cast<double>(all), 0.0, 1.0));
}

void ImportProgress::draw(double share_of_task) {
    const double share = (std::min(begun_, tasks_) - 1 + share_of_task) / tasks_;
    const int percent = static_cast<int>(share * 100);
    if (!is_shown_ || percent == drawn_percent_) return;
    drawn_percent_ = percent;
    const auto filled = static_cast<std::size_t>(percent * kBarColumns / 100);
    const std::string bar = std::string(filled, '#') + std::string(kBarColumns - filled, '.');
    std::fprintf(stderr, "%s[%s] %3d %%  %s", kClearLine, bar.c_str(), percent, task_.c_str());
    std::fflush(stderr);
}

}  // namespace emplettes
