#include "planner/readers/named_places.h"

#include <cmath>
#include <numbers>

namespace emplettes::planner {
namespace {

constexpr double kDetour = 4.0 / 3.0;
constexpr double kMetresPerDegree = 111'195;

double metres_between(const Position& a, const Position& b) {
    const double north = (b.y - a.y) * kMetresPerDegree;
    const double middle = (a.y + b.y) / 2 * std::numbers::pi / 180;
    const double east = (b.x - a.x) * kMetresPerDegree * std::cos(middle);
    return std::hypot(north, east) * kDetour;
}

}  // namespace

int NamedThings::add(const std::string& name, const JsonField& field) {
    const auto [at, is_new] = numbers_.emplace(name, static_cast<int>(numbers_.size()));
    if (!is_new) field.refuse("\"" + name + "\" is there already");
    return at->second;
}

int NamedThings::find(const JsonField& field) const {
    const std::string name = field.id();
    const auto at = numbers_.find(name);
    if (at == numbers_.end()) field.refuse("there is no \"" + name + "\"");
    return at->second;
}

int NamedThings::find_or_add(const std::string& name) {
    return numbers_.emplace(name, static_cast<int>(numbers_.size())).first->second;
}

std::vector<std::string> NamedThings::names() const {
    std::vector<std::string> names(numbers_.size());
    for (const auto& [name, number] : numbers_) names[static_cast<std::size_t>(number)] = name;
    return names;
}

Matrix estimate_matrix(const std::vector<Position>& positions, double speed_kmh) {
    Matrix matrix{.places = positions.size()};
    for (const Position& from : positions)
        for (const Position& to : positions) {
            const double metres = std::min(metres_between(from, to), 1.0 * kLoadMax);
            matrix.metres.push_back(static_cast<std::int32_t>(std::lround(metres)));
            const double seconds = std::min(metres / (speed_kmh / 3.6), 1.0 * kTimeMax);
            matrix.times.push_back(static_cast<Time>(std::lround(seconds)));
        }
    return matrix;
}

std::vector<std::int32_t> read_table(const JsonField& field, std::size_t places) {
    std::vector<std::int32_t> table;
    const auto rows = field.list();
    if (rows.size() != places)
        field.refuse("has " + std::to_string(rows.size()) + " rows for " + std::to_string(places) +
                     " places");
    for (const JsonField& row : rows) {
        const auto cells = row.list();
        if (cells.size() != places)
            row.refuse("has " + std::to_string(cells.size()) + " columns for " +
                       std::to_string(places) + " places");
        for (const JsonField& cell : cells)
            table.push_back(cell.is_null() ? kNoWay : cell.whole(0, kTimeMax));
    }
    return table;
}

}  // namespace emplettes::planner
