#include "emplettes/bench_verbs.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "emplettes/bench_line.h"
#include "geo/addresses/written_addresses.h"

namespace emplettes {
namespace {

struct BenchGeocodeOptions {
    std::string addresses;
    std::size_t count = 2000;
    std::uint64_t seed = 1;
    bool shows_wrong = false;
};

// Of each text, every beginning that somebody types on the way.
std::vector<double> type_all(const geo::AddressIndex& index,
                             const std::vector<geo::WrittenAddress>& written) {
    std::vector<double> times_us;
    for (const geo::WrittenAddress& address : written) {
        for (std::size_t size = 1; size <= address.text.size(); ++size) {
            const double began = thread_cpu_us();
            index.find({.text = address.text.substr(0, size)});
            times_us.push_back(thread_cpu_us() - began);
        }
    }
    std::ranges::sort(times_us);
    return times_us;
}

// Started from its image, which is gone afterwards.
void bench_start(const geo::AddressIndex& index) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("emplettes-bench-" + std::to_string(::getpid()) + ".addresses");
    index.save(file);
    const double began = thread_cpu_us();
    const auto loaded = geo::AddressIndex::load(file);
    const double load_us = thread_cpu_us() - began;
    const auto bytes = std::filesystem::file_size(file);
    std::filesystem::remove(file);
    if (!loaded) throw std::runtime_error("the image that was written cannot be read");
    print_line({{"bench", "geocode"},
                {"case", "image"},
                {"bytes", bytes},
                {"start_ms", load_us / 1e3},
                {"clock", "cpu"}});
}

void run(const BenchGeocodeOptions& options) {
    double began = thread_cpu_us();
    geo::AddressRows rows = geo::read_addresses(options.addresses);
    const double read_us = thread_cpu_us() - began;
    if (rows.rows.empty())
        throw std::runtime_error(options.addresses + " has no address with number and position");
    const auto written = geo::write_addresses(rows.rows, options.count, options.seed);
    began = thread_cpu_us();
    const geo::AddressIndex index(std::move(rows.rows));
    print_line({{"bench", "geocode"},
                {"case", "build"},
                {"rows", rows.report.rows_read},
                {"houses", index.house_count()},
                {"streets", index.street_count()},
                {"read_s", read_us / 1e6},
                {"build_s", (thread_cpu_us() - began) / 1e6}});
    bench_start(index);
    std::size_t right = 0;
    for (const geo::WrittenAddress& address : written) {
        const auto found = index.find({.text = address.text});
        const bool is_found = !found.empty() && geo::is_right(found.front(), address);
        right += is_found ? 1 : 0;
        if (!is_found && options.shows_wrong)
            std::printf("%s -> %s\n", address.text.c_str(),
                        found.empty() ? "nothing" : found.front().label().c_str());
    }
    print_line({{"bench", "geocode"},
                {"case", "written"},
                {"count", written.size()},
                {"right_first", static_cast<double>(right) / static_cast<double>(written.size())}});
    const auto times_us = type_all(index, written);
    print_line({{"bench", "geocode"},
                {"case", "keystroke"},
                {"count", times_us.size()},
                {"p50_us", percentile(times_us, 0.5)},
                {"p99_us", percentile(times_us, 0.99)},
                {"clock", "cpu"}});
}

}  // namespace

void add_bench_geocode(CLI::App& bench) {
    auto options = std::make_shared<BenchGeocodeOptions>();
    auto* verb =
        bench.add_subcommand("geocode", "Addresses as people write them, and as they type");
    verb->add_option("--addresses", options->addresses, "File of addresses: BAN, BANO or .osm.pbf")
        ->required()
        ->check(CLI::ExistingFile);
    verb->add_option("--count", options->count, "Written addresses")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    verb->add_option("--seed", options->seed)->capture_default_str();
    verb->add_flag("--wrong", options->shows_wrong, "Also those that are not found");
    verb->callback([options] { run(*options); });
}

}  // namespace emplettes
