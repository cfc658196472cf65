#include "emplettes/bench_verbs.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "emplettes/bench_line.h"
#include "emplettes/profile_option.h"
#include "geo/streets/reach_search.h"
#include "geo/streets/street_router.h"

namespace emplettes {
namespace {

constexpr std::size_t kSmallMatrix = 200;
constexpr std::size_t kPlainSearches = 100;

struct BenchRouteOptions {
    std::string osm;
    std::string profile_name;
    std::size_t matrix = 1000;
    std::size_t pairs = 10'000;
    std::uint64_t seed = 1;
    int rounds = 3;  // the fastest counts: this machine may be noisy
};

// One map and profile, and points on its streets.
class RouteBench {
  public:
    explicit RouteBench(const BenchRouteOptions& options)
        : options_(options), profile_(*geo::parse_profile(options.profile_name)) {}

    void run() {
        build();
        make_points();
        snap();
        ask_times();
        ask_routes();
        fill_matrix(kSmallMatrix);
        fill_matrix(options_.matrix);
        compare();
        keep();
    }

  private:
    void print(const std::string& name, Json line) const {
        line["bench"] = "route";
        line["case"] = name;
        line["profile"] = options_.profile_name;
        line["clock"] = "cpu";
        print_line(line);
    }
    // The fastest of the rounds, in microseconds.
    template <typename F>
    double fastest_us(F&& f) const {
        return emplettes::fastest_us(options_.rounds, thread_cpu_us, f);
    }
    // Each pair asked alone, for the slowest; all in one go, for the mean: the clock takes time,
    // too. A round asks all pairs before any comes again, so that none is answered from a warm
    // cache.
    template <typename F>
    void ask_pairs(const std::string& name, F&& ask) {
        std::vector<double> times(options_.pairs, 1e18);
        for (int round = 0; round < options_.rounds; ++round)
            for (std::size_t i = 0; i < options_.pairs; ++i) {
                const double began = thread_cpu_us();
                ask(from(i), to(i));
                times[i] = std::min(times[i], thread_cpu_us() - began);
            }
        std::sort(times.begin(), times.end());
        const double all_us = fastest_us([&] {
            for (std::size_t i = 0; i < options_.pairs; ++i) ask(from(i), to(i));
        });
        print(name, {{"pairs", options_.pairs},
                     {"mean_us", all_us / static_cast<double>(options_.pairs)},
                     {"p50_us", percentile(times, 0.50)},
                     {"p99_us", percentile(times, 0.99)}});
    }
    const geo::Snap& from(std::size_t pair) const { return points_[pair % points_.size()]; }
    const geo::Snap& to(std::size_t pair) const {
        return points_[(pair * 7919 + pair / points_.size() + 1) % points_.size()];
    }

    void build();
    void make_points();
    void snap();
    void ask_times();
    void ask_routes();
    void fill_matrix(std::size_t size);
    void compare();
    void keep();

    const BenchRouteOptions& options_;
    geo::Profile profile_;
    std::shared_ptr<const geo::StreetRouter> router_;
    std::vector<geo::Snap> points_;
    geo::RouteScratch scratch_;
};

void RouteBench::build() {
    const double began = thread_cpu_us();
    const geo::StreetMap map = geo::read_street_map(options_.osm);
    const double read_s = (thread_cpu_us() - began) / 1e6;
    const double build_s =
        fastest_us([&] { router_ = geo::StreetRouter::build(map, profile_); }) / 1e6;
    const auto& network = router_->network();
    print("build", {{"read_s", read_s},
                    {"build_s", build_s},
                    {"nodes", network.node_count()},
                    {"arcs", network.arcs().size()},
                    {"streets", network.edge_count()},
                    {"streets_left_out", network.report().edges_left_out},
                    {"turn_copies", network.report().turn_copies},
                    {"restrictions", map.report.restrictions},
                    {"missing_nodes", map.report.missing_nodes}});
    if (network.edge_count() == 0)
        throw std::runtime_error(options_.osm + " has no street for " + options_.profile_name);
}

void RouteBench::make_points() {
    std::mt19937_64 random(options_.seed);
    std::uniform_int_distribution<std::uint32_t> edge(0, router_->network().edge_count() - 1);
    std::uniform_real_distribution<double> along(0, 1);
    const std::size_t count = std::max({options_.matrix, kSmallMatrix, std::size_t{1000}});
    for (std::size_t i = 0; i < count; ++i)
        points_.push_back({.edge = edge(random), .along = along(random)});
}

void RouteBench::snap() {
    std::vector<geo::Point> beside;
    for (const geo::Snap& point : points_) {
        const geo::Point on_street = router_->network().shape(point.edge).front().point();
        beside.push_back({.lat = on_street.lat + 0.0002, .lon = on_street.lon + 0.0003});
    }
    std::size_t found = 0;
    const double all_us = fastest_us([&] {
        for (const geo::Point& point : beside) found += router_->snap(point, 1000) ? 1 : 0;
    });
    print("snap", {{"points", beside.size()},
                   {"found", found / static_cast<std::size_t>(options_.rounds)},
                   {"mean_us", all_us / static_cast<double>(beside.size())}});
}

void RouteBench::ask_times() {
    ask_pairs("query", [this](const geo::Snap& a, const geo::Snap& b) {
        return router_->time_ms(a, b, scratch_);
    });
}

void RouteBench::ask_routes() {
    ask_pairs("query_with_way", [this](const geo::Snap& a, const geo::Snap& b) {
        return router_->route(a, b, scratch_);
    });
}

void RouteBench::fill_matrix(std::size_t size) {
    const std::span<const geo::Snap> points(points_.data(), std::min(size, points_.size()));
    const double us = fastest_us([&] { router_->matrix(points, points, scratch_); });
    print("matrix" + std::to_string(size), {{"ms", us / 1e3}});
}

// Plain Dijkstra over the whole network from some points, to all the others.
void RouteBench::compare() {
    geo::ReachSearch search(*router_);
    const std::span<const geo::Snap> from(points_.data(), std::min(kPlainSearches, points_.size()));
    const auto matrix = router_->matrix(from, points_, scratch_);
    std::size_t differ = 0;
    double all_us = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const double began = thread_cpu_us();
        search.run(from[i], geo::kFar);
        all_us += thread_cpu_us() - began;
        for (std::size_t j = 0; j < points_.size(); ++j) {
            const std::uint32_t wanted_ms = search.time_to(points_[j]);
            differ += matrix[i * points_.size() + j] != wanted_ms ? 1 : 0;
            differ += router_->time_ms(from[i], points_[j], scratch_) != wanted_ms ? 1 : 0;
        }
    }
    print("plain_dijkstra", {{"searches", from.size()},
                             {"mean_ms", all_us / 1e3 / static_cast<double>(from.size())},
                             {"compared", 2 * from.size() * points_.size()},
                             {"differ", differ}});
}

void RouteBench::keep() {
    const auto file = std::filesystem::temp_directory_path() /
                      ("emplettes-bench-" + std::to_string(std::random_device{}()) + ".streets");
    const double save_us = fastest_us([&] { router_->save(file); });
    bool is_loaded = true;
    const double load_us = fastest_us([&] { is_loaded &= geo::StreetRouter::load(file).ok(); });
    print("image", {{"bytes", std::filesystem::file_size(file)},
                    {"save_ms", save_us / 1e3},
                    {"load_ms", load_us / 1e3},
                    {"loaded", is_loaded}});
    const auto loaded = geo::StreetRouter::load(file);
    if (loaded) router_ = *loaded;
    std::filesystem::remove(file);
    ask_pairs("query_from_image", [this](const geo::Snap& a, const geo::Snap& b) {
        return router_->time_ms(a, b, scratch_);
    });
}

}  // namespace

void add_bench_route(CLI::App& bench) {
    auto options = std::make_shared<BenchRouteOptions>();
    auto* verb = bench.add_subcommand("route", "Ways, matrices and their preparation on a map");
    verb->add_option("--osm", options->osm, "A map: .osm.pbf")
        ->required()
        ->check(CLI::ExistingFile);
    add_profile_option(*verb, options->profile_name, geo::Profile::bike);
    verb->add_option("--matrix", options->matrix, "So many points from and to")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    verb->add_option("--pairs", options->pairs, "Asked one by one")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    verb->add_option("--rounds", options->rounds, "The fastest counts")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    verb->add_option("--seed", options->seed)->capture_default_str();
    verb->callback([options] { RouteBench(*options).run(); });
}

}  // namespace emplettes
