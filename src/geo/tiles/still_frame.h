#pragma once
#include <span>
#include <string>
#include <string_view>

#include "geo/tiles/plane_shapes.h"
#include "geo/tiles/still_map.h"

namespace emplettes::geo {

// A picture counts in quarters of a pixel: whole numbers are short, and finer nobody sees.
inline constexpr std::int32_t kUnitsPerPx = 4;

// Where on the picture places of the world are.
class StillFrame {
  public:
    explicit StillFrame(const StillView& view);

    PlanePoint to_picture(PlanePoint world) const;  // what is far off is put at the same side
    PlanePoint to_picture(Point point) const { return to_picture(to_world(point)); }
    const PlaneBox& box() const { return box_; }
    const StillView& view() const { return view_; }  // with its size and zoom within the limits
    int tile_zoom() const { return tile_zoom_; }
    Bounds bounds() const;

  private:
    StillView view_;
    double units_per_world_ = 1;
    double west_ = 0;  // of the picture, in the world
    double north_ = 0;
    int tile_zoom_ = 0;
    PlaneBox box_;
};

// The attribute `d` of a path: moves and lines, each told from the point before.
class StillPath {
  public:
    void add_line(std::span<const PlanePoint> line);
    void add_ring(std::span<const PlanePoint> ring);
    bool empty() const { return text_.empty(); }
    const std::string& text() const { return text_; }

  private:
    void step(char command, PlanePoint to);

    std::string text_;
    PlanePoint at_;
    bool is_line_ = false;
};

// So many letters of it at most, safe as text and in attributes of XML; empty when it is not UTF-8.
std::string xml_text(std::string_view text, std::size_t letters_max = kStillLettersMax);

}  // namespace emplettes::geo
