#include "emplettes/bench_verbs.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "emplettes/bench_files.h"
#include "emplettes/bench_line.h"
#include "emplettes/bench_live.h"
#include "search/bench_catalogue.h"

namespace emplettes {
namespace {

constexpr std::size_t kProductsMax = 100'000'000;  // and shops, offers, questions

struct BenchSearchOptions {
    search::BenchSize size{.products = 50'000, .shops = 6'000, .offers = 100'000};
    std::uint64_t seed = 1;
    std::string catalogue;  // folder of files; empty: made up
    std::string questions;  // file; empty: that of the folder, or made up
    std::size_t queries = 200;
    std::string image;              // file to write and start from; empty: not measured
    std::size_t changed = 0;        // products, before a title changes; 0: not measured
    std::size_t stock_changes = 0;  // a second, while all is asked again; 0: not
    bool is_doubted = false;        // all is asked again while half of the stock is in doubt
    int rounds = 3;                 // the fastest of each query counts: this machine may be noisy
};

struct Reach {
    const char* name;
    search::BenchReach reach;
};
constexpr Reach kReaches[] = {{"near2km", search::BenchReach::near_2km},
                              {"city", search::BenchReach::whole_city}};

struct Kind {
    const char* name;
    const char* in_files;
    search::BenchCase kind;
};
constexpr Kind kKinds[] = {{"one_word", "one", search::BenchCase::one_word},
                           {"two_words", "two", search::BenchCase::two_words},
                           {"prefix", "prefix", search::BenchCase::prefix},
                           {"typo", "typo", search::BenchCase::typo}};

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

// The first so many of the kind. Only a prefix goes on: a space ends the other words.
std::vector<search::Query> queries_of(const std::vector<AskedQuestion>& questions, const Kind& kind,
                                      search::BenchReach reach, std::size_t count) {
    std::vector<search::Query> queries;
    for (const AskedQuestion& asked : questions) {
        if (asked.kind != kind.in_files || queries.size() == count) continue;
        const bool goes_on = kind.kind == search::BenchCase::prefix;
        search::Query query{.text = asked.text + (goes_on ? "" : " "), .from = asked.from};
        search::set_reach(query, reach);
        queries.push_back(std::move(query));
    }
    return queries;
}

void run_case(const search::Index& index, const std::string& name,
              const std::vector<search::Query>& queries, int rounds) {
    if (queries.empty()) return;
    std::vector<double> times;
    std::int64_t hits_of_all = 0;
    for (const search::Query& query : queries) {
        std::int64_t hits = 0;
        times.push_back(fastest_us(index, query, rounds, hits));
        hits_of_all += hits;
    }
    std::sort(times.begin(), times.end());
    const double sum_us = std::accumulate(times.begin(), times.end(), 0.0);
    print_line({{"bench", "search"},
                {"case", name},
                {"offers", index.size().offers},
                {"queries", queries.size()},
                {"mean_hits", hits_of_all / static_cast<std::int64_t>(queries.size())},
                {"per_second", static_cast<double>(queries.size()) / sum_us * 1e6},
                {"p50_us", percentile(times, 0.50)},
                {"p99_us", percentile(times, 0.99)},
                {"clock", "cpu"}});
}

std::shared_ptr<const search::Index> build_measured(const search::Catalogue& catalogue) {
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
    return index;
}

// As if half of the shops' figures were older than they are believed.
void doubt_every_second(const search::Index& index, const search::Catalogue& catalogue) {
    search::ConfirmedBefore before{};
    for (std::size_t i = 0; i < catalogue.offers.size(); ++i) {
        const search::OfferRow& offer = catalogue.offers[i];
        Instant& line = before.at(static_cast<std::size_t>(offer.stock_source));
        line = std::max(line, offer.stock_confirmed_at);
        const auto age = std::chrono::hours{i % 2};
        index.set_stock(offer.id, offer.stock, offer.stock_confirmed_at - age, offer.stock_source);
    }
    index.set_doubtful_before(before);
}

geo::Point first_shop_of(const search::Catalogue& catalogue) {
    return catalogue.shops.empty() ? geo::Point{} : catalogue.shops[0].position;
}

void bench_search(const BenchSearchOptions& options) {
    const bool is_made_up = options.catalogue.empty();
    if (is_made_up && options.size.offers < options.size.products)
        throw std::runtime_error("--offers " + std::to_string(options.size.offers) +
                                 " is less than --products " +
                                 std::to_string(options.size.products));
    const auto catalogue = is_made_up ? search::make_bench_catalogue(options.size, options.seed)
                                      : read_bench_catalogue(options.catalogue);
    const std::string file = !options.questions.empty() ? options.questions
                             : is_made_up               ? ""
                                                        : options.catalogue + "/queries.tsv";
    const auto asked = file.empty() ? std::vector<AskedQuestion>{} : read_bench_questions(file);
    const auto index = build_measured(catalogue);
    const auto run_all = [&](const std::string& circumstance) {
        for (const Reach& reach : kReaches) {
            for (const Kind& kind : kKinds) {
                const search::BenchQueries wanted{
                    .kind = kind.kind, .reach = reach.reach, .count = options.queries};
                const auto queries =
                    file.empty() ? search::make_bench_queries(catalogue, wanted, options.seed)
                                 : queries_of(asked, kind, reach.reach, options.queries);
                run_case(*index, std::string(reach.name) + "." + kind.name + circumstance, queries,
                         options.rounds);
            }
        }
    };
    run_all("");
    if (options.is_doubted) {
        doubt_every_second(*index, catalogue);
        run_all(".half_in_doubt");
    }
    if (options.stock_changes > 0 && !catalogue.offers.empty()) {
        StockChanges changes(*index, catalogue, options.stock_changes);
        run_all(".while_stock_changes");
        print_line({{"bench", "search"},
                    {"case", "live.stock"},
                    {"offers", index->size().offers},
                    {"per_second", changes.stop()},
                    {"clock", "wall"}});
    }
    if (!options.image.empty())
        bench_image(*index, {.from = first_shop_of(catalogue)}, options.image);
    if (options.changed > 0) bench_changes(index, catalogue, options.changed);
}

}  // namespace

void add_bench_search(CLI::App& bench) {
    auto options = std::make_shared<BenchSearchOptions>();
    auto* verb = bench.add_subcommand("search", "The engine alone, on a made-up city");
    verb->add_option("--products", options->size.products)
        ->check(CLI::Range(std::size_t{1}, kProductsMax))
        ->capture_default_str();
    verb->add_option("--shops", options->size.shops)
        ->check(CLI::Range(std::size_t{1}, kProductsMax))
        ->capture_default_str();
    verb->add_option("--offers", options->size.offers, "At least one for each product")
        ->check(CLI::Range(std::size_t{1}, kProductsMax))
        ->capture_default_str();
    verb->add_option("--catalogue", options->catalogue,
                     "Folder with shops.tsv, products.tsv and queries.tsv, instead of one made up");
    verb->add_option("--queries", options->questions,
                     "Questions, one a line: kind (one, two, prefix, typo), text, latitude, "
                     "longitude, with tabs between");
    verb->add_option("--image", options->image,
                     "File to write the index to and to start from, and to remove again");
    verb->add_option("--changed", options->changed,
                     "So many products have changed already when a title does");
    verb->add_option("--stock-changes", options->stock_changes,
                     "Ask everything again while so many stocks change a second");
    verb->add_flag("--doubted", options->is_doubted,
                   "Ask everything again while half of the stock is in doubt");
    verb->add_option("--count", options->queries, "Questions of each kind")
        ->check(CLI::Range(std::size_t{1}, kProductsMax))
        ->capture_default_str();
    verb->add_option("--rounds", options->rounds, "The fastest counts")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    verb->add_option("--seed", options->seed)->capture_default_str();
    verb->callback([options] { bench_search(*options); });
}

}  // namespace emplettes
