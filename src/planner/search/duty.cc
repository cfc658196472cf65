#include "planner/search/duty.h"

#include "planner/search/route.h"

namespace emplettes::planner {
namespace {

// One route against the limits of its shift.
class DutySearch {
  public:
    DutySearch(const Instance& instance, const Route& route)
        : instance_(instance),
          route_(route),
          bike_(instance.bike(route.shift())),
          limits_(bike_.limits),
          begun_(bike_.worked_since_break - bike_.start.span) {}

    Duty find() {
        without_break();
        if (!best_.is_lawful) with_break();
        return best_;
    }

  private:
    void without_break() {
        const Segment whole = route_.until(route_.size() + 1);
        if (limits_.needs_break || whole.span + begun_ > limits_.stretch_max ||
            whole.span > limits_.work_max || whole.span > limits_.span_max)
            return;
        best_ = {.is_lawful = true, .whole = whole, .span = whole.span};
    }
    void with_break() {
        if (limits_.break_min == 0) return;
        int cold = bike_.cold_aboard;
        for (const int number : route_.stops()) cold += cold_from_start(number);
        for (int gap = 0; gap <= route_.size(); ++gap) {
            if (gap > 0) cold += instance_.stop(route_.point(gap).stop).cold_change;
            if (cold > 0) continue;
            consider(gap, false);
            consider(gap, true);
        }
    }
    int cold_from_start(int number) const {
        const Stop& stop = instance_.stop(number);
        return instance_.errand(stop.order).is_aboard_at_start ? -stop.cold_change : 0;
    }
    void consider(int gap, bool is_on_arrival) {
        const Segment before = route_.until(gap);
        const Segment behind = route_.from(gap + 1);
        const Time leg = route_.point(gap).leg;
        const Segment pause{.span = limits_.break_min,
                            .earliest = limits_.break_window.open,
                            .latest = limits_.break_window.close};
        const Time until_pause = is_on_arrival ? leg : 0;
        if (!can_follow(before, until_pause, pause)) return;
        const Segment paused = joined(before, until_pause, pause);
        if (!can_follow(paused, leg - until_pause, behind)) return;
        const Segment whole = joined(paused, leg - until_pause, behind);
        // Waiting between the pieces is part of the break, but for what comes before a break that
        // may not begin yet.
        const Time early = paused.span - before.span - until_pause - pause.span;
        const Time first = before.span + until_pause + early;
        const Time second = leg - until_pause + behind.span;
        if (first + begun_ > limits_.stretch_max || second > limits_.stretch_max ||
            first + second > limits_.work_max || whole.span > limits_.span_max)
            return;
        if (best_.is_lawful && best_.span <= whole.span) return;
        best_ = {.is_lawful = true,
                 .whole = whole,
                 .span = whole.span,
                 .break_gap = gap,
                 .is_on_arrival = is_on_arrival};
    }

    const Instance& instance_;
    const Route& route_;
    const Bike& bike_;
    const DutyLimits& limits_;
    Time begun_;  // of the first stretch: what was worked, not what was done
    Duty best_;
};

}  // namespace

Duty find_duty(const Instance& instance, const Route& route) {
    return DutySearch(instance, route).find();
}

}  // namespace emplettes::planner
