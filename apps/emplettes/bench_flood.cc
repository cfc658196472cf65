#include <atomic>
#include <cmath>
#include <fstream>
#include <memory>
#include <optional>
#include <thread>

#include "emplettes/bench_line.h"
#include "emplettes/bench_stall.h"
#include "emplettes/bench_verbs.h"
#include "emplettes/data_folder.h"
#include "emplettes/flood_decisions.h"
#include "emplettes/flood_load.h"
#include "emplettes/flood_proxy.h"
#include "emplettes/slow_connections.h"
#include "web/shield/history.h"

namespace emplettes {
namespace {

constexpr std::int64_t kStockForAll = 1'000'000'000;
constexpr double kQuietS = 3;     // before the flood
constexpr double kNormalS = 5;    // after its end all is to be as before
constexpr double kAfterS = 6;     // looked at from then on
constexpr double kAlarmF1S = 40;  // the slow flood: until it is noticed, and some more
// A capacity that is known: 100 writes a second, 4 at once of 40 ms. One worker of five never waits
// for others.
const std::vector<std::string> kPinned{"--workers", "5", "--hold-writes-ms", "40"};

struct FloodOptions {
    BenchOptions load;
    std::string column;   // none, haproxy, ours; empty: all
    std::string haproxy;  // the program; empty: that column is left out
    std::string haproxy_libraries;
    double size = 1;
    double seconds = 15;
};

struct FloodCase {
    std::string name;
    std::vector<Population> populations;
    std::vector<std::string> server = {};
    double flood_s = 15;
};

// The requests of one run: reservations of things that are there for all, each of another person.
class FloodRequests {
  public:
    FloodRequests(BenchStall& stall, const std::string& data)
        : stall_(stall), run_(stall.draw()), history_(DataFolder(data).load_key()) {
        offer_ = stall.offer(kStockForAll).id;
    }

    std::function<std::string(std::uint64_t)> newcomers() {
        return [this](std::uint64_t) { return write({}); };
    }
    // People who did something here two hours ago.
    std::function<std::string(std::uint64_t)> known() {
        return [this](std::uint64_t n) {
            const web::History::Deed deed{.number = n % 6,
                                          .at = stall_.now() - std::chrono::hours{2}};
            return write("Cookie: history=" + history_.write(deed) + "\r\n");
        };
    }
    std::function<std::string(std::uint64_t)> reads(const std::string& path) {
        return [path](std::uint64_t n) {
            std::string target = path;
            if (const auto at = target.find('#'); at != std::string::npos)
                target.replace(at, 1, std::to_string(n % 9'973));
            return "GET " + target +
                   " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: text/html\r\n\r\n";
        };
    }

  private:
    std::string write(const std::string& lines) {
        std::string request = post_reservation(offer_, {.run = run_, .number = count_++});
        const std::string_view first = "POST /api/v1/reservations HTTP/1.1\r\n";
        return request.insert(first.size(), "Connection: close\r\n" + lines);
    }

    BenchStall& stall_;
    const std::uint64_t run_;
    const web::History history_;
    OfferId offer_;
    std::uint64_t count_ = 0;
};

// Forty people who live in forty networks.
std::vector<std::string> homes(int count) {
    std::vector<std::string> addresses;
    for (int i = 0; i < count; ++i)
        addresses.push_back("127." + std::to_string(100 + i / 8) + '.' +
                            std::to_string(i % 8 * 31) + '.' + std::to_string(7 + i % 200));
    return addresses;
}

int scaled(double size, int count) { return std::max(1, static_cast<int>(size * count)); }

// The populations of the measured design (docs/adr/0051-the-shield.md): attackers in one /24,
// people at home, newcomers behind one carrier, neighbours of the attackers who are known here.
FloodCase concentrated(const FloodOptions& options, FloodRequests& requests,
                       const std::string& name, double per_address_s) {
    const double ends = kQuietS + options.seconds;
    const double all = ends + kNormalS + kAfterS;
    const int attackers = scaled(options.size, 218);
    FloodCase flood{.name = name, .populations = {}, .server = kPinned, .flood_s = options.seconds};
    flood.populations.push_back({.name = "attackers",
                                 .addresses = addresses_in("127.66.0.", 1, attackers),
                                 .per_s = attackers * per_address_s,
                                 .from_s = kQuietS,
                                 .to_s = ends,
                                 .wanted = 201,
                                 .request = requests.newcomers()});
    flood.populations.push_back({.name = "people",
                                 .addresses = homes(40),
                                 .per_s = 20,
                                 .to_s = all,
                                 .wanted = 201,
                                 .request = requests.newcomers()});
    flood.populations.push_back({.name = "carrier",
                                 .addresses = addresses_in("127.77.0.", 1, 120),
                                 .per_s = 18,
                                 .to_s = all,
                                 .wanted = 201,
                                 .request = requests.newcomers()});
    flood.populations.push_back({.name = "known",
                                 .addresses = addresses_in("127.66.0.", 230, 6),
                                 .per_s = 6,
                                 .to_s = all,
                                 .wanted = 201,
                                 .request = requests.known()});
    return flood;
}

// F1: the night itself. Nothing is short: is it seen?
FloodCase slow_night(const FloodOptions& options, FloodRequests& requests) {
    const double ends = kQuietS + kAlarmF1S;
    FloodCase flood{.name = "F1.slow", .populations = {}, .server = {}, .flood_s = kAlarmF1S};
    flood.populations.push_back(
        {.name = "attackers",
         .addresses = addresses_in("127.66.0.", 1, scaled(options.size, 218)),
         .per_s = 5,
         .from_s = kQuietS,
         .to_s = ends,
         .wanted = 201,
         .request = requests.newcomers()});
    flood.populations.push_back({.name = "people",
                                 .addresses = homes(50),
                                 .per_s = 10,
                                 .to_s = ends + kNormalS + kAfterS,
                                 .wanted = 201,
                                 .request = requests.newcomers()});
    return flood;
}

// F3: reads from everywhere; the people look at what everybody looks at.
FloodCase wide(const FloodOptions& options, FloodRequests& requests) {
    const double ends = kQuietS + options.seconds;
    FloodCase flood{.name = "F3.wide", .populations = {}, .server = {}, .flood_s = options.seconds};
    std::vector<std::string> attackers;
    const int prefixes = scaled(options.size, 1'000);
    for (int i = 0; i < 4 * prefixes; ++i)
        attackers.push_back("127." + std::to_string(10 + i % prefixes / 250) + '.' +
                            std::to_string(i % prefixes % 250) + '.' +
                            std::to_string(1 + i / prefixes));
    flood.populations.push_back({.name = "attackers",
                                 .addresses = attackers,
                                 .per_s = 4'000 * options.size,
                                 .from_s = kQuietS,
                                 .to_s = ends,
                                 .request = requests.reads("/fr/search?q=livre+#")});
    flood.populations.push_back({.name = "people",
                                 .addresses = homes(40),
                                 .per_s = 60,
                                 .to_s = ends + kNormalS + kAfterS,
                                 .request = requests.reads("/fr/")});
    flood.populations.push_back({.name = "known",
                                 .addresses = homes(40),
                                 .per_s = 10,
                                 .to_s = ends + kNormalS + kAfterS,
                                 .wanted = 201,
                                 .request = requests.known()});
    return flood;
}

// F4: a town that has just seen it on television comes through eight carriers.
FloodCase surge(const FloodOptions& options, FloodRequests& requests) {
    FloodCase flood{
        .name = "F4.surge", .populations = {}, .server = kPinned, .flood_s = options.seconds};
    std::vector<std::string> carriers;
    for (int i = 0; i < 8 * 60; ++i)
        carriers.push_back("127." + std::to_string(80 + i % 8) + ".7." + std::to_string(1 + i / 8));
    flood.populations.push_back({.name = "people",
                                 .addresses = carriers,
                                 .per_s = 5'000.0 / 60,
                                 .from_s = kQuietS,
                                 .to_s = kQuietS + options.seconds,
                                 .wanted = 201,
                                 .request = requests.newcomers()});
    return flood;
}

// F5: connections that send a byte every five seconds, from everywhere, and one person.
void measure_slow_connections(const FloodOptions& options, const std::string& column) {
    ServerProcess::Options settings{.data = options.load.data,
                                    .database = options.load.database,
                                    .cpu = options.load.server_cpu};
    if (column != "ours") settings.more.push_back("--no-shield");
    const ServerProcess server(settings);
    const auto before_mb = server.resident_bytes() >> 20;
    std::vector<std::string> addresses;
    for (int i = 0; i < 1'000; ++i)
        addresses.push_back("127." + std::to_string(10 + i / 250) + '.' + std::to_string(i % 250) +
                            ".9");
    const SlowResult slow = run_slow_connections({.port = server.port(),
                                                  .addresses = addresses,
                                                  .connections = scaled(options.size, 10'000),
                                                  .seconds = options.seconds});
    print_line({{"bench", "flood"},
                {"case", "F5.slow_connections"},
                {"column", column},
                {"size", options.size},
                {"clock", "wall"},
                {"opened", slow.opened},
                {"still_open", slow.still_open},
                {"person_asked", slow.asked},
                {"person_percent", slow.asked == 0 ? 0 : 100.0 * slow.served / slow.asked},
                {"person_ms_max", std::round(slow.took_ms_max)},
                {"grown_mb", (server.resident_bytes() >> 20) - before_mb}});
}

// Whether the server has an alarm, looked at five times a second from elsewhere.
class AlarmWatch {
  public:
    explicit AlarmWatch(std::uint16_t port) : port_(port), thread_([this] { watch(); }) {}
    ~AlarmWatch() { stop(); }
    void stop() {
        is_over_ = true;
        if (thread_.joinable()) thread_.join();
    }
    // The first moment from then on at which it was so.
    std::optional<double> first(bool raised, double from_s) const {
        for (const auto& [at, was] : seen_)
            if (at >= from_s && was == raised) return at - from_s;
        return std::nullopt;
    }

  private:
    void watch() {
        const auto began = std::chrono::steady_clock::now();
        const std::string request =
            "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        while (!is_over_) {
            try {
                const std::string body = ask_once(port_, request);
                const std::chrono::duration<double> at = std::chrono::steady_clock::now() - began;
                seen_.emplace_back(at.count(), body.find("\nshield_alarm 1") != std::string::npos);
            } catch (const std::exception&) {
                continue;  // it answers again, or the run shows that it does not
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{200});
        }
    }

    const std::uint16_t port_;
    std::atomic<bool> is_over_{false};
    std::vector<std::pair<double, bool>> seen_;
    std::thread thread_;
};

Json rounded(double value) { return std::round(value * 100) / 100; }

Json line_of(const FloodCase& flood, const FloodResult& result, const AlarmWatch& watch) {
    const double ends = kQuietS + flood.flood_s;
    Json line{{"bench", "flood"}, {"case", flood.name}, {"clock", "wall"}};
    for (const Population& population : flood.populations) {
        const Served during = result.of(population, kQuietS, ends);
        line[population.name + "_asked"] = during.asked;
        line[population.name + "_percent"] = rounded(during.percent());
        line[population.name + "_refused"] = during.refused;
        line[population.name + "_p99_ms"] = rounded(during.p99_ms);
        if (population.to_s <= ends) continue;
        const Served after = result.of(population, ends + kNormalS, population.to_s);
        line[population.name + "_after_percent"] = rounded(after.percent());
    }
    const auto raised = watch.first(true, kQuietS);
    line["alarm_s"] = raised ? rounded(*raised) : Json(nullptr);
    const auto over = watch.first(false, ends);
    line["alarm_over_s"] = raised && over ? rounded(*over) : Json(nullptr);
    return line;
}

void measure(const FloodOptions& options, const FloodCase& flood, const std::string& column) {
    const bool is_proxied = column == "haproxy";
    ServerProcess::Options settings{.data = options.load.data,
                                    .database = options.load.database,
                                    .cpu = options.load.server_cpu,
                                    .behind_proxy = is_proxied,
                                    .more = flood.server};
    if (column != "ours") settings.more.push_back("--no-shield");
    const ServerProcess server(settings);
    std::optional<FloodProxy> proxy;
    if (is_proxied)
        proxy.emplace(FloodProxy::Options{.program = options.haproxy,
                                          .libraries = options.haproxy_libraries,
                                          .to = server.port(),
                                          .cpu = options.load.server_cpu});
    FloodPlan plan{.port = proxy ? proxy->port() : server.port(), .populations = flood.populations};
    AlarmWatch watch(server.port());
    const FloodResult result = run_flood(plan);
    watch.stop();
    Json line = line_of(flood, result, watch);
    line["column"] = column;
    line["size"] = options.size;
    line["server_cpu_s"] = rounded(server.cpu_s());
    line["resident_mb"] = server.resident_bytes() >> 20;
    print_line(line);
}

void bench_flood(const FloodOptions& options) {
    BenchStall stall(options.load);
    FloodRequests requests(stall, options.load.data);
    pin_to_cpu(options.load.client_cpu);
    const std::vector<FloodCase> cases{slow_night(options, requests),
                                       concentrated(options, requests, "F2.slow", 1.5),
                                       concentrated(options, requests, "F2.fast", 20),
                                       wide(options, requests), surge(options, requests)};
    for (const FloodCase& flood : cases) {
        if (!options.load.only.empty() && !flood.name.starts_with(options.load.only)) continue;
        for (const char* column : {"none", "haproxy", "ours"}) {
            if (!options.column.empty() && options.column != column) continue;
            if (column == std::string("haproxy") && options.haproxy.empty()) continue;
            measure(options, flood, column);
        }
    }
    if (std::string("F11.decisions").starts_with(options.load.only) &&
        (options.column.empty() || options.column == "ours"))
        print_line(measure_decisions());
    const std::string slow = "F5.slow_connections";
    for (const char* column : {"none", "ours"})
        if (slow.starts_with(options.load.only) &&
            (options.column.empty() || options.column == column))
            measure_slow_connections(options, column);
}

}  // namespace

void add_bench_flood(CLI::App& bench) {
    auto options = std::make_shared<FloodOptions>();
    auto* verb = bench.add_subcommand(
        "flood", "Floods from many addresses of this machine: who is still served?");
    add_load_options(*verb, std::shared_ptr<BenchOptions>(options, &options->load));
    verb->add_option("--only", options->load.only, "Cases beginning so, such as F2; else all");
    verb->add_option("--column", options->column, "none, haproxy or ours; else all three");
    verb->add_option("--haproxy", options->haproxy, "The program, for its column");
    verb->add_option("--haproxy-libraries", options->haproxy_libraries, "Where its libraries are");
    verb->add_option("--size", options->size, "0.25: a quarter of the machines")
        ->check(CLI::Range(0.01, 1.0))
        ->capture_default_str();
    verb->add_option("--flood-seconds", options->seconds, "How long it lasts, but for F1")
        ->check(CLI::Range(2.0, 600.0))
        ->capture_default_str();
    verb->callback([options] { bench_flood(*options); });
}

}  // namespace emplettes
