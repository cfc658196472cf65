#include <sys/resource.h>

#include <algorithm>
#include <string>
#include <vector>

#include "emplettes/bench_line.h"
#include "emplettes/bench_town.h"
#include "planner/checker.h"
#include "planner/living/live_plan.h"
#include "planner/living/replan.h"
#include "planner/living/under_way.h"
#include "planner/planner.h"
#include "planner/reasons/relaxation.h"

namespace emplettes {
namespace {

using planner::Level;
using planner::Plan;
using planner::Problem;

constexpr planner::Time kNoon = 12 * 3600;
constexpr int kQuotes = 100;
constexpr int kReplans = 20;
constexpr int kReasons = 40;
constexpr double kReplanSeconds = 0.45;  // of the half second that is wanted

planner::Budget seconds_from_now(double seconds) {
    const double began_us = thread_cpu_us();
    return {.seconds_max = seconds,
            .elapsed_s = [=] { return (thread_cpu_us() - began_us) / 1e6; }};
}

double peak_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

// The middle and the largest of some measures.
void add_spread(Json& line, const char* name, std::vector<double> values) {
    if (values.empty()) return;
    std::ranges::sort(values);
    line[std::string(name) + "_p50"] = percentile(values, 0.5);
    line[std::string(name) + "_max"] = values.back();
}

class TownBench {
  public:
    explicit TownBench(const TownBenchOptions& options)
        : options_(options), town_(make_bench_town(options.town)) {}

    void run() {
        plan_ = plan("plan", options_.seconds);
        const double after_plan = peak_mb();
        if (options_.against > 0) compare(plan("plan_long", options_.against));
        planner::ride_until(town_, plan_, kNoon);
        plan_ = planner::remaining_plan(town_, plan_);
        quote();
        replan();
        explain();
        Json line = begin("memory");
        line["peak_mb"] = peak_mb();
        line["peak_mb_after_plan"] = after_plan;
        print_line(line);
    }

  private:
    Json begin(const char* name) const {
        return {{"bench", "plan"},
                {"case", std::string("town_") + name},
                {"orders", options_.town.orders},
                {"couriers", options_.town.couriers},
                {"seed", options_.town.seed},
                {"clock", "cpu"}};
    }

    Plan plan(const char* name, double seconds) const {
        const double began_us = thread_cpu_us();
        double first_ms = 0;
        std::size_t first_unserved = 0;
        planner::PlanSettings settings{.seed = options_.town.seed,
                                       .budget = seconds_from_now(seconds)};
        settings.on_better = [&](const Plan& better) {
            if (first_ms > 0) return;
            first_ms = (thread_cpu_us() - began_us) / 1e3;
            first_unserved = better.unserved.size();
        };
        const auto result = planner::make_plan(town_, settings);
        Json line = begin(name);
        line["seconds"] = (thread_cpu_us() - began_us) / 1e6;
        line["first_ms"] = first_ms;
        line["first_unserved"] = first_unserved;
        line["iterations"] = result.iterations;
        line["unserved"] = result.plan.unserved.size();
        line["paid_minutes"] = result.plan.levels[Level::paid] / 60;
        line["opened"] = result.plan.levels[Level::opened];
        line["breaches"] = planner::find_breaches(town_, result.plan).size();
        print_line(line);
        return result.plan;
    }

    void compare(const Plan& longer) const {
        Json line = begin("against");
        line["seconds"] = options_.seconds;
        line["against_seconds"] = options_.against;
        line["unserved_more"] = plan_.levels[Level::unserved] - longer.levels[Level::unserved];
        line["paid_more_percent"] = 100 * (static_cast<double>(plan_.levels[Level::paid]) /
                                               static_cast<double>(longer.levels[Level::paid]) -
                                           1);
        print_line(line);
    }

    // Slots of two hours, from two hours from now on.
    void quote() const {
        std::vector<planner::Window> slots;
        for (planner::Time open = kNoon + 3600; open < 20 * 3600; open += 7200)
            slots.push_back({.open = open, .close = open + 7200});
        std::vector<double> took_ms;
        std::size_t offered = 0;
        const planner::LivePlan live(town_, plan_);
        for (int i = 0; i < kQuotes; ++i) {
            const planner::Order order =
                make_bench_order(town_, 1000 + static_cast<std::uint64_t>(i));
            const double began_us = thread_cpu_us();
            offered += live.quote(order, slots).size();
            took_ms.push_back((thread_cpu_us() - began_us) / 1e3);
        }
        Json line = begin("quote");
        line["slots"] = slots.size();
        line["offers_per_quote"] = static_cast<double>(offered) / kQuotes;
        add_spread(line, "ms", took_ms);
        print_line(line);
    }

    void replan() const {
        std::vector<double> took_ms;
        std::vector<double> moved;
        int served = 0;
        std::size_t breaches = 0;
        for (int i = 0; i < kReplans; ++i) {
            Problem day = town_;
            day.orders.push_back(make_bench_order(town_, 2000 + static_cast<std::uint64_t>(i)));
            day.orders.back().delivery->windows = {{.open = 15 * 3600, .close = 18 * 3600}};
            const double began_us = thread_cpu_us();
            const auto replanned = planner::replan(
                day, plan_,
                {.seed = options_.town.seed, .budget = seconds_from_now(kReplanSeconds)});
            took_ms.push_back((thread_cpu_us() - began_us) / 1e3);
            moved.push_back(static_cast<double>(std::ranges::count(
                replanned.changes, planner::PlanChange::Kind::moved, &planner::PlanChange::kind)));
            served += std::ranges::count(replanned.plan.unserved,
                                         static_cast<int>(day.orders.size()) - 1) == 0;
            breaches += planner::find_breaches(day, replanned.plan).size();
        }
        Json line = begin("replan");
        line["new_orders"] = kReplans;
        line["served"] = served;
        line["breaches"] = breaches;
        add_spread(line, "ms", took_ms);
        add_spread(line, "orders_moved", moved);
        print_line(line);
    }

    // Orders that nobody can bring in a window of a minute: what would have to change?
    void explain() const {
        std::vector<double> took_ms;
        std::size_t claims = 0;
        int without = 0;
        const planner::LivePlan live(town_, plan_);
        for (std::uint64_t i = 0; took_ms.size() < kReasons && i < 40 * kReasons; ++i) {
            planner::Order order = make_bench_order(town_, 3000 + i);
            const planner::Time at = kNoon + static_cast<planner::Time>(i % 80) * 360;
            order.delivery->windows = {{.open = at, .close = at + 60}};
            if (!live.quote(order, order.delivery->windows).empty()) continue;
            Problem day = town_;
            day.orders.push_back(order);
            Plan plan = plan_;
            plan.unserved.push_back(static_cast<int>(day.orders.size()) - 1);
            const double began_us = thread_cpu_us();
            const auto found = planner::find_relaxations(day, plan, plan.unserved.back());
            took_ms.push_back((thread_cpu_us() - began_us) / 1e3);
            claims += found.size();
            without += found.empty() ? 1 : 0;
        }
        Json line = begin("reason");
        line["unserved_asked"] = took_ms.size();
        line["claims_verified"] = claims;
        line["without_claim"] = without;
        add_spread(line, "ms", took_ms);
        print_line(line);
    }

    const TownBenchOptions& options_;
    Problem town_;
    Plan plan_;
};

}  // namespace

void bench_town(const TownBenchOptions& options) { TownBench(options).run(); }

}  // namespace emplettes
