#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geo/point.h"
#include "geo/tiles/tile_set.h"

namespace emplettes::geo {

// A picture of a part of the map, as SVG: for pages without programs, letters and paper.

enum class StillMarkerKind : std::uint8_t {
    open,    // a filled disc
    closed,  // a ring
    here,    // a dot in a ring
    shop     // a drop that points at its place
};

struct StillMarker {
    Point at;
    StillMarkerKind kind = StillMarkerKind::shop;
    std::string label;  // up to two characters stand in the marker, more beside it; may be empty
};

struct StillView {
    Point centre;
    double zoom = 15;  // as tiles are numbered, 512 pixels each; need not be whole
    int width_px = 640;
    int height_px = 400;
};
inline constexpr int kStillSizePxMax = 2000;  // of either side; more is drawn as this
inline constexpr double kStillZoomMin = 9;
inline constexpr double kStillZoomMax = 18;

// The nearest view that shows all these points with some room around; `view` gives its size, and
// its centre when there are none.
StillView view_of(std::span<const Point> points, const StillView& view);

struct StillMap {
    StillView view;
    std::vector<StillMarker> markers;  // the last lies on top; the first kStillMarkersMax are drawn
    std::vector<Point> route;          // fewer than two points: none
    std::string title;                 // for who does not see it: "Map: Café du Coin, 12 rue …"
};

inline constexpr std::size_t kStillBytesMax = 150'000;
inline constexpr std::size_t kStillMarkersMax = 100;
inline constexpr std::size_t kStillLettersMax = 60;  // of a label; the title has four times as many

// The picture, self-contained, light or dark as its reader's screen is, with the source of its data
// in the corner. Details are left out, buildings first, until it fits into kStillBytesMax. Every
// text is escaped; bytes that no XML may hold are left out. The same input gives the same text.
std::string draw_still_map(const StillMap& map, const TileSet& tiles);

}  // namespace emplettes::geo
