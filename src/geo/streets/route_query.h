#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/streets/hierarchy.h"
#include "geo/streets/time_queue.h"

namespace emplettes::geo {

// A node where a search begins or ends, and the time to it from the point meant, or from it there.
struct Seed {
    std::uint32_t node = 0;
    std::uint32_t time_ms = 0;
};

// Memory that queries on one thread use one after the other: some bytes for each node, kept. Fits
// any network.
class RouteScratch {
  public:
    RouteScratch() = default;

  private:
    friend class RouteQuery;
    friend class MatrixQuery;

    static constexpr std::uint32_t kNobody = HierarchyArc::kOriginal;
    struct Label {
        std::uint32_t time_ms = kFar;
        std::uint32_t parent = kNobody;  // where it was reached from; nobody: a seed
    };
    struct Side {
        std::vector<Label> labels;  // of each rank
        std::vector<std::uint32_t> touched;
        TimeQueue queue;

        void clear(std::size_t nodes) {
            for (const std::uint32_t rank : touched) labels[rank] = {};
            touched.clear();
            queue.clear();
            if (labels.size() < nodes) labels.resize(nodes);
        }
        void reach(std::uint32_t rank, std::uint32_t time_ms, std::uint32_t parent) {
            Label& label = labels[rank];
            if (time_ms >= label.time_ms) return;
            if (label.time_ms == kFar) touched.push_back(rank);
            label = {.time_ms = time_ms, .parent = parent};
            queue.push(time_ms, rank);
        }
    };
    Side forward_;
    Side backward_;
};

struct NodePath {
    std::uint32_t time_ms = 0;         // with the times of both seeds
    std::vector<std::uint32_t> nodes;  // from the first seed to the last
};

// The fastest time from one of `from` to one of `to`; kFar when there is none below `bound_ms`.
std::uint32_t fastest_ms(const Hierarchy& hierarchy, std::span<const Seed> from,
                         std::span<const Seed> to, std::uint32_t bound_ms, RouteScratch& scratch);
// The same with the way.
std::optional<NodePath> fastest_path(const Hierarchy& hierarchy, std::span<const Seed> from,
                                     std::span<const Seed> to, std::uint32_t bound_ms,
                                     RouteScratch& scratch);

}  // namespace emplettes::geo
