#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>

#include "base/column.h"
#include "geo/streets/street_network.h"

namespace emplettes::geo {

// The place on the streets that is nearest to a point.
struct Snap {
    std::uint32_t edge = 0;
    double along = 0;  // how far from the beginning of its shape: 0 to 1 of its length
    Point point;       // on the street
    double distance_m = 0;
};

// The streets of a network by place: a tree of boxes, each around sixteen below it, packed along a
// space-filling curve (Kamel, Faloutsos: On packing R-trees, 1993). Immutable.
class StreetIndex {
  public:
    static constexpr std::size_t kBoxesInBox = 16;
    struct Box {
        FixedPoint south_west{std::numeric_limits<std::int32_t>::max(),
                              std::numeric_limits<std::int32_t>::max()};
        FixedPoint north_east{std::numeric_limits<std::int32_t>::min(),
                              std::numeric_limits<std::int32_t>::min()};

        void add(const FixedPoint& point);
        void add(const Box& box);
        void widen();  // around the Earth, when it is the one that lies across the 180th meridian
    };

    StreetIndex() = default;
    explicit StreetIndex(const StreetNetwork& network);

    // None when nothing is within `distance_m_max`. Of equally near streets the first. Distances
    // are those of a plane that touches the Earth at the point, across the 180th meridian, too.
    std::optional<Snap> nearest(const StreetNetwork& network, Point point,
                                double distance_m_max) const;

    bool is_consistent() const { return edges_.size() == 0 || boxes_.size() >= edges_.size(); }
    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("index: edges", self.edges_);
        parts("index: boxes", self.boxes_);
    }

    std::span<const std::uint32_t> edges() const { return edges_.values(); }
    std::span<const Box> boxes() const { return boxes_.values(); }

  private:
    void add_levels();

    Column<std::uint32_t> edges_;  // in the order of the curve
    Column<Box> boxes_;  // those of the edges, then level by level those above; the root last
};

}  // namespace emplettes::geo
