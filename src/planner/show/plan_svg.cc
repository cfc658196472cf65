#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "base/text.h"
#include "planner/show/show_plan.h"

namespace emplettes::planner {
namespace {

constexpr double kSize = 800;
constexpr double kMargin = 20;
// Okabe and Ito's colours, which people of any eyes tell apart.
constexpr std::array<const char*, 7> kColours = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                 "#e69f00", "#56b4e9", "#000000"};

// Places as they lie, on a square sheet with north above.
class Sheet {
  public:
    explicit Sheet(const std::vector<Position>& positions) : positions_(positions) {
        const auto [west, east] = std::ranges::minmax(positions, {}, &Position::x);
        const auto [south, north] = std::ranges::minmax(positions, {}, &Position::y);
        west_ = west.x;
        north_ = north.y;
        const bool is_on_earth =
            std::abs(north.y) <= 90 && std::abs(east.x) <= 180 && std::abs(south.y - north.y) < 2;
        if (is_on_earth) narrow_ = std::cos(north.y * std::numbers::pi / 180);
        const double extent = std::max((east.x - west.x) * narrow_, north.y - south.y);
        scale_ = extent > 0 ? (kSize - 2 * kMargin) / extent : 1;
    }
    std::string at(int place) const {
        const Position& position = positions_[static_cast<std::size_t>(place)];
        char text[64];
        std::snprintf(text, sizeof text, "%.1f,%.1f",
                      kMargin + (position.x - west_) * narrow_ * scale_,
                      kMargin + (north_ - position.y) * scale_);
        return text;
    }

  private:
    const std::vector<Position>& positions_;
    double west_ = 0;
    double north_ = 0;
    double narrow_ = 1;
    double scale_ = 1;
};

std::string dot(const std::string& at, const char* colour, bool is_pickup) {
    const std::size_t comma = at.find(',');
    const std::string x = at.substr(0, comma);
    const std::string y = at.substr(comma + 1);
    return "<circle cx=\"" + x + "\" cy=\"" + y + "\" r=\"4\" stroke=\"" + colour + "\" fill=\"" +
           (is_pickup ? "#fff" : colour) + "\"/>\n";
}

std::string round_svg(const Problem& problem, const Sheet& sheet, const Round& round,
                      const char* colour) {
    const Shift& shift = problem.shifts[static_cast<std::size_t>(round.shift)];
    std::string line;
    std::string dots;
    const auto start = shift.progress ? std::optional(shift.progress->place) : shift.start_place;
    if (start) line += sheet.at(*start) + ' ';
    for (const Visit& visit : round.visits) {
        const std::string at = sheet.at(task_of(problem, visit.stop).place);
        line += at + ' ';
        dots += dot(at, colour, visit.stop.pickup >= 0);
    }
    if (shift.end_place) line += sheet.at(*shift.end_place);
    return "<g><title>" + html_escape(shift.name) + "</title>\n<polyline points=\"" + line +
           "\" fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"1.5\"/>\n" + dots + "</g>\n";
}

}  // namespace

std::string plan_svg(const Problem& problem, const Plan& plan) {
    std::string svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 800\" role=\"img\">\n"
        "<rect width=\"800\" height=\"800\" fill=\"#fff\"/>\n";
    if (!problem.positions.empty()) {
        const Sheet sheet(problem.positions);
        for (std::size_t i = 0; i < plan.rounds.size(); ++i)
            svg += round_svg(problem, sheet, plan.rounds[i], kColours[i % kColours.size()]);
    }
    return svg + "</svg>\n";
}

}  // namespace emplettes::planner
