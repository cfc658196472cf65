#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/column.h"

namespace emplettes::geo {

// An arc of a hierarchy, kept at its lower end.
struct HierarchyArc {
    static constexpr std::uint32_t kOriginal = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t upper = 0;  // the other end, of higher rank
    std::uint32_t time_ms = 0;
};

// A contraction hierarchy (Geisberger, Sanders, Schultes, Delling 2008). Nodes are numbered by
// rank: the least important is 0. A shortest path from s to t is one that goes up from s and then
// down to t; `up` holds arcs from a node to higher ones, `down` those from higher ones to it. Each
// is an arc of the graph or a shortcut over a lower node, its `middle`. Immutable.
class Hierarchy {
  public:
    struct Arc {
        std::uint32_t tail = 0;
        std::uint32_t head = 0;
        std::uint32_t time_ms = 0;
    };
    // Takes up to some seconds for a city. Times must be below kFar; arcs from a node to itself
    // and all but the fastest of parallel ones are left out.
    static Hierarchy contract(std::uint32_t nodes, std::span<const Arc> arcs);

    std::uint32_t node_count() const { return static_cast<std::uint32_t>(rank_of_.size()); }
    std::uint32_t rank_of(std::uint32_t node) const { return rank_of_[node]; }
    std::uint32_t node_at(std::uint32_t rank) const { return node_at_[rank]; }
    std::span<const HierarchyArc> up(std::uint32_t rank) const { return part(2 * rank); }
    std::span<const HierarchyArc> down(std::uint32_t rank) const { return part(2 * rank + 1); }

    // Appends the nodes (not ranks) behind `tail` on the way to `head`, which an arc of the
    // hierarchy joins: ranks.
    void unpack(std::uint32_t tail, std::uint32_t head, std::vector<std::uint32_t>& nodes) const;

    bool is_consistent() const;  // of an image: the sizes of its parts fit
    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("hierarchy: ranks", self.rank_of_);
        parts("hierarchy: nodes", self.node_at_);
        parts("hierarchy: first", self.first_);
        parts("hierarchy: arcs", self.arcs_);
        parts("hierarchy: middles", self.middle_);
    }

  private:
    std::span<const HierarchyArc> part(std::uint32_t number) const {
        return arcs_.values().subspan(first_[number], first_[number + 1] - first_[number]);
    }
    std::uint32_t middle_of(std::uint32_t part, std::uint32_t upper) const;

    Column<std::uint32_t> rank_of_;
    Column<std::uint32_t> node_at_;
    // A search looks at both kinds of arcs of a node, so they lie side by side: part 2 * rank has
    // those up, the next one those down.
    Column<std::uint32_t> first_;  // of each part, and one behind
    Column<HierarchyArc> arcs_;
    Column<std::uint32_t> middle_;  // of each arc; HierarchyArc::kOriginal: it is no shortcut
};

}  // namespace emplettes::geo
