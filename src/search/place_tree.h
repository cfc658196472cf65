#pragma once
#include <algorithm>
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

// How many neighbouring numbers make a group: one bit of a word for each.
inline constexpr std::uint32_t kGroupPlaces = 64;

// Places numbered so that neighbours have near numbers: the leaves of a balanced k-d tree, halved
// along its longer side, numbered one after the other. So a group of numbers is a compact place of
// its own, and so are some groups in a row, however unevenly the places lie. Places without a
// finite position come last and are in no disc.
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

    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {  // all but the order
        parts("places: plane", self.plane_);
        parts("places: positions", self.positions_);
        parts("places: groups", self.groups_);
        parts("places: placed", self.placed_);
    }

    // The box around the places of a group that have a position.
    struct Box {
        PlanePosition low;
        PlanePosition high;
    };
    std::span<const Box> groups() const { return groups_; }
    // The places of a group, one bit each; those without a position have none.
    std::uint64_t placed_in_group(std::size_t group) const {
        const std::uint64_t places =
            placed_ - std::min<std::uint64_t>(placed_, group * kGroupPlaces);
        return places >= kGroupPlaces ? ~std::uint64_t{0} : (std::uint64_t{1} << places) - 1;
    }

    std::size_t bytes() const;

  private:
    static constexpr std::uint32_t kLeafPlaces = 32;

    void split(std::span<const PlanePosition> points, NumberRange range);

    LocalPlane plane_;
    std::vector<std::uint32_t> order_;
    std::vector<PlanePosition> positions_;
    std::vector<Box> groups_;
    std::uint32_t placed_ = 0;
};

}  // namespace emplettes::search
