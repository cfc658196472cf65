#include <algorithm>
#include <memory>

#include "emplettes/app.h"
#include "emplettes/bench_cases.h"
#include "emplettes/bench_line.h"
#include "emplettes/bench_measure.h"
#include "emplettes/bench_verbs.h"
#include "emplettes/opened_folder.h"
#include "emplettes/opened_ground.h"
#include "emplettes/server_process.h"
#include "emplettes/verbs.h"

namespace emplettes {
namespace {

constexpr std::int64_t kPlentyOfStock = 1'000'000'000;
constexpr std::size_t kOffersUsed = 64;
constexpr int kBenchNode = 13;  // of ids: the server measured has another

struct BenchOptions {
    std::string data;
    std::string database;
    std::string only;  // the case to measure; empty: all
    int connections = 64;
    int seconds = 5;
    int server_cpu = 0;
    int client_cpu = 1;
};

LoadPlan plan_of(const BenchOptions& options, std::uint16_t port) {
    return {.port = port,
            .connections = options.connections,
            .duration = std::chrono::seconds{options.seconds}};
}

BenchSample load_sample(const BenchOptions& options) {
    OpenedFolder opened(options.data, options.database, kBenchNode);
    BenchSample sample{.territory = opened.territory("")};
    sample.products = opened.database->read(
        [&](store::Tx& tx) { return catalogue::load_products(tx, sample.territory.id); });
    sample.offers = opened.database->read(
        [&](store::Tx& tx) { return catalogue::load_offers(tx, sample.territory.id); });
    sample.shops = opened.database->read(
        [&](store::Tx& tx) { return catalogue::load_shops(tx, sample.territory.id); });
    if (sample.offers.empty()) throw std::runtime_error("no offers: make a demo first");
    return sample;
}

void bench_pages(const BenchOptions& options) {
    const BenchSample sample = load_sample(options);
    const ServerProcess server(
        {.data = options.data, .database = options.database, .cpu = options.server_cpu});
    pin_to_cpu(options.client_cpu);
    print_line({{"bench", "pages"},
                {"case", "start"},
                {"start_ms", static_cast<std::int64_t>(server.start_s() * 1000)},
                {"resident_mb", server.resident_bytes() >> 20},
                {"offers", sample.offers.size()},
                {"clock", "wall"}});
    const auto run = [&](const std::string& name, const PathOf& path_of) {
        if (!options.only.empty() && options.only != name) return;
        LoadPlan plan = plan_of(options, server.port());
        plan.request = [&](std::uint64_t n) { return get_request(path_of(n), ""); };
        Json line = run_measure({.bench = "pages", .name = name, .plan = plan}, server);
        line["resident_mb"] = server.resident_bytes() >> 20;
        print_line(line);
    };
    run_page_cases(sample, *open_ground(options.data, ""), run);
}

std::string post_reservation(const catalogue::Offer& offer, std::uint64_t n, std::uint64_t run) {
    // Another neighbour each time: one contact may not have everything kept.
    const std::string contact = "0" + std::to_string(600'000'000 + (run + n) % 100'000'000);
    const Json body = {
        {"offer_id", offer.id.value}, {"quantity", 1}, {"name", "Ada"}, {"contact", contact}};
    const std::string text = body.dump();
    return "POST /api/v1/reservations HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
           "application/json\r\nIdempotency-Key: bench-" +
           std::to_string(run) + "-" + std::to_string(n) +
           "\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
}

// Enough stock that nobody is turned away, in a data folder that is made for measuring.
void fill_up(const BenchOptions& options, const BenchSample& sample) {
    const SystemClock clock;
    const auto database = open_database(
        options.database.empty() ? DataFolder(options.data).database() : options.database, clock);
    database->write([&](store::Tx& tx) {
        for (std::size_t i = 0; i < std::min(kOffersUsed, sample.offers.size()); ++i) {
            catalogue::Offer offer = sample.offers[i];
            offer.stock.quantity = kPlentyOfStock;
            catalogue::save_offer(tx, sample.territory.id, offer);
        }
    });
}

void bench_write(const BenchOptions& options) {
    const BenchSample sample = load_sample(options);
    if (!sample.territory.is_demo)
        throw std::runtime_error("bench write changes stocks: only in a demo's data folder");
    fill_up(options, sample);
    const ServerProcess server(
        {.data = options.data, .database = options.database, .cpu = options.server_cpu});
    pin_to_cpu(options.client_cpu);
    SystemRandom random;
    const std::uint64_t run = random.below(1'000'000'000);
    LoadPlan plan = plan_of(options, server.port());
    plan.expected_status = 201;
    const std::size_t offers = std::min(kOffersUsed, sample.offers.size());
    plan.request = [&](std::uint64_t n) {
        return post_reservation(sample.offers[n % offers], n, run);
    };
    const std::string name = options.database.empty() ? "hold.sqlite" : "hold.postgresql";
    print_line(run_measure({.bench = "write", .name = name, .plan = plan}, server));
}

void add_load_options(CLI::App& verb, const std::shared_ptr<BenchOptions>& options) {
    verb.add_option("--data", options->data, "A demo's data folder")->required();
    verb.add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb.add_option("--connections,--clients", options->connections,
                    "Each asks, waits for its answer and asks again")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    verb.add_option("--seconds", options->seconds, "For each case")->capture_default_str();
    verb.add_option("--server-cpu", options->server_cpu, "The server's only core; -1: any")
        ->capture_default_str();
    verb.add_option("--client-cpu", options->client_cpu, "The load's only core; -1: any")
        ->capture_default_str();
}

}  // namespace

void add_bench(CLI::App& cli, int& /*status*/) {
    auto* bench = cli.add_subcommand("bench", "Measures; one JSON object per line");
    bench->require_subcommand(1);
    auto pages = std::make_shared<BenchOptions>();
    auto* pages_verb = bench->add_subcommand("pages", "Pages and searches over HTTP");
    add_load_options(*pages_verb, pages);
    pages_verb->add_option("--only", pages->only, "One case, such as search_api; else all of them");
    pages_verb->callback([pages] { bench_pages(*pages); });
    auto write = std::make_shared<BenchOptions>();
    auto* write_verb = bench->add_subcommand("write", "Durable reservations over HTTP");
    add_load_options(*write_verb, write);
    write_verb->callback([write] { bench_write(*write); });
    add_bench_search(*bench);
    add_bench_geocode(*bench);
    add_bench_route(*bench);
    add_bench_tiles(*bench);
    add_bench_plan(*bench);
    add_bench_import(*bench);
    add_bench_counter(*bench);
    add_bench_follow(*bench);
}

}  // namespace emplettes
