#include "emplettes/bench_options.h"

#include "emplettes/opened_folder.h"

namespace emplettes {

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

}  // namespace emplettes
