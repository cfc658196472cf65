#include "geo/streets/hierarchy.h"

#include <algorithm>

#include "base/check.h"

namespace emplettes::geo {
std::uint32_t Hierarchy::middle_of(std::uint32_t number, std::uint32_t upper) const {
    const auto arcs = part(number);
    const auto arc = std::ranges::find(arcs, upper, &HierarchyArc::upper);
    check(arc != arcs.end());
    return middle_[first_[number] + static_cast<std::size_t>(arc - arcs.begin())];
}

void Hierarchy::unpack(std::uint32_t tail, std::uint32_t head,
                       std::vector<std::uint32_t>& nodes) const {
    // What is still to be unpacked, the next at the end.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> left = {{tail, head}};
    while (!left.empty()) {
        const auto [from, to] = left.back();
        left.pop_back();
        const std::uint32_t middle =
            from < to ? middle_of(2 * from, to) : middle_of(2 * to + 1, from);
        if (middle == HierarchyArc::kOriginal) {
            nodes.push_back(node_at_[to]);
        } else {
            left.emplace_back(middle, to);
            left.emplace_back(from, middle);
        }
    }
}

bool Hierarchy::is_consistent() const {
    return rank_of_.size() == node_at_.size() && first_.size() == 2 * rank_of_.size() + 1 &&
           arcs_.size() == middle_.size() && first_[first_.size() - 1] == arcs_.size();
}

}  // namespace emplettes::geo
