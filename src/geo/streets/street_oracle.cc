#include "geo/streets/street_oracle.h"

#include <algorithm>
#include <cmath>

namespace emplettes::geo {
namespace {

std::uint32_t until(const StreetPlan& plan, const Snap& snap, std::uint32_t arc) {
    const double whole_ms = plan.time_ms(arc);
    const auto in_order_ms = static_cast<std::uint32_t>(std::lround(whole_ms * snap.along));
    return arc % 2 == 0 ? in_order_ms : plan.time_ms(arc) - in_order_ms;
}

}  // namespace

StreetOracle::StreetOracle(const StreetPlan& plan, std::vector<bool> is_entered)
    : plan_(plan), is_entered_(std::move(is_entered)), leaving_(plan.junctions) {
    for (std::uint32_t arc = 0; arc < 2 * plan.edges.size(); ++arc)
        if (plan.is_open(arc)) leaving_[plan.tail(arc)].push_back(arc);
    for (const TurnBan& ban : plan.bans) bans_.emplace(ban.from_arc, ban.to_arc);
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
        if (is_entered_[arc])
            reach({arc, has_sign(arc) ? 2 : 1}, plan_.time_ms(arc) - until(plan_, from, arc));
    while (!queue_.empty()) {
        const auto [time_ms, state] = *queue_.begin();
        queue_.erase(queue_.begin());
        for (const std::uint32_t arc : leaving_[plan_.head(state.first)])
            if (may_go(state, arc)) reach(state_after(state, arc), time_ms + plan_.time_ms(arc));
    }
    find_returns();
}

void StreetOracle::find_returns() {
    std::map<State, std::vector<State>> before;
    std::vector<State> found;
    for (const auto& [state, time_ms] : times_ms_)
        for (const std::uint32_t arc : leaving_[plan_.head(state.first)]) {
            if (!may_go(state, arc)) continue;
            const State next = state_after(state, arc);
            before[next].push_back(state);
            if (arc / 2 == from_.edge && is_entered_[arc]) found.push_back(next);
        }
    returns_.clear();
    while (!found.empty()) {
        const State state = found.back();
        found.pop_back();
        if (!returns_.insert(state).second) continue;
        for (const State& earlier : before[state]) found.push_back(earlier);
    }
}

std::uint32_t StreetOracle::time_to(const Snap& to) const {
    std::uint32_t best_ms = kFar;
    for (const std::uint32_t arc : {2 * to.edge, 2 * to.edge + 1}) {
        if (!is_entered_[arc]) continue;
        const std::uint32_t before_ms = until(plan_, to, arc);
        for (const auto& [state, time_ms] : times_ms_)
            if (plan_.head(state.first) == plan_.tail(arc) && may_go(state, arc) &&
                returns_.contains(state_after(state, arc)))
                best_ms = std::min(best_ms, time_ms + before_ms);
        const bool lies_ahead = arc % 2 == 0 ? from_.along <= to.along : from_.along >= to.along;
        if (from_.edge == to.edge && lies_ahead)
            best_ms = std::min(best_ms, before_ms - until(plan_, from_, arc));
    }
    return best_ms;
}

}  // namespace emplettes::geo
