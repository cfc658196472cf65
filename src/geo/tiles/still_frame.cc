#include "geo/tiles/still_frame.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace emplettes::geo {
namespace {

constexpr double kTilePx = 512;
constexpr double kFarOff = 1 << 28;
// A zoom is drawn from the tiles of the next one, which have more than it needs rather than less.
constexpr double kNearerTiles = 0.5;
constexpr double kStillWorld = 1 << kWorldBits;

}  // namespace

StillFrame::StillFrame(const StillView& view) : view_(view) {
    view_.width_px = std::clamp(view.width_px, 1, kStillSizePxMax);
    view_.height_px = std::clamp(view.height_px, 1, kStillSizePxMax);
    view_.zoom = std::isfinite(view.zoom) ? std::clamp(view.zoom, kStillZoomMin, kStillZoomMax)
                                          : StillView{}.zoom;
    units_per_world_ = kUnitsPerPx * kTilePx * std::exp2(view_.zoom) / kStillWorld;
    const PlanePoint centre = to_world(view_.centre);
    box_ = {0, 0, view_.width_px * kUnitsPerPx, view_.height_px * kUnitsPerPx};
    west_ = centre.x - box_.east / 2.0 / units_per_world_;
    north_ = centre.y - box_.south / 2.0 / units_per_world_;
    tile_zoom_ = std::clamp(static_cast<int>(std::floor(view_.zoom + kNearerTiles)), kTileZoomMin,
                            kTileZoomMax);
}

PlanePoint StillFrame::to_picture(PlanePoint world) const {
    const auto unit = [](double value) {
        return static_cast<std::int32_t>(std::lround(std::clamp(value, -kFarOff, kFarOff)));
    };
    return {unit((world.x - west_) * units_per_world_),
            unit((world.y - north_) * units_per_world_)};
}

Bounds StillFrame::bounds() const {
    const auto place = [&](std::int32_t x, std::int32_t y) {
        const auto unit = [](double value) {
            return static_cast<std::int32_t>(std::clamp(value, 0.0, kStillWorld));
        };
        return to_point({unit(west_ + x / units_per_world_), unit(north_ + y / units_per_world_)});
    };
    const Point first = place(box_.west, box_.north);
    const Point last = place(box_.east, box_.south);
    return {.south = last.lat, .west = first.lon, .north = first.lat, .east = last.lon};
}

void StillPath::step(char command, PlanePoint to) {
    const auto add_number = [&](std::int32_t number, bool is_first) {
        if (!is_first && number >= 0) text_ += ' ';
        text_ += std::to_string(number);
    };
    const bool goes_on = command == 'l' && is_line_;
    if (!goes_on) text_ += command;
    add_number(to.x - at_.x, !goes_on);
    add_number(to.y - at_.y, false);
    at_ = to;
    is_line_ = command == 'l';
}

void StillPath::add_line(std::span<const PlanePoint> line) {
    if (line.size() < 2) return;
    // Without a position, "m" is one from the corner.
    step('m', line.front());
    for (const PlanePoint& point : line.subspan(1)) step('l', point);
}

void StillPath::add_ring(std::span<const PlanePoint> ring) {
    if (ring.size() < 3) return;
    add_line(ring);
    text_ += 'z';
    at_ = ring.front();
    is_line_ = false;
}

std::string xml_text(std::string_view text, std::size_t letters_max) {
    if (!is_valid_utf8(text)) return {};
    text = utf8_prefix(text, letters_max);
    std::string kept;
    for (std::size_t i = 0; i < text.size(); ++i) {
        // Control characters but tab and line ends, and U+FFFE and U+FFFF: XML 1.0, section 2.2.
        const std::string_view rest = text.substr(i);
        if (rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF")) {
            i += 2;
            continue;
        }
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 || byte == '\t' || byte == '\n' || byte == '\r') kept += text[i];
    }
    return html_escape(kept);
}

}  // namespace emplettes::geo
