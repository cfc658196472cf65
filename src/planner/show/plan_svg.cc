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
constexpr double kMargin = 30;
constexpr double kLegend = 320;
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

std::string coordinates(const std::string& at, const char* x_name, const char* y_name) {
    const std::size_t comma = at.find(',');
    return std::string(x_name) + "=\"" + at.substr(0, comma) + "\" " + y_name + "=\"" +
           at.substr(comma + 1) + '"';
}

// A pickup is a ring, a delivery a disc, each with its place in the round and, to be pointed at,
// its time.
std::string stop_svg(const Problem& problem, const std::string& at, const Visit& visit,
                     std::size_t number, const char* colour) {
    const bool is_pickup = visit.stop.pickup >= 0;
    return "<g><title>" + html_escape(clock_text(problem, visit.start)) + ' ' +
           html_escape(stop_text(problem, visit.stop)) + "</title><circle " +
           coordinates(at, "cx", "cy") + " r=\"9\" stroke=\"" + colour +
           "\" stroke-width=\"2\" fill=\"" + (is_pickup ? "#fff" : colour) + "\"/><text " +
           coordinates(at, "x", "y") + " dy=\"3.5\" fill=\"" + (is_pickup ? "#222" : "#fff") +
           "\">" + std::to_string(number) + "</text></g>\n";
}

std::string house_svg(const std::string& at) {
    return "<path d=\"M" + at + "m-7,7v-9l7,-6l7,6v9z\" fill=\"#fff\" stroke=\"#222\"/>\n";
}

std::string round_svg(const Problem& problem, const Sheet& sheet, const Round& round,
                      const char* colour) {
    const Shift& shift = problem.shifts[static_cast<std::size_t>(round.shift)];
    std::string line;
    std::string stops;
    const auto start = shift.progress ? std::optional(shift.progress->place) : shift.start_place;
    if (start) line += sheet.at(*start) + ' ';
    std::size_t number = 0;
    for (const Visit& visit : round.visits) {
        const std::string at = sheet.at(task_of(problem, visit.stop).place);
        line += at + ' ';
        stops += stop_svg(problem, at, visit, ++number, colour);
    }
    if (shift.end_place) line += sheet.at(*shift.end_place);
    if (start) stops += house_svg(sheet.at(*start));
    return "<g><title>" + html_escape(shift.name) + "</title>\n<polyline points=\"" + line +
           "\" fill=\"none\" stroke=\"" + colour +
           "\" stroke-width=\"2.5\" stroke-linejoin=\"round\" opacity=\"0.75\"/>\n" + stops +
           "</g>\n";
}

// Orders that nobody brings, where they should have gone.
std::string left_out_svg(const Problem& problem, const Sheet& sheet, int order) {
    const StopRef last = stops_of(problem, order).back();
    return "<g><title>" + html_escape(problem.orders[static_cast<std::size_t>(order)].name) +
           ": nobody brings it</title><path d=\"M" + sheet.at(task_of(problem, last).place) +
           "m-6,-6l12,12m-12,0l12,-12\" stroke=\"#b00\" stroke-width=\"3\"/></g>\n";
}

// Who rides in which colour, from when to when.
std::string legend_line(const Problem& problem, const Round& round, std::size_t row,
                        const char* colour) {
    const std::string y = std::to_string(30 + 20 * row);
    const std::string name = problem.shifts[static_cast<std::size_t>(round.shift)].name;
    return "<path d=\"M" + std::to_string(static_cast<int>(kSize) + 10) + ',' + y +
           "m0,-4h18\" stroke=\"" + colour + "\" stroke-width=\"4\"/><text x=\"" +
           std::to_string(static_cast<int>(kSize) + 36) + "\" y=\"" + y + "\" class=\"legend\">" +
           html_escape(name) + ", " + clock_text(problem, round.begin) + "\u2013" +
           clock_text(problem, round.release) + ", " + std::to_string(round.visits.size()) +
           " stops</text>\n";
}

}  // namespace

std::string plan_svg(const Problem& problem, const Plan& plan) {
    const double height = std::max(kSize, 50.0 + 20.0 * static_cast<double>(plan.rounds.size()));
    const std::string size = std::to_string(static_cast<int>(kSize + kLegend)) + "\" height=\"" +
                             std::to_string(static_cast<int>(height));
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size +
                      "\" role=\"img\" font-family=\"sans-serif\">\n<title>" +
                      html_escape(problem.name) +
                      "</title>\n<style>text{font-size:10px;text-anchor:middle}"
                      ".legend{font-size:13px;text-anchor:start;fill:#222}</style>\n"
                      "<rect width=\"" +
                      size + "\" fill=\"#fff\"/>\n";
    if (problem.positions.empty()) return svg + "</svg>\n";
    const Sheet sheet(problem.positions);
    std::string legend;
    for (std::size_t i = 0; i < plan.rounds.size(); ++i) {
        const char* colour = kColours[i % kColours.size()];
        svg += round_svg(problem, sheet, plan.rounds[i], colour);
        legend += legend_line(problem, plan.rounds[i], i, colour);
    }
    for (const int order : plan.unserved) svg += left_out_svg(problem, sheet, order);
    return svg + legend + "</svg>\n";
}

}  // namespace emplettes::planner
