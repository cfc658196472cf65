#include "emplettes/bench_search.h"

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "emplettes/bench_line.h"
#include "search/bench_catalogue.h"

namespace emplettes {
namespace {

struct BenchSearchOptions {
    search::BenchSize size{.products = 50'000, .shops = 6'000, .offers = 100'000};
    std::uint64_t seed = 1;
    std::size_t queries = 200;
    int rounds = 3;  // the fastest of each query counts: this machine may be noisy
};

struct Case {
    const char* name;
    search::BenchCase kind;
    search::BenchReach reach;
};
constexpr Case kCases[] = {
    {"near2km.one_word", search::BenchCase::one_word, search::BenchReach::near_2km},
    {"near2km.two_words", search::BenchCase::two_words, search::BenchReach::near_2km},
    {"near2km.prefix", search::BenchCase::prefix, search::BenchReach::near_2km},
    {"near2km.typo", search::BenchCase::typo, search::BenchReach::near_2km},
    {"city.one_word", search::BenchCase::one_word, search::BenchReach::whole_city},
    {"city.two_words", search::BenchCase::two_words, search::BenchReach::whole_city},
    {"city.prefix", search::BenchCase::prefix, search::BenchReach::whole_city},
    {"city.typo", search::BenchCase::typo, search::BenchReach::whole_city},
};

// Time this thread has computed; the wall shows the neighbours' work too.
double thread_cpu_us() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double percentile(const std::vector<double>& sorted, double share) {
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(sorted.size()));
    return sorted[std::min(rank, sorted.size() - 1)];
}

double fastest_us(const search::Index& index, const search::Query& query, int rounds,
                  std::int64_t& hits) {
    double fastest = 1e12;
    for (int round = 0; round < rounds; ++round) {
        const double began = thread_cpu_us();
        hits = index.search(query).total;
        fastest = std::min(fastest, thread_cpu_us() - began);
    }
    return fastest;
}

void run_case(const search::Index& index, const search::Catalogue& catalogue, const Case& asked,
              const BenchSearchOptions& options) {
    const auto queries = search::make_bench_queries(
        catalogue, {.kind = asked.kind, .reach = asked.reach, .count = options.queries},
        options.seed);
    std::vector<double> times;
    std::int64_t hits_of_all = 0;
    for (const search::Query& query : queries) {
        std::int64_t hits = 0;
        times.push_back(fastest_us(index, query, options.rounds, hits));
        hits_of_all += hits;
    }
    std::sort(times.begin(), times.end());
    print_line({{"bench", "search"},
                {"case", asked.name},
                {"offers", options.size.offers},
                {"queries", queries.size()},
                {"mean_hits", hits_of_all / static_cast<std::int64_t>(queries.size())},
                {"p50_us", percentile(times, 0.50)},
                {"p99_us", percentile(times, 0.99)},
                {"clock", "cpu"}});
}

void bench_search(const BenchSearchOptions& options) {
    const auto catalogue = search::make_bench_catalogue(options.size, options.seed);
    const double began = thread_cpu_us();
    const auto index = search::Index::build(catalogue);
    const double build_s = (thread_cpu_us() - began) / 1e6;
    const auto size = index->size();
    print_line({{"bench", "search"},
                {"case", "build"},
                {"products", size.products},
                {"offers", size.offers},
                {"shops", size.shops},
                {"words", size.words},
                {"bytes", size.bytes},
                {"build_s", build_s},
                {"clock", "cpu"}});
    for (const Case& asked : kCases) run_case(*index, catalogue, asked, options);
}

}  // namespace

void add_bench_search(CLI::App& bench) {
    auto options = std::make_shared<BenchSearchOptions>();
    auto* verb = bench.add_subcommand("search", "The engine alone, on a made-up city");
    verb->add_option("--products", options->size.products)->capture_default_str();
    verb->add_option("--shops", options->size.shops)->capture_default_str();
    verb->add_option("--offers", options->size.offers)->capture_default_str();
    verb->add_option("--queries", options->queries, "Of each kind")->capture_default_str();
    verb->add_option("--rounds", options->rounds, "The fastest counts")->capture_default_str();
    verb->add_option("--seed", options->seed)->capture_default_str();
    verb->callback([options] { bench_search(*options); });
}

}  // namespace emplettes
