#include "geo/streets/street_oracle.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <cmath>

namespace emplettes::geo {
namespace {

std::uint32_t arc_count(const StreetPlan& plan) {
    return static_cast<std::uint32_t>(2 * plan.edges.size());
}

std::uint32_t until(const StreetPlan& plan, const Snap& snap, std::uint32_t arc) {
    const double whole_ms = plan.time_ms(arc);
    const auto in_order_ms = static_cast<std::uint32_t>(std::lround(whole_ms * snap.along));
    return arc % 2 == 0 ? in_order_ms : plan.time_ms(arc) - in_order_ms;
}

}  // namespace

StreetOracle::StreetOracle(const StreetPlan& plan, std::vector<bool> is_served)
    : plan_(plan), is_served_(std::move(is_served)), leaving_(plan.junctions) {
    for (std::uint32_t arc = 0; arc < arc_count(plan); ++arc)
        if (plan.is_open(arc)) leaving_[plan.tail(arc)].push_back(arc);
    for (const TurnBan& ban : plan.bans) bans_.emplace(ban.from_arc, ban.to_arc);
    find_parts();
    part_ = find_served_part();
}

template <typename F>
void StreetOracle::for_each_step(F f) const {
    for (std::uint32_t last = 0; last < arc_count(plan_); ++last)
        for (const int wariness : {0, 1, 2})
            for (const std::uint32_t arc : leaving_[plan_.head(last)])
                if (const State state{last, wariness}; may_go(state, arc))
                    f(state, state_after(state, arc));
}

void StreetOracle::find_parts() {
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> graph(
        number_of({arc_count(plan_), 0}));
    for_each_step([&](const State& state, const State& next) {
        add_edge(number_of(state), number_of(next), graph);
    });
    part_of_.resize(num_vertices(graph));
    strong_components(graph, boost::make_iterator_property_map(part_of_.begin(),
                                                               get(boost::vertex_index, graph)));
}

// The part within which people come along just the arcs that are served. No two parts have the same
// arcs: an arc with a sign at its end is in one only, and without signs all wariness is 0.
std::optional<std::size_t> StreetOracle::find_served_part() const {
    std::map<std::size_t, std::set<std::uint32_t>> arcs_of;
    for_each_step([&](const State& state, const State& next) {
        const std::size_t part = part_of_[number_of(state)];
        if (part == part_of_[number_of(next)]) arcs_of[part].insert(next.first);
    });
    std::set<std::uint32_t> served;
    for (std::uint32_t arc = 0; arc < arc_count(plan_); ++arc)
        if (is_served_[arc]) served.insert(arc);
    const auto found =
        std::ranges::find(arcs_of, served, [](const auto& part) { return part.second; });
    return found == arcs_of.end() ? std::nullopt : std::optional(found->first);
}

bool StreetOracle::has_sign(std::uint32_t arc) const {
    const auto ban = bans_.lower_bound({arc, 0});
    return ban != bans_.end() && ban->first == arc;
}

bool StreetOracle::may_go(const State& state, std::uint32_t arc) const {
    const auto [last, wariness] = state;
    if (bans_.contains({last, arc})) return false;
    const bool turns_round = arc == (last ^ 1U);
    return !turns_round || wariness == 0 || leaving_[plan_.head(last)].size() == 1;
}

StreetOracle::State StreetOracle::state_after(const State& state, std::uint32_t arc) const {
    if (has_sign(arc)) return {arc, 2};
    return {arc, state.second == 2 ? 1 : 0};
}

void StreetOracle::reach(const State& state, std::uint32_t time_ms) {
    const auto [known, is_new] = times_ms_.try_emplace(state, time_ms);
    if (!is_new && known->second <= time_ms) return;
    if (!is_new) queue_.erase({known->second, state});
    known->second = time_ms;
    queue_.emplace(time_ms, state);
}

void StreetOracle::set_out(const Snap& from) {
    from_ = from;
    times_ms_.clear();
    for (const std::uint32_t arc : {2 * from.edge, 2 * from.edge + 1})
        if (is_served_[arc])
            reach({arc, has_sign(arc) ? 2 : 1}, plan_.time_ms(arc) - until(plan_, from, arc));
    while (!queue_.empty()) {
        const auto [time_ms, state] = *queue_.begin();
        queue_.erase(queue_.begin());
        for (const std::uint32_t arc : leaving_[plan_.head(state.first)])
            if (may_go(state, arc) && is_in_part(state_after(state, arc)))
                reach(state_after(state, arc), time_ms + plan_.time_ms(arc));
    }
}

std::uint32_t StreetOracle::time_to(const Snap& to) const {
    std::uint32_t best_ms = kFar;
    for (const std::uint32_t arc : {2 * to.edge, 2 * to.edge + 1}) {
        if (!is_served_[arc]) continue;
        const std::uint32_t before_ms = until(plan_, to, arc);
        for (const auto& [state, time_ms] : times_ms_)
            if (plan_.head(state.first) == plan_.tail(arc) && may_go(state, arc) &&
                is_in_part(state_after(state, arc)))
                best_ms = std::min(best_ms, time_ms + before_ms);
        const bool lies_ahead = arc % 2 == 0 ? from_.along <= to.along : from_.along >= to.along;
        if (from_.edge == to.edge && lies_ahead)
            best_ms = std::min(best_ms, before_ms - until(plan_, from_, arc));
    }
    return best_ms;
}

}  // namespace emplettes::geo
