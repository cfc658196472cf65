#include "planner/duty/courier_record.h"

#include <algorithm>
#include <numeric>

namespace emplettes::planner {
namespace {

constexpr Time kMinute = 60;
constexpr Time kDay = 86'400;

// The law for one courier on one day.
class LawOfDay {
  public:
    LawOfDay(const CourierRecord& record, const law::WorkingTimeLaw& law, LocalDay day)
        : record_(record),
          law_(law),
          worker_(record.is_minor ? law::Worker::minor : law::Worker::adult),
          day_(day) {}

    std::optional<Time> seconds(law::WorkRule rule) const {
        const auto minutes = law_.value(rule, worker_, day_);
        if (!minutes) return std::nullopt;
        return *minutes * kMinute;
    }

    // What may still be worked this week: by its own limit and by the average over several.
    Time work_left() const {
        Time left = kTimeMax;
        if (const auto most = seconds(law::WorkRule::weekly_work_max))
            left = std::min(left, *most - record_.week_work_min * kMinute);
        const auto average = seconds(law::WorkRule::average_work_max);
        const auto weeks = law_.value(law::WorkRule::average_weeks, worker_, day_);
        if (!average || !weeks) return left;
        const std::size_t before =
            std::min(record_.weeks_work_min.size(), static_cast<std::size_t>(*weeks - 1));
        const int worked =
            std::accumulate(record_.weeks_work_min.begin(),
                            record_.weeks_work_min.begin() + static_cast<std::ptrdiff_t>(before),
                            record_.week_work_min);
        return std::min(left, *average * *weeks - worked * kMinute);
    }

    DutyLimits limits() const {
        DutyLimits limits;
        limits.work_max = work_left();
        if (const auto most = seconds(law::WorkRule::daily_work_max))
            limits.work_max = std::min(limits.work_max, *most);
        if (const auto rest = seconds(law::WorkRule::daily_rest_min))
            limits.span_max = kDay - *rest;
        if (const auto stretch = seconds(law::WorkRule::stretch_max)) limits.stretch_max = *stretch;
        if (const auto least = seconds(law::WorkRule::break_min)) limits.break_min = *least;
        return limits;
    }

    void clip(Window& window) const {
        const Time rest = seconds(law::WorkRule::daily_rest_min).value_or(0);
        const Time weekly = seconds(law::WorkRule::weekly_rest_min).value_or(0);
        if (record_.previous_release)
            window.open = std::max(window.open, *record_.previous_release + rest);
        if (record_.next_duty) window.close = std::min(window.close, *record_.next_duty - rest);
        if (!record_.has_weekly_rest && record_.previous_release && record_.next_duty)
            keep_weekly_rest(window, weekly);
        if (record_.may_work_at_night && !record_.is_minor) return;
        if (const auto morning = seconds(law::WorkRule::night_to))
            window.open = std::max(window.open, *morning);
        if (const auto evening = seconds(law::WorkRule::night_from))
            window.close = std::min(window.close, *evening);
    }

    // Nobody rides in the hot hours: what is longer stays, before or behind them.
    void avoid_heat(Window& window) const {
        const Time from = seconds(law::WorkRule::heat_from).value_or(kTimeMax);
        const Time to = seconds(law::WorkRule::heat_to).value_or(0);
        if (window.close <= from || window.open >= to) return;
        if (from - window.open >= window.close - to) {
            window.close = from;
        } else {
            window.open = to;
        }
    }

  private:
    // The week's long rest before this shift, or after it, whichever leaves more of it.
    void keep_weekly_rest(Window& window, Time weekly) const {
        const Time late_begin = std::max(window.open, *record_.previous_release + weekly);
        const Time early_end = std::min(window.close, *record_.next_duty - weekly);
        if (window.close - late_begin >= early_end - window.open) {
            window.open = late_begin;
        } else {
            window.close = early_end;
        }
    }

    const CourierRecord& record_;
    const law::WorkingTimeLaw& law_;
    law::Worker worker_;
    LocalDay day_;
};

}  // namespace

std::optional<std::string> obey(Shift& shift, const CourierRecord& record,
                                const law::WorkingTimeLaw& law, LocalDay day, Heat heat) {
    if (heat == Heat::red) return "nobody rides in a red episode of heat";
    const LawOfDay of_day(record, law, day);
    DutyLimits limits = of_day.limits();
    if (limits.work_max <= 0) return "has worked all that the week allows";
    limits.work_max = std::min(limits.work_max, shift.limits.work_max);
    limits.span_max = std::min(limits.span_max, shift.limits.span_max);
    limits.stretch_max = std::min(limits.stretch_max, shift.limits.stretch_max);
    limits.break_min = std::max(limits.break_min, shift.limits.break_min);
    limits.break_window = shift.limits.break_window;
    limits.needs_break = shift.limits.needs_break;
    Window window = shift.window;
    of_day.clip(window);
    if (heat == Heat::orange) of_day.avoid_heat(window);
    if (window.open > window.close) return "has no time left between the rests";
    shift.window = window;
    shift.limits = limits;
    return std::nullopt;
}

}  // namespace emplettes::planner
