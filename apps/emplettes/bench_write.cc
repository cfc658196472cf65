#include "emplettes/bench_write.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "emplettes/bench_line.h"
#include "emplettes/bench_verbs.h"

namespace emplettes {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::int64_t kPlentyOfStock = 1'000'000'000;
constexpr std::size_t kOffersUsed = 64;
constexpr int kLastUnitRounds = 10;
constexpr int kServerFull = 503;
constexpr int kSoldOut = 409;
constexpr int kSyncs = 100;
constexpr std::chrono::seconds kLongEnough{60};

struct WriteOptions {
    BenchOptions load;
    std::int64_t buyers = 1'000;
    std::int64_t holds = 10'000;
    std::int64_t offers = 0;  // 0: as many as there are
    bool as_table = false;
};

// What the disk takes to confirm four kilobytes: without it a rate of holds says little.
double sync_us(const std::string& folder) {
    const std::string file = folder + "/bench-sync";
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) throw std::runtime_error("cannot write " + file);
    const std::string block(4096, 'x');
    std::vector<double> took_us;
    for (int i = 0; i < kSyncs; ++i) {
        const auto began = SteadyClock::now();
        const bool is_written = ::write(fd, block.data(), block.size()) > 0 && ::fsync(fd) == 0;
        if (!is_written) break;
        took_us.push_back(
            std::chrono::duration<double, std::micro>(SteadyClock::now() - began).count());
    }
    ::close(fd);
    std::filesystem::remove(file);
    std::sort(took_us.begin(), took_us.end());
    return took_us.empty() ? 0 : percentile(took_us, 0.5);
}

Json bench_hold(BenchStall& stall) {
    LoadPlan plan = plan_of(stall.options(), 0);
    plan.expected_status = 201;
    plan.request = holds_of_plenty(stall);
    const ServerProcess server(stall.server_options());
    plan.port = server.port();
    Json line = run_measure({.bench = "write", .name = stall.name("hold"), .plan = plan}, server);
    if (stall.options().database.empty()) line["sync_us"] = sync_us(stall.options().data);
    return line;
}

// Exactly one of all gets it, whoever is turned away by a full server asks again.
LoadResult sell_last(const ServerProcess& server, OfferId offer, BenchStall& stall,
                     std::int64_t buyers) {
    const std::uint64_t run = stall.draw();
    const LoadResult result =
        run_load({.port = server.port(),
                  .connections = static_cast<int>(buyers),
                  .duration = kLongEnough,
                  .warm_up = std::chrono::seconds{0},
                  .expected_status = 201,
                  .again_on = kServerFull,
                  .requests_max = static_cast<std::uint64_t>(buyers),
                  .request = [&](std::uint64_t n) {
                      return post_reservation(offer, {.run = run, .number = n});
                  }});
    const auto sold_out = result.statuses.find(kSoldOut);
    const std::uint64_t refused = sold_out == result.statuses.end() ? 0 : sold_out->second;
    if (result.answers != 1 || refused + 1 != static_cast<std::uint64_t>(buyers))
        throw std::runtime_error("the last unit was sold " + std::to_string(result.answers) +
                                 " times, refused " + std::to_string(refused) + " times");
    return result;
}

Json bench_last_unit(BenchStall& stall, std::int64_t buyers) {
    std::vector<OfferId> offers;
    for (int i = 0; i < kLastUnitRounds; ++i) offers.push_back(stall.offer(1).id);
    const ServerProcess server(stall.server_options());
    std::vector<double> took_ms;
    std::uint64_t repeated = 0;
    for (const OfferId offer : offers) {
        const LoadResult result = sell_last(server, offer, stall, buyers);
        took_ms.push_back(1e3 * result.seconds);
        repeated += result.repeated;
    }
    std::sort(took_ms.begin(), took_ms.end());
    return {{"bench", "write"},
            {"case", stall.name("last_unit")},
            {"buyers", buyers},
            {"rounds", kLastUnitRounds},
            {"sold", kLastUnitRounds},
            {"all_answered_p50_ms", percentile(took_ms, 0.5)},
            {"all_answered_max_ms", took_ms.back()},
            {"asked_again", repeated},
            {"clock", "wall"}};
}

void bench_write(const WriteOptions& options) {
    BenchStall stall(options.load);
    pin_to_cpu(options.load.client_cpu);
    std::vector<Json> lines;
    const auto run = [&](const std::string& name, const std::function<Json()>& measure) {
        if (!options.load.only.empty() && options.load.only != name) return;
        lines.push_back(measure());
        if (!options.as_table) print_line(lines.back());
    };
    run("hold", [&] { return bench_hold(stall); });
    run("sign", [&] { return bench_sign(stall); });
    run("last_unit", [&] { return bench_last_unit(stall, options.buyers); });
    run("expiry", [&] { return bench_expiry(stall, options.holds); });
    run("recovery", [&] { return bench_recovery(stall); });
    run("backup", [&] { return bench_backup(stall, options.offers); });
    if (options.as_table) print_table(lines);
}

}  // namespace

std::function<std::string(std::uint64_t)> holds_of_plenty(BenchStall& stall) {
    std::vector<OfferId> offers;
    for (std::size_t i = 0; i < kOffersUsed; ++i) offers.push_back(stall.offer(kPlentyOfStock).id);
    return [offers, run = stall.draw()](std::uint64_t n) {
        return post_reservation(offers[n % offers.size()], {.run = run, .number = n});
    };
}

void add_bench_write(CLI::App& bench) {
    auto options = std::make_shared<WriteOptions>();
    auto* verb = bench.add_subcommand("write",
                                      "Durable reservations and signatures over HTTP; in memory "
                                      "(--data /dev/shm/…): the ceiling");
    add_load_options(*verb, std::shared_ptr<BenchOptions>(options, &options->load));
    verb->add_option("--only", options->load.only,
                     "hold, sign, last_unit, expiry, recovery or backup; else all of them");
    verb->add_option("--buyers", options->buyers, "Of the last unit")
        ->check(CLI::Range(1, 5'000))
        ->capture_default_str();
    verb->add_option("--holds", options->holds, "That end at one moment")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    verb->add_option("--offers", options->offers,
                     "That the folder has before the backup: made-up ones are added and stay");
    verb->add_flag("--table", options->as_table, "For people: a table at the end instead of JSON");
    verb->callback([options] { bench_write(*options); });
}

}  // namespace emplettes
