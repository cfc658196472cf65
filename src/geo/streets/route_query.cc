#include "geo/streets/route_query.h"

#include <algorithm>

namespace emplettes::geo {

// Two searches that only go up, from both ends, until neither can meet the other any earlier.
class RouteQuery {
  public:
    RouteQuery(const Hierarchy& hierarchy, RouteScratch& scratch)
        : hierarchy_(hierarchy), forward_(scratch.forward_), backward_(scratch.backward_) {}

    std::uint32_t run(std::span<const Seed> from, std::span<const Seed> to,
                      std::uint32_t bound_ms) {
        best_ms_ = std::min(bound_ms, kFar);
        meeting_ = RouteScratch::kNobody;
        begin(forward_, from);
        begin(backward_, to);
        while (std::min(forward_.queue.earliest_ms(), backward_.queue.earliest_ms()) < best_ms_) {
            if (forward_.queue.earliest_ms() <= backward_.queue.earliest_ms()) {
                step<true>();
            } else {
                step<false>();
            }
        }
        return meeting_ == RouteScratch::kNobody ? kFar : best_ms_;
    }

    std::vector<std::uint32_t> nodes() const {
        std::vector<std::uint32_t> ranks = {meeting_};
        while (forward_.labels[ranks.back()].parent != RouteScratch::kNobody)
            ranks.push_back(forward_.labels[ranks.back()].parent);
        std::ranges::reverse(ranks);
        while (backward_.labels[ranks.back()].parent != RouteScratch::kNobody)
            ranks.push_back(backward_.labels[ranks.back()].parent);
        std::vector<std::uint32_t> nodes = {hierarchy_.node_at(ranks.front())};
        for (std::size_t i = 1; i < ranks.size(); ++i)
            hierarchy_.unpack(ranks[i - 1], ranks[i], nodes);
        return nodes;
    }

  private:
    using Side = RouteScratch::Side;
    void begin(Side& side, std::span<const Seed> seeds) {
        side.clear(hierarchy_.node_count());
        for (const Seed& seed : seeds)
            side.reach(hierarchy_.rank_of(seed.node), seed.time_ms, RouteScratch::kNobody);
    }

    template <bool kForward>
    void step() {
        Side& own = kForward ? forward_ : backward_;
        const Side& other = kForward ? backward_ : forward_;
        const auto [time_ms, rank] = own.queue.pop();
        if (time_ms > own.labels[rank].time_ms) return;
        if (const std::uint32_t there_ms = time_ms + other.labels[rank].time_ms;
            there_ms < best_ms_) {
            best_ms_ = there_ms;
            meeting_ = rank;
        }
        const auto ahead = kForward ? hierarchy_.up(rank) : hierarchy_.down(rank);
        const auto behind = kForward ? hierarchy_.down(rank) : hierarchy_.up(rank);
        // Stall on demand: whoever comes down to this node from a higher one is here earlier, so
        // no fastest way goes up from here.
        for (const HierarchyArc& arc : behind)
            if (own.labels[arc.upper].time_ms + arc.time_ms < time_ms) return;
        for (const HierarchyArc& arc : ahead)
            if (time_ms + arc.time_ms < best_ms_) own.reach(arc.upper, time_ms + arc.time_ms, rank);
    }

    const Hierarchy& hierarchy_;
    Side& forward_;
    Side& backward_;
    std::uint32_t best_ms_ = kFar;
    std::uint32_t meeting_ = RouteScratch::kNobody;
};

std::uint32_t fastest_ms(const Hierarchy& hierarchy, std::span<const Seed> from,
                         std::span<const Seed> to, std::uint32_t bound_ms, RouteScratch& scratch) {
    return RouteQuery(hierarchy, scratch).run(from, to, bound_ms);
}

std::optional<NodePath> fastest_path(const Hierarchy& hierarchy, std::span<const Seed> from,
                                     std::span<const Seed> to, std::uint32_t bound_ms,
                                     RouteScratch& scratch) {
    RouteQuery query(hierarchy, scratch);
    const std::uint32_t time_ms = query.run(from, to, bound_ms);
    if (time_ms == kFar) return std::nullopt;
    return NodePath{.time_ms = time_ms, .nodes = query.nodes()};
}

}  // namespace emplettes::geo
