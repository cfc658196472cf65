#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace emplettes::geo {

// The strongly connected parts of a graph: within one, every node is reached from every other.
struct StrongParts {
    std::vector<std::uint32_t> part;  // of each node
    std::vector<std::uint32_t> size;  // of each part, in nodes

    std::uint32_t largest() const;  // its number; 0 when there is none
};

// Arcs of node i lead to heads[first_arc[i] … first_arc[i + 1]). Without recursion, in linear time
// (Tarjan, Depth-first search and linear graph algorithms, 1972).
StrongParts find_strong_parts(std::span<const std::uint32_t> first_arc,
                              std::span<const std::uint32_t> heads);

}  // namespace emplettes::geo
