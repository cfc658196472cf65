#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/column.h"
#include "geo/streets/street_map.h"
#include "geo/streets/street_plan.h"

namespace emplettes::geo {

// Nodes of a network are states of a traveller (turn_states.h): any path of arcs obeys the signs.
struct NetworkArc {
    std::uint32_t tail = 0;
    std::uint32_t head = 0;
    std::uint32_t time_ms = 0;
    std::uint32_t street = 0;  // 2 * edge, or 2 * edge + 1 against the order of its shape
};

struct NetworkEdge {
    std::uint32_t length_cm = 0;
    std::uint32_t name = 0;
    std::uint32_t first_shape = 0;
    std::uint32_t shape_count : 30 = 0;
    std::uint32_t manner : 2 = 0;
};

// What of a plan is in no network.
struct NetworkReport {
    std::int64_t edges_left_out = 0;  // from which one cannot come everywhere, or not back
    std::int64_t parts_left_out = 0;  // groups of nodes of which that is so
    std::int64_t turn_copies = 0;     // nodes that stand for a sign

    bool operator==(const NetworkReport&) const = default;
};

// The largest part of a plan in which everything is reached from everywhere. Immutable.
class StreetNetwork {
  public:
    StreetNetwork() = default;
    static StreetNetwork make(const StreetPlan& plan);

    std::uint32_t node_count() const {
        return first_arc_.size() == 0 ? 0 : static_cast<std::uint32_t>(first_arc_.size() - 1);
    }
    std::uint32_t edge_count() const { return static_cast<std::uint32_t>(edges_.size()); }
    std::span<const NetworkArc> arcs() const { return arcs_.values(); }
    std::span<const NetworkArc> arcs_from(std::uint32_t node) const {
        return arcs().subspan(first_arc_[node], first_arc_[node + 1] - first_arc_[node]);
    }
    // All arcs that go along this street: one for each state from which it can be entered. Empty
    // when it is closed in this direction.
    std::span<const std::uint32_t> arcs_along(std::uint32_t street) const {
        const std::uint32_t begin = first_along_[street];
        return along_.values().subspan(begin, first_along_[street + 1] - begin);
    }
    bool is_open(std::uint32_t street) const { return !arcs_along(street).empty(); }
    std::uint32_t time_ms(std::uint32_t street) const {  // of an open one
        return arcs_[arcs_along(street).front()].time_ms;
    }
    // The node at which who sets out in this open street arrives. (It may be one of which turning
    // round is left out: whoever wants that sets out the other way.)
    std::uint32_t end_of(std::uint32_t street) const {
        return arcs_[arcs_along(street).front()].head;
    }

    const NetworkEdge& edge(std::uint32_t edge) const { return edges_[edge]; }
    std::span<const FixedPoint> shape(std::uint32_t edge) const {
        return shapes_.values().subspan(edges_[edge].first_shape, edges_[edge].shape_count);
    }
    const std::string& name(std::uint32_t edge) const { return names_[edges_[edge].name]; }
    const NetworkReport& report() const { return report_; }

    bool is_consistent() const;  // of an image: the sizes of its parts fit
    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("network: first arcs", self.first_arc_);
        parts("network: arcs", self.arcs_);
        parts("network: first along", self.first_along_);
        parts("network: along", self.along_);
        parts("network: edges", self.edges_);
        parts("network: shapes", self.shapes_);
        parts("network: names", self.names_);
        parts("network: report", self.report_);
    }

  private:
    friend class NetworkMaker;

    Column<std::uint32_t> first_arc_;    // of each node, and one behind
    Column<NetworkArc> arcs_;            // by tail
    Column<std::uint32_t> first_along_;  // of each street, and one behind
    Column<std::uint32_t> along_;        // arcs by street, then tail
    Column<NetworkEdge> edges_;
    Column<FixedPoint> shapes_;
    std::vector<std::string> names_;
    NetworkReport report_;
};

}  // namespace emplettes::geo
