#include "emplettes/bench_verbs.h"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "emplettes/bench_line.h"
#include "geo/tiles/map_reader.h"
#include "geo/tiles/still_map.h"
#include "geo/tiles/tile_maker.h"

namespace emplettes {
namespace {

constexpr std::size_t kTileFinds = 1'000'000;
constexpr std::size_t kPictures = 200;

double process_cpu_us() {
    return static_cast<double>(std::clock()) * 1e6 / static_cast<double>(CLOCKS_PER_SEC);
}

struct BenchTilesOptions {
    std::string osm;
    int rounds = 3;  // the fastest counts: this machine may be noisy
};

// One map, drawn and asked.
class TilesBench {
  public:
    explicit TilesBench(const BenchTilesOptions& options) : options_(options) {}

    void run() {
        build();
        find();
        draw();
        keep();
    }

  private:
    void print(const std::string& name, Json line) const {
        line["bench"] = "tiles";
        line["case"] = name;
        line["clock"] = "cpu";
        print_line(line);
    }
    // The fastest of the rounds; a file is also unpacked on a thread of its own.
    template <typename F>
    double fastest_us(F&& f) const {
        return emplettes::fastest_us(options_.rounds, process_cpu_us, f);
    }

    void build();
    void find();
    void draw();
    void keep();

    const BenchTilesOptions& options_;
    std::shared_ptr<const geo::TileSet> tiles_;
};

void TilesBench::build() {
    geo::MapFeatures map;
    const double read_s = fastest_us([&] { map = geo::read_map_features(options_.osm); }) / 1e6;
    const double draw_s = fastest_us([&] { tiles_ = geo::make_tiles(map, 0); }) / 1e6;
    const geo::MapReport& report = tiles_->origin().map;
    print("build", {{"read_s", read_s},
                    {"draw_s", draw_s},
                    {"tiles", tiles_->size()},
                    {"bytes", tiles_->bytes()},
                    {"largest_bytes", tiles_->largest_bytes()},
                    {"areas", report.areas},
                    {"lines", report.lines},
                    {"points", report.points},
                    {"broken_areas", report.broken_areas},
                    {"missing_nodes", report.missing_nodes},
                    {"version", tiles_->version()}});
}

void TilesBench::find() {
    if (tiles_->size() == 0) return;
    std::vector<geo::TileAddress> asked;
    for (std::size_t i = 0; i < tiles_->size(); ++i) asked.push_back(tiles_->address(i));
    std::shuffle(asked.begin(), asked.end(), std::mt19937_64(1));
    std::size_t bytes = 0;
    const double all_us = fastest_us([&] {
        for (std::size_t i = 0; i < kTileFinds; ++i)
            bytes += tiles_->find(asked[i % asked.size()]).size();
    });
    print("find", {{"finds", kTileFinds},
                   {"mean_us", all_us / static_cast<double>(kTileFinds)},
                   {"per_s", static_cast<double>(kTileFinds) / all_us * 1e6},
                   {"found_bytes", bytes}});
}

// The middles of tiles, seen as a shop's page shows them.
void TilesBench::draw() {
    std::vector<geo::StillMap> maps;
    for (std::size_t i = 0; i < tiles_->size() && maps.size() < kPictures; ++i) {
        const geo::TileAddress tile = tiles_->address(tiles_->size() - 1 - i);
        if (tile.zoom != geo::kTileZoomMax) break;
        const geo::Bounds bounds = geo::bounds_of(tile);
        const geo::Point centre{.lat = (bounds.south + bounds.north) / 2,
                                .lon = (bounds.west + bounds.east) / 2};
        maps.push_back({.view = {.centre = centre}, .markers = {{.at = centre}}});
    }
    if (maps.empty()) return;
    std::vector<double> times(maps.size(), 1e18);
    std::size_t largest = 0;
    for (int round = 0; round < options_.rounds; ++round)
        for (std::size_t i = 0; i < maps.size(); ++i) {
            const double began = thread_cpu_us();
            largest = std::max(largest, geo::draw_still_map(maps[i], *tiles_).size());
            times[i] = std::min(times[i], thread_cpu_us() - began);
        }
    std::sort(times.begin(), times.end());
    const double all_us = std::accumulate(times.begin(), times.end(), 0.0);
    print("still", {{"pictures", maps.size()},
                    {"per_s", static_cast<double>(maps.size()) / all_us * 1e6},
                    {"p50_us", percentile(times, 0.50)},
                    {"p99_us", percentile(times, 0.99)},
                    {"largest_bytes", largest}});
}

void TilesBench::keep() {
    const auto file = std::filesystem::temp_directory_path() /
                      ("emplettes-bench-" + std::to_string(std::random_device{}()) + ".tiles");
    const double save_us = fastest_us([&] { tiles_->save(file); });
    bool is_loaded = true;
    const double load_us = fastest_us([&] { is_loaded &= geo::TileSet::load(file).ok(); });
    print("image", {{"bytes", std::filesystem::file_size(file)},
                    {"save_ms", save_us / 1e3},
                    {"load_ms", load_us / 1e3},
                    {"loaded", is_loaded}});
    std::filesystem::remove(file);
}

}  // namespace

void add_bench_tiles(CLI::App& bench) {
    auto options = std::make_shared<BenchTilesOptions>();
    auto* verb = bench.add_subcommand("tiles", "The map as tiles and as still pictures");
    verb->add_option("--osm", options->osm, "An .osm.pbf file")
        ->required()
        ->check(CLI::ExistingFile);
    verb->add_option("--rounds", options->rounds, "The fastest counts")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    verb->callback([options] { TilesBench(*options).run(); });
}

}  // namespace emplettes
