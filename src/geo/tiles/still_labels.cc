#include "geo/tiles/still_labels.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "base/text.h"

namespace emplettes::geo {
namespace {

// Of the size of a font: letters of a humanist sans serif are half as wide as high, capitals more.
constexpr double kLetterWidth = 0.52;
constexpr double kCapitalWidth = 0.74;
constexpr double kTurnMax = 28 * std::numbers::pi / 180;  // at a corner that letters go around
constexpr double kRoomPx = 6;                             // before and after a name along a street
constexpr double kStepPx = 8;

double width_units(const StillLabels::Name& name) {
    const auto letters = static_cast<double>(utf8_length(name.text));
    return letters * name.size_px * (name.is_wide ? kCapitalWidth : kLetterWidth) * kUnitsPerPx;
}

double length_of(PlanePoint a, PlanePoint b) {
    return std::hypot(static_cast<double>(b.x) - a.x, static_cast<double>(b.y) - a.y);
}

// A line on which one finds what lies so far from its beginning.
class Walk {
  public:
    explicit Walk(const PlaneLine& line) : line_(line), at_(line.size()) {
        for (std::size_t i = 1; i < line.size(); ++i)
            at_[i] = at_[i - 1] + length_of(line[i - 1], line[i]);
    }
    double length() const { return at_.back(); }
    PlanePoint point(double along) const {
        const auto next = std::ranges::upper_bound(at_, along);
        if (next == at_.begin()) return line_.front();
        if (next == at_.end()) return line_.back();
        const auto i = static_cast<std::size_t>(next - at_.begin());
        const double share = (along - at_[i - 1]) / (at_[i] - at_[i - 1]);
        const auto between = [&](std::int32_t a, std::int32_t b) {
            return static_cast<std::int32_t>(std::lround(a + share * (static_cast<double>(b) - a)));
        };
        return {between(line_[i - 1].x, line_[i].x), between(line_[i - 1].y, line_[i].y)};
    }
    PlaneLine part(double from, double to) const {
        PlaneLine part = {point(from)};
        for (std::size_t i = 0; i < line_.size(); ++i)
            if (at_[i] > from && at_[i] < to && part.back() != line_[i]) part.push_back(line_[i]);
        if (const PlanePoint end = point(to); part.back() != end) part.push_back(end);
        return part;
    }

  private:
    const PlaneLine& line_;
    std::vector<double> at_;
};

bool is_gentle(const PlaneLine& line) {
    for (std::size_t i = 2; i < line.size(); ++i) {
        const double before =
            std::atan2(line[i - 1].y - line[i - 2].y, line[i - 1].x - line[i - 2].x);
        const double after = std::atan2(line[i].y - line[i - 1].y, line[i].x - line[i - 1].x);
        const double turn = std::abs(std::remainder(after - before, 2 * std::numbers::pi));
        if (turn > kTurnMax) return false;
    }
    return true;
}

std::vector<PlaneBox> boxes_along(const PlaneLine& line, double size_px) {
    const auto reach = static_cast<std::int32_t>(size_px * 0.7 * kUnitsPerPx);
    const Walk walk(line);
    std::vector<PlaneBox> boxes;
    for (double along = 0; along <= walk.length(); along += reach) {
        const PlanePoint at = walk.point(along);
        boxes.push_back(PlaneBox{at.x, at.y, at.x, at.y}.wider_by(reach));
    }
    return boxes;
}

bool overlap(const PlaneBox& a, const PlaneBox& b) {
    return a.west < b.east && b.west < a.east && a.north < b.south && b.north < a.south;
}

std::string number_text(double px) {
    return std::to_string(static_cast<int>(std::lround(px * kUnitsPerPx)));
}

}  // namespace

StillLabels::StillLabels(const PlaneBox& box, std::string prefix)
    : box_(box), prefix_(std::move(prefix)) {}

void StillLabels::keep_free(const PlaneBox& box) { taken_.push_back(box); }

bool StillLabels::is_free(const std::vector<PlaneBox>& boxes) const {
    return std::ranges::all_of(boxes, [&](const PlaneBox& box) {
        return box_.contains(box) && std::ranges::none_of(taken_, [&](const PlaneBox& other) {
                   return overlap(box, other);
               });
    });
}

bool StillLabels::write_at(PlanePoint at, const Name& name) {
    const std::string text = xml_text(name.text);
    if (text.empty()) return false;
    const auto half_width = static_cast<std::int32_t>(width_units(name) / 2);
    const auto half_height = static_cast<std::int32_t>(name.size_px * 0.6 * kUnitsPerPx);
    const PlaneBox box{at.x - half_width, at.y - half_height, at.x + half_width,
                       at.y + half_height};
    if (!is_free({box})) return false;
    taken_.push_back(box.wider_by(kUnitsPerPx * 2));
    // A third of its size down, a name has its middle at its place.
    svg_ += "<text class=\"" + std::string(name.style) + "\" x=\"" + std::to_string(at.x) +
            "\" y=\"" +
            std::to_string(at.y + static_cast<std::int32_t>(name.size_px * 0.35 * kUnitsPerPx)) +
            "\" font-size=\"" + number_text(name.size_px) + "\">" + text + "</text>";
    return true;
}

bool StillLabels::write_along(const PlaneLine& line, const Name& name) {
    const std::string text = xml_text(name.text);
    if (text.empty() || line.size() < 2) return false;
    const PlaneLine smooth = simplify_line(line, 1.5 * kUnitsPerPx);
    const Walk walk(smooth);
    const double width = width_units(name) + 2 * kRoomPx * kUnitsPerPx;
    const double spare = walk.length() - width;
    if (spare < 0) return false;
    // From the middle outwards.
    for (double off = 0; off <= spare / 2; off += kStepPx * kUnitsPerPx)
        for (const double begin : {spare / 2 + off, spare / 2 - off}) {
            PlaneLine part = walk.part(begin, begin + width);
            if (!is_gentle(part)) continue;
            std::vector<PlaneBox> boxes = boxes_along(part, name.size_px);
            if (!is_free(boxes)) continue;
            taken_.insert(taken_.end(), boxes.begin(), boxes.end());
            if (part.back().x < part.front().x) std::ranges::reverse(part);
            StillPath path;
            path.add_line(part);
            const std::string id = prefix_ + std::to_string(paths_++);
            svg_ += "<path id=\"" + id + "\" fill=\"none\" d=\"" + path.text() +
                    "\"/><text class=\"" + std::string(name.style) + "\" font-size=\"" +
                    number_text(name.size_px) + "\" dy=\"" + number_text(name.size_px * 0.35) +
                    "\"><textPath href=\"#" + id + "\" startOffset=\"50%\">" + text +
                    "</textPath></text>";
            return true;
        }
    return false;
}

}  // namespace emplettes::geo
