#include <memory>

#include "emplettes/bench_line.h"
#include "emplettes/bench_options.h"
#include "emplettes/bench_verbs.h"
#include "emplettes/opened_ground.h"
#include "emplettes/verbs.h"

namespace emplettes {
namespace {

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

}  // namespace

void add_bench(CLI::App& cli, int& /*status*/) {
    auto* bench = cli.add_subcommand("bench", "Measures; one JSON object per line");
    bench->require_subcommand(1);
    auto pages = std::make_shared<BenchOptions>();
    auto* pages_verb = bench->add_subcommand("pages", "Pages and searches over HTTP");
    add_load_options(*pages_verb, pages);
    pages_verb->add_option("--only", pages->only, "One case, such as search_api; else all of them");
    pages_verb->callback([pages] { bench_pages(*pages); });
    add_bench_write(*bench);
    add_bench_search(*bench);
    add_bench_geocode(*bench);
    add_bench_route(*bench);
    add_bench_tiles(*bench);
    add_bench_plan(*bench);
    add_bench_import(*bench);
    add_bench_counter(*bench);
    add_bench_follow(*bench);
    add_bench_flood(*bench);
}

}  // namespace emplettes
