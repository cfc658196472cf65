#include <cstdio>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

#include "emplettes/bench_line.h"
#include "emplettes/plan_files.h"
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
};

void set_objective(planner::Problem& problem, const std::string& name) {
    if (name == "paid") problem.objective = planner::Objective::paid;
    if (name == "vehicles") problem.objective = planner::Objective::vehicles;
    if (name == "distance") problem.objective = planner::Objective::distance;
}

planner::Plan plan_for(const planner::Problem& problem, const PlanOptions& options) {
    planner::PlanSettings settings{.seed = options.seed};
    if (options.iterations > 0) {
        settings.budget.iterations_max = options.iterations;
    } else {
        const double began_us = thread_cpu_us();
        settings.budget.seconds_max = options.seconds;
        settings.budget.elapsed_s = [=] { return (thread_cpu_us() - began_us) / 1e6; };
    }
    return planner::make_plan(problem, settings).plan;
}

int check_plan(const planner::Problem& problem, const PlanOptions& options) {
    const auto plan = planner::read_plan(problem, read_plan_file(options.check));
    if (!plan) throw std::runtime_error(options.check + ": " + plan.error().sentence());
    auto breaches = planner::find_breaches(problem, *plan);
    const planner::Levels counted = planner::count_levels(problem, *plan);
    for (const planner::Level level : planner::levels_of(problem.objective))
        if (level != planner::Level::unfairness && counted[level] != plan->levels[level])
            breaches.push_back(std::string("level ") + planner::name_of(level) + " is " +
                               std::to_string(counted[level]) + ", not " +
                               std::to_string(plan->levels[level]));
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

int run_plan(const PlanOptions& options) {
    planner::Problem problem = load_problem(options.file);
    set_objective(problem, options.objective);
    if (!options.check.empty()) return check_plan(problem, options);
    const planner::Plan plan = plan_for(problem, options);
    if (!options.svg.empty()) write_svg(problem, plan, options.svg);
    if (!options.explain.empty()) {
        const auto words = planner::explain(problem, plan, options.explain);
        if (!words) throw std::runtime_error("there is no order \"" + options.explain + '"');
        std::fputs(words->c_str(), stdout);
    } else if (options.as_json) {
        std::printf("%s\n", planner::plan_json(problem, plan).dump(2).c_str());
    } else {
        std::fputs(planner::plan_text(problem, plan).c_str(), stdout);
    }
    return 0;
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
    verb->callback([options, &status] { status = run_plan(*options); });
}

}  // namespace emplettes
