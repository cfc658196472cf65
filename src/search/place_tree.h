#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/point.h"
#include "search/local_plane.h"

namespace emplettes::search {

struct NumberRange {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    bool operator==(const NumberRange&) const = default;
};

// Places numbered so that neighbours have near numbers: a balanced k-d tree, halved along its
// longer side down to leaves of kLeafPlaces, numbered leaf by leaf. Every disc is a few ranges of
// numbers, and equal parts of the numbers are compact districts with equally many places, however
// unevenly they lie. Places without a finite position come last and are in no disc.
class PlaceTree {
  public:
    PlaceTree() = default;
    explicit PlaceTree(std::span<const geo::Point> points);

    // order()[number] is the index of the place in what was passed in; empty when the tree comes
    // from an image.
    const std::vector<std::uint32_t>& order() const { return order_; }
    const LocalPlane& plane() const { return plane_; }
    PlanePosition position(std::uint32_t number) const { return positions_[number]; }
    bool has_position(std::uint32_t number) const { return number < placed_; }

    // Ranges, ascending, not touching, that hold every place within the radius, and some around.
    void ranges_near(const LocalPlane::From& from, float radius_m,
                     std::vector<NumberRange>& ranges) const;

    std::size_t bytes() const;

    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {  // all but the order
        parts("places: plane", self.plane_);
        parts("places: positions", self.positions_);
        parts("places: boxes", self.boxes_);
        parts("places: right halves", self.right_);
        parts("places: placed", self.placed_);
    }

  private:
    struct Box {
        PlanePosition low;
        PlanePosition high;
    };
    static constexpr std::uint32_t kLeafPlaces = 32;

    void split(std::span<const PlanePosition> points, NumberRange range);
    void collect(const LocalPlane::From& from, float radius_m, NumberRange range, std::size_t node,
                 std::vector<NumberRange>& ranges) const;

    LocalPlane plane_;
    std::vector<std::uint32_t> order_;
    std::vector<PlanePosition> positions_;
    std::vector<Box> boxes_;            // nodes, parents first, left before right
    std::vector<std::uint32_t> right_;  // node of the right half
    std::uint32_t placed_ = 0;
};

}  // namespace emplettes::search
