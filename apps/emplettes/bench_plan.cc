#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"
#include "emplettes/bench_line.h"
#include "emplettes/bench_town.h"
#include "emplettes/bench_verbs.h"
#include "emplettes/plan_files.h"
#include "planner/checker.h"
#include "planner/planner.h"

namespace emplettes {
namespace {

struct BenchPlanOptions {
    std::string set;
    std::string bks;
    std::string only;
    std::string objective;
    double seconds = 1;
    std::uint64_t seed = 1;
    int seeds = 1;
    int town = 0;
    int couriers = 0;
    double against = 0;
};

struct BestKnown {
    double vehicles = 0;
    double distance = 0;
};

// `instance,vehicles,distance`; lines with # are comments.
std::map<std::string, BestKnown> read_best_known(const std::string& path) {
    std::map<std::string, BestKnown> best;
    const std::string text = read_plan_file(path);
    for (const std::string_view line : split(text, '\n')) {
        const auto cells = split(trim(line), ',');
        if (cells.size() != 3 || line.starts_with('#')) continue;
        const auto vehicles = parse_double(cells[1]);
        const auto distance = parse_double(cells[2]);
        if (vehicles && distance)
            best[std::string(cells[0])] = {.vehicles = *vehicles, .distance = *distance};
    }
    return best;
}

// Of a plan, in the unit of the file: from its coordinates, unrounded, as the tables count it.
double distance_of(const planner::Problem& problem, const planner::Plan& plan) {
    if (problem.ticks_per_unit == 1)
        return static_cast<double>(planner::count_levels(problem, plan)[planner::Level::travel]);
    double sum = 0;
    for (const planner::Round& round : plan.rounds) {
        planner::Position here = problem.positions.front();
        const auto ride = [&](const planner::Position& to) {
            sum += std::hypot(to.x - here.x, to.y - here.y);
            here = to;
        };
        for (const planner::Visit& visit : round.visits)
            ride(problem.positions[static_cast<std::size_t>(
                planner::task_of(problem, visit.stop).place)]);
        ride(problem.positions.front());
    }
    return sum;
}

// All instances of a folder, one after the other, and their sums.
class PlanBench {
  public:
    explicit PlanBench(const BenchPlanOptions& options)
        : options_(options), best_known_(read_best_known(options.bks)) {}

    void run() {
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(options_.set))
            if (entry.path().filename().string().find(options_.only) != std::string::npos)
                files.push_back(entry.path());
        std::ranges::sort(files);
        for (int i = 0; i < options_.seeds; ++i) {
            sums_ = {};
            seed_ = options_.seed + static_cast<std::uint64_t>(i);
            for (const auto& file : files) measure(file);
            print_sums();
        }
    }

  private:
    struct Sums {
        int instances = 0;
        int equal = 0;
        int unserved = 0;
        int breaches = 0;
        double vehicles = 0;
        double best_vehicles = 0;
        double gap_percent = 0;
        double distance = 0;
        double best_distance = 0;
    };

    void measure(const std::filesystem::path& file) {
        planner::Problem problem = load_problem(file.string());
        const bool is_distance = options_.objective == "distance";
        problem.objective =
            is_distance ? planner::Objective::distance : planner::Objective::vehicles;
        const double began_us = thread_cpu_us();
        planner::PlanSettings settings{.seed = seed_};
        settings.budget.seconds_max = options_.seconds;
        settings.budget.elapsed_s = [=] { return (thread_cpu_us() - began_us) / 1e6; };
        double first_s = 0;
        settings.on_better = [&](const planner::Plan&) {
            if (first_s == 0) first_s = (thread_cpu_us() - began_us) / 1e6;
        };
        const auto result = planner::make_plan(problem, settings);
        const double seconds = (thread_cpu_us() - began_us) / 1e6;
        const std::string name = to_lower_ascii(file.stem().string());
        Json line = {{"bench", "plan"},    {"instance", name},
                     {"seed", seed_},      {"objective", options_.objective},
                     {"seconds", seconds}, {"clock", "cpu"},
                     {"first_s", first_s}, {"iterations", result.iterations}};
        compare(problem, result.plan, name, line);
        print_line(line);
    }

    void compare(const planner::Problem& problem, const planner::Plan& plan,
                 const std::string& name, Json& line) {
        const auto vehicles = static_cast<double>(plan.rounds.size());
        const double distance = distance_of(problem, plan);
        const auto breaches = planner::find_breaches(problem, plan);
        line["vehicles"] = plan.rounds.size();
        line["distance"] = distance;
        line["unserved"] = plan.unserved.size();
        line["breaches"] = breaches;
        ++sums_.instances;
        sums_.unserved += static_cast<int>(plan.unserved.size());
        sums_.breaches += static_cast<int>(breaches.size());
        sums_.vehicles += vehicles;
        sums_.distance += distance;
        const auto known = best_known_.find(name);
        if (known == best_known_.end()) return;
        const BestKnown& best = known->second;
        const double gap_percent = 100 * (distance / best.distance - 1);
        const bool is_distance = options_.objective == "distance";
        // The tables have two decimals.
        const bool is_equal = (is_distance || vehicles <= best.vehicles) &&
                              distance < best.distance + 0.01 && plan.unserved.empty();
        line["best_vehicles"] = static_cast<int>(best.vehicles);
        line["best_distance"] = best.distance;
        line["gap_percent"] = gap_percent;
        sums_.equal += is_equal ? 1 : 0;
        sums_.best_vehicles += best.vehicles;
        sums_.best_distance += best.distance;
        sums_.gap_percent += gap_percent;
    }

    void print_sums() const {
        print_line({{"bench", "plan"},
                    {"set", std::filesystem::path(options_.set).filename().string()},
                    {"seed", seed_},
                    {"objective", options_.objective},
                    {"seconds", options_.seconds},
                    {"clock", "cpu"},
                    {"instances", sums_.instances},
                    {"vehicles", static_cast<int>(sums_.vehicles)},
                    {"best_vehicles", static_cast<int>(sums_.best_vehicles)},
                    {"equal_to_best", sums_.equal},
                    {"mean_gap_percent", sums_.gap_percent / std::max(sums_.instances, 1)},
                    {"distance", sums_.distance},
                    {"best_distance", sums_.best_distance},
                    {"unserved", sums_.unserved},
                    {"breaches", sums_.breaches}});
    }

    const BenchPlanOptions& options_;
    std::map<std::string, BestKnown> best_known_;
    std::uint64_t seed_ = 1;
    Sums sums_;
};

void run(const BenchPlanOptions& options) {
    if (options.town == 0) {
        if (options.set.empty()) throw std::runtime_error("--set or --town is missing");
        PlanBench(options).run();
        return;
    }
    for (int i = 0; i < options.seeds; ++i)
        bench_town(
            {.town = {.orders = options.town,
                      .couriers = options.couriers > 0 ? options.couriers : options.town / 15 + 1,
                      .seed = options.seed + static_cast<std::uint64_t>(i)},
             .seconds = options.seconds,
             .against = options.against});
}

}  // namespace

void add_bench_plan(CLI::App& bench) {
    auto options = std::make_shared<BenchPlanOptions>();
    auto* verb = bench.add_subcommand("plan", "The planner on instances of the literature");
    auto* set = verb->add_option("--set", options->set, "A folder of instances")
                    ->check(CLI::ExistingDirectory);
    auto* bks = verb->add_option("--bks", options->bks, "Best known: instance,vehicles,distance")
                    ->check(CLI::ExistingFile)
                    ->needs(set);
    set->needs(bks);
    verb->add_option("--town", options->town, "Instead: a made-up day of so many orders")
        ->check(CLI::Range(10, 2500))
        ->excludes(set);
    verb->add_option("--couriers", options->couriers, "Of the town; else one for fifteen orders")
        ->check(CLI::Range(1, 1000));
    verb->add_option("--against", options->against, "Compares the town's plan with one of so long")
        ->check(CLI::Range(0.0, 3600.0));
    verb->add_option("--only", options->only, "Part of the names of files");
    verb->add_option("--seconds", options->seconds, "For each instance, of processor time")
        ->check(CLI::Range(0.01, 3600.0))
        ->capture_default_str();
    verb->add_option("--objective", options->objective, "What counts first")
        ->check(CLI::IsMember({"vehicles", "distance"}))
        ->default_val("vehicles");
    verb->add_option("--seed", options->seed)->capture_default_str();
    verb->add_option("--seeds", options->seeds, "So many, one after the other")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    verb->callback([options] { run(*options); });
}

}  // namespace emplettes
