#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/streets/time_queue.h"

namespace emplettes::geo {

// A graph that is being contracted: arcs of each node that is still there, in both directions.
struct ShrinkingGraph {
    struct Half {
        std::uint32_t node = 0;  // the other end
        std::uint32_t time_ms = 0;
        std::uint32_t middle = 0;
        std::uint32_t hops = 1;  // arcs of the original graph
    };
    std::vector<std::vector<Half>> out;
    std::vector<std::vector<Half>> in;
};

// Looks for paths that make a shortcut superfluous: a small search around one node.
class WitnessSearch {
  public:
    explicit WitnessSearch(std::size_t nodes) : time_ms_(nodes, kFar) {}

    struct Task {
        std::uint32_t from = 0;
        std::uint32_t avoided = 0;
        std::uint32_t time_ms_max = 0;
        std::uint32_t settled_max = 0;  // it gives up after so many nodes
    };
    // Afterwards time_to() tells an upper bound for each node, exact or kFar as far as it
    // looked.
    void run(const ShrinkingGraph& graph, const Task& task);
    std::uint32_t time_to(std::uint32_t node) const { return time_ms_[node]; }

  private:
    std::vector<std::uint32_t> time_ms_;
    std::vector<std::uint32_t> touched_;
    TimeQueue queue_;
};

}  // namespace emplettes::geo
