#include <cstdio>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

#include "emplettes/bench_line.h"
#include "emplettes/plan_files.h"
#include "emplettes/plan_news.h"
#include "emplettes/verbs.h"
#include "planner/checker.h"
#include "planner/planner.h"
#include "planner/reasons/reasons.h"
#include "planner/show/show_plan.h"

namespace emplettes {
namespace {

constexpr const char* kPlanFooter = R"(
FILE is a day in our JSON (docs/planner.md), a request for VROOM with its matrices, or an instance
of Li and Lim, Solomon, Gehring and Homberger, Sartori and Buriol; - is standard input.

  emplettes plan day.json                        the rounds, to read
  emplettes plan day.json --json > plan.json     for programs
  emplettes plan day.json --check plan.json      whether it can be ridden, by a judge of its own
  emplettes plan day.json --explain order-7      why this courier, or what would have to change
  emplettes plan day.json --svg plan.svg         a picture

While the plan is ridden, --published says which one it is; without news it is shown as it is. The
new plan stays near it, and each change is told in words:

  emplettes plan day.json --published plan.json --add order.json
  emplettes plan day.json --published plan.json --cancel order-7 --late ana=20 --out bo
  emplettes plan day.json --published plan.json --not-ready order-7/bakery=11:30
  emplettes plan day.json --published plan.json --quote order.json --slot 14:00-16:00
  emplettes plan day.json --published plan.json --now 11:30 --out bo="flat tyre"

The same file, seed and --iterations give the same plan; --seconds are of processor time.)";

struct PlanOptions {
    std::string file;
    std::string check;
    std::string svg;
    std::string explain;
    std::string objective;
    double seconds = 2;
    std::int64_t iterations = 0;
    std::uint64_t seed = 1;
    bool as_json = false;
    NewsOptions news;
};

void set_objective(planner::Problem& problem, const std::string& name) {
    if (name == "paid") problem.objective = planner::Objective::paid;
    if (name == "vehicles") problem.objective = planner::Objective::vehicles;
    if (name == "distance") problem.objective = planner::Objective::distance;
}

planner::PlanSettings settings_of(const PlanOptions& options) {
    planner::PlanSettings settings{.seed = options.seed};
    if (options.iterations > 0) {
        settings.budget.iterations_max = options.iterations;
        return settings;
    }
    const double began_us = thread_cpu_us();
    settings.budget.seconds_max = options.seconds;
    settings.budget.elapsed_s = [=] { return (thread_cpu_us() - began_us) / 1e6; };
    return settings;
}

int check_plan(const planner::Problem& problem, const PlanOptions& options) {
    const planner::Plan plan = load_plan(problem, options.check);
    auto breaches = planner::find_breaches(problem, plan);
    const planner::Levels counted = planner::count_levels(problem, plan);
    for (const planner::Level level : planner::levels_of(problem.objective))
        if (level != planner::Level::unfairness && counted[level] != plan.levels[level])
            breaches.push_back(std::string("level ") + planner::name_of(level) + " is " +
                               std::to_string(counted[level]) + ", not " +
                               std::to_string(plan.levels[level]));
    for (const std::string& breach : breaches) std::printf("%s\n", breach.c_str());
    if (breaches.empty()) std::puts("the plan keeps everything");
    return breaches.empty() ? 0 : 1;
}

void write_svg(const planner::Problem& problem, const planner::Plan& plan,
               const std::string& path) {
    std::ofstream out(path, std::ios::binary);
    out << planner::plan_svg(problem, plan);
    if (!out.flush()) throw std::runtime_error(path + " cannot be written");
}

void show(const planner::Problem& problem, const planner::Plan& plan, const PlanOptions& options,
          const Json& changes) {
    if (!options.svg.empty()) write_svg(problem, plan, options.svg);
    if (!options.explain.empty()) {
        const auto words = planner::explain(problem, plan, options.explain);
        if (!words) throw std::runtime_error("there is no order \"" + options.explain + '"');
        std::fputs(words->c_str(), stdout);
    } else if (options.as_json) {
        Json json = planner::plan_json(problem, plan);
        json.update(changes);
        std::printf("%s\n", json.dump(2).c_str());
    } else {
        std::fputs(planner::plan_text(problem, plan).c_str(), stdout);
    }
}

// With the plan that couriers know: as it is, or near it after what has happened.
int run_published(planner::Problem problem, const PlanOptions& options) {
    const planner::Plan published = load_plan(problem, options.news.published);
    ride_until_now(problem, published, options.news);
    const auto news = read_news(problem, options.news);
    if (news.empty() && !has_unknown_orders(problem, published)) {
        show(problem, planner::remaining_plan(problem, published), options, Json::object());
        return 0;
    }
    for (const planner::DayNews& each : news) planner::apply(problem, published, each);
    const auto replanned = planner::replan(problem, published, settings_of(options));
    if (!options.as_json && options.explain.empty())
        std::fputs(changes_text(problem, news, replanned).c_str(), stdout);
    show(problem, replanned.plan, options, changes_json(problem, news, replanned));
    return 0;
}

// What has happened is planned for first: nobody is offered the time of a courier who is out.
int quote(planner::Problem day, const planner::Order& asked, const PlanOptions& options) {
    planner::Plan standing = load_plan(day, options.news.published);
    ride_until_now(day, standing, options.news);
    const auto news = read_news(day, options.news);
    for (const planner::DayNews& each : news) planner::apply(day, standing, each);
    if (!news.empty()) standing = planner::replan(day, standing, settings_of(options)).plan;
    day.orders.push_back(asked);
    std::fputs(quote_text(day, standing, options.news).c_str(), stdout);
    return 0;
}

int run_plan(const PlanOptions& options) {
    planner::Problem problem = load_day_with_news(options.file, options.news);
    set_objective(problem, options.objective);
    if (!options.check.empty()) return check_plan(problem, options);
    if (!options.news.quote.empty()) {
        planner::Problem day = problem;
        day.orders.pop_back();
        return quote(std::move(day), problem.orders.back(), options);
    }
    if (!options.news.published.empty()) return run_published(std::move(problem), options);
    show(problem, planner::make_plan(problem, settings_of(options)).plan, options, Json::object());
    return 0;
}

void add_news_options(CLI::App& verb, NewsOptions& news) {
    auto* published = verb.add_option("--published", news.published, "The plan that couriers know")
                          ->check(CLI::ExistingFile);
    const auto add = [&](const char* name, auto& target, const char* what) {
        return verb.add_option(name, target, what)->needs(published);
    };
    add("--add", news.added, "A file: an order that has come, or places and orders")
        ->check(CLI::ExistingFile);
    add("--now", news.now, "The time: what was to be done before it is done");
    add("--cancel", news.cancelled, "An order that nobody needs any more");
    add("--late", news.late, "COURIER=MINUTES");
    add("--out", news.out, "A courier who rides no more, COURIER or COURIER=WHY");
    add("--not-ready", news.not_ready, "ORDER=TIME or ORDER/PLACE=TIME: a shop needs longer");
    add("--quote", news.quote, "A file: what would this order cost, and when?")
        ->check(CLI::ExistingFile);
    add("--slot", news.slots, "FROM-TO, for --quote; else the order's windows, or every two hours");
}

}  // namespace

void add_plan(CLI::App& cli, int& status) {
    auto options = std::make_shared<PlanOptions>();
    auto* verb = cli.add_subcommand("plan", "Rounds of couriers, within windows and labour law");
    verb->footer(kPlanFooter);
    verb->add_option("FILE", options->file, "What is to be planned")->required();
    verb->add_option("--seconds", options->seconds, "To search")
        ->check(CLI::Range(0.01, 3600.0))
        ->capture_default_str();
    verb->add_option("--iterations", options->iterations, "To search, instead of --seconds")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 40));
    verb->add_option("--seed", options->seed, "Of chance")->capture_default_str();
    verb->add_option("--objective", options->objective,
                     "Instead of the file's: paid minutes, or what the literature compares")
        ->check(CLI::IsMember({"paid", "vehicles", "distance"}));
    verb->add_flag("--json", options->as_json, "For programs");
    verb->add_option("--svg", options->svg, "Draws the rounds into this file");
    verb->add_option("--explain", options->explain, "Tells why of one order, by its id");
    verb->add_option("--check", options->check, "Judges this plan instead of making one")
        ->check(CLI::ExistingFile);
    add_news_options(*verb, options->news);
    verb->callback([options, &status] { status = run_plan(*options); });
}

}  // namespace emplettes
