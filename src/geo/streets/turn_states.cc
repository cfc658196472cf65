#include "geo/streets/turn_states.h"

#include <algorithm>
#include <span>
#include <unordered_map>

namespace emplettes::geo {
namespace {

class StateMaker {
  public:
    explicit StateMaker(const StreetPlan& plan) : plan_(plan) {
        states_.junction.resize(plan.junctions);
        for (std::uint32_t i = 0; i < plan.junctions; ++i) states_.junction[i] = i;
        collect_departures();
    }

    TurnStates make() {
        for (std::uint32_t junction = 0; junction < plan_.junctions; ++junction)
            for (const std::uint32_t arc : departures(junction))
                add_arc(junction, state_after(arc), arc);
        // Copies are made while arcs lead to them.
        for (std::size_t i = 0; i < copies_.size(); ++i) leave_copy(copies_[i]);
        std::ranges::sort(states_.arcs);
        return std::move(states_);
    }

  private:
    struct Copy {
        std::uint32_t state = 0;
        std::uint32_t arrival = 0;  // the arc that one has come along
        bool has_sign = false;
    };

    void collect_departures() {
        first_departure_.assign(plan_.junctions + 1, 0);
        const auto arcs = static_cast<std::uint32_t>(2 * plan_.edges.size());
        for (std::uint32_t arc = 0; arc < arcs; ++arc)
            if (plan_.is_open(arc)) ++first_departure_[plan_.tail(arc) + 1];
        for (std::uint32_t i = 0; i < plan_.junctions; ++i)
            first_departure_[i + 1] += first_departure_[i];
        departures_.resize(first_departure_.back());
        std::vector<std::uint32_t> next(first_departure_.begin(), first_departure_.end() - 1);
        for (std::uint32_t arc = 0; arc < arcs; ++arc)
            if (plan_.is_open(arc)) departures_[next[plan_.tail(arc)]++] = arc;
    }
    std::span<const std::uint32_t> departures(std::uint32_t junction) const {
        const std::uint32_t begin = first_departure_[junction];
        return std::span(departures_).subspan(begin, first_departure_[junction + 1] - begin);
    }
    bool has_sign(std::uint32_t arc) const {
        const auto ban = std::ranges::lower_bound(plan_.bans, arc, {}, &TurnBan::from_arc);
        return ban != plan_.bans.end() && ban->from_arc == arc;
    }
    bool is_banned(std::uint32_t from_arc, std::uint32_t to_arc) const {
        return std::ranges::binary_search(plan_.bans, TurnBan{from_arc, to_arc});
    }
    bool is_dead_end(std::uint32_t junction) const { return departures(junction).size() == 1; }

    void add_arc(std::uint32_t tail, std::uint32_t head, std::uint32_t street) {
        states_.arcs.push_back({.tail = tail, .head = head, .street = street});
    }
    std::uint32_t copy_after(std::uint32_t arc, bool at_sign) {
        const auto number = static_cast<std::uint32_t>(states_.junction.size());
        const auto [found, is_new] = copy_of_.try_emplace(arc, number);
        if (is_new) {
            states_.junction.push_back(plan_.head(arc));
            copies_.push_back({.state = number, .arrival = arc, .has_sign = at_sign});
        }
        return found->second;
    }
    std::uint32_t state_after(std::uint32_t arc) {
        return has_sign(arc) ? copy_after(arc, true) : plan_.head(arc);
    }
    std::uint32_t state_after_sign(std::uint32_t arc) {
        if (has_sign(arc)) return copy_after(arc, true);
        return plan_.is_open(opposite(arc)) ? copy_after(arc, false) : plan_.head(arc);
    }

    void leave_copy(const Copy copy) {
        const std::uint32_t junction = states_.junction[copy.state];
        for (const std::uint32_t arc : departures(junction)) {
            if (arc == opposite(copy.arrival) && !is_dead_end(junction)) continue;
            if (is_banned(copy.arrival, arc)) continue;
            add_arc(copy.state, copy.has_sign ? state_after_sign(arc) : state_after(arc), arc);
        }
    }

    const StreetPlan& plan_;
    std::vector<std::uint32_t> first_departure_;
    std::vector<std::uint32_t> departures_;  // open arcs by the junction where they begin
    std::unordered_map<std::uint32_t, std::uint32_t> copy_of_;  // of an arc: the state at its end
    std::vector<Copy> copies_;
    TurnStates states_;
};

}  // namespace

TurnStates make_turn_states(const StreetPlan& plan) { return StateMaker(plan).make(); }

}  // namespace emplettes::geo
