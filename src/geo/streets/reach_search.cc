#include "geo/streets/reach_search.h"

#include <algorithm>

namespace emplettes::geo {

ReachSearch::ReachSearch(const StreetRouter& router)
    : router_(router), time_ms_(router.network().node_count(), kFar) {}

void ReachSearch::run(const Snap& from, std::uint32_t limit_ms) {
    for (const std::uint32_t node : touched_) time_ms_[node] = kFar;
    touched_.clear();
    queue_.clear();
    from_ = from;
    limit_ms_ = limit_ms;
    const auto reach = [this](std::uint32_t node, std::uint32_t time_ms) {
        if (time_ms >= time_ms_[node] || time_ms > limit_ms_) return;
        if (time_ms_[node] == kFar) touched_.push_back(node);
        time_ms_[node] = time_ms;
        queue_.push(time_ms, node);
    };
    for (const Seed& seed : router_.departures(from)) reach(seed.node, seed.time_ms);
    while (!queue_.empty()) {
        const auto [time_ms, node] = queue_.pop();
        if (time_ms > time_ms_[node]) continue;
        for (const NetworkArc& arc : router_.network().arcs_from(node))
            reach(arc.head, time_ms + arc.time_ms);
    }
}

std::uint32_t ReachSearch::time_to(const Snap& to) const {
    std::uint32_t earliest_ms = router_.direct_ms(from_, to);
    for (const Seed& seed : router_.arrivals(to))
        earliest_ms = std::min(earliest_ms, time_ms_[seed.node] + seed.time_ms);
    return earliest_ms > limit_ms_ ? kFar : std::min(earliest_ms, kFar);
}

std::vector<ReachSearch::Reached> ReachSearch::streets() const {
    std::vector<Reached> reached;
    for (const std::uint32_t node : touched_)
        for (const NetworkArc& arc : router_.network().arcs_from(node))
            if (const std::uint32_t end_ms = time_ms_[node] + arc.time_ms; end_ms <= limit_ms_)
                reached.push_back({.street = arc.street, .time_ms = end_ms});
    std::ranges::sort(reached, [](const Reached& a, const Reached& b) {
        return a.street != b.street ? a.street < b.street : a.time_ms < b.time_ms;
    });
    const auto later = std::ranges::unique(reached, {}, &Reached::street);
    reached.erase(later.begin(), later.end());
    return reached;
}

}  // namespace emplettes::geo
