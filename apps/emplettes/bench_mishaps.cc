#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "base/text.h"
#include "emplettes/bench_line.h"
#include "emplettes/bench_write.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;

constexpr int kReaders = 16;
constexpr std::chrono::milliseconds kPoll{5};
constexpr std::chrono::seconds kExpiryMax{60};
constexpr std::chrono::seconds kBackupMax{600};
constexpr std::chrono::seconds kBeforeKill{3};

double seconds_between(SteadyClock::time_point from, SteadyClock::time_point to) {
    return std::chrono::duration<double>(to - from).count();
}

// People who search, until it is over.
LoadPlan searches(const ServerProcess& server, std::chrono::seconds duration) {
    return {.port = server.port(),
            .connections = kReaders,
            .duration = duration,
            .warm_up = std::chrono::seconds{0},
            .request = [](std::uint64_t n) {
                static constexpr std::array kWords = {"livre", "thé",    "puzzle", "café",
                                                      "jeu",   "cahier", "savon",  "chocolat"};
                return get_request("/api/v1/search?q=" + url_encode(kWords[n % kWords.size()]), "");
            }};
}

// When the first and the last of what is kept of an offer came back.
struct Returned {
    SteadyClock::time_point first;
    SteadyClock::time_point last;
};
Returned watch_return(BenchStall& stall, OfferId offer, std::int64_t holds) {
    const auto give_up_at = SteadyClock::now() + kExpiryMax;
    Returned returned;
    bool has_begun = false;
    for (std::int64_t stock = 0; stock < holds;) {
        stock = stall.stock(offer);
        returned.last = SteadyClock::now();
        if (stock > 0 && !has_begun) returned.first = returned.last;
        has_begun = has_begun || stock > 0;
        if (returned.last > give_up_at)
            throw std::runtime_error("the holds did not end in a minute");
        std::this_thread::sleep_for(kPoll);
    }
    return returned;
}

// `emplettes backup` in a process of its own, as an administrator's.
pid_t begin_backup(const BenchOptions& options, const fs::path& file) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    pin_to_cpu(options.client_cpu);
    const std::string name = file.string();
    std::vector<const char*> arguments{"emplettes", "backup", name.c_str(), "--data",
                                       options.data.c_str()};
    if (!options.database.empty()) {
        arguments.push_back("--database");
        arguments.push_back(options.database.c_str());
    }
    arguments.push_back(nullptr);
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nowhere, STDOUT_FILENO);
    ::execv("/proc/self/exe", const_cast<char* const*>(arguments.data()));
    ::_exit(127);
}

}  // namespace

Json bench_expiry(BenchStall& stall, std::int64_t holds) {
    const catalogue::Offer offer = stall.offer(holds);
    const ServerProcess server(stall.server_options());
    const LoadResult before = run_load(searches(server, std::chrono::seconds{3}));
    Returned returned;
    std::atomic<bool> is_over{false};
    LoadPlan plan = searches(server, kExpiryMax);
    plan.is_over = [&] { return is_over.load(); };
    LoadResult during;
    {
        std::jthread readers([&] { during = run_load(plan); });
        try {
            stall.keep(offer, holds, stall.now() - std::chrono::seconds{1});
            returned = watch_return(stall, offer.id, holds);
        } catch (...) {
            is_over = true;
            throw;
        }
        is_over = true;
    }
    return {{"bench", "write"},
            {"case", stall.name("expiry")},
            {"holds", holds},
            {"seconds", seconds_between(returned.first, returned.last)},
            {"search_p99_before_us", before.percentile_us(0.99)},
            {"search_p99_us", during.percentile_us(0.99)},
            {"unexpected", during.unexpected},
            {"clock", "wall"}};
}

Json bench_recovery(BenchStall& stall) {
    const auto hold = holds_of_plenty(stall);
    std::uint64_t answered = 0;
    std::uintmax_t log_bytes = 0;
    {
        ServerProcess server(stall.server_options());
        std::atomic<bool> is_over{false};
        LoadPlan plan = plan_of(stall.options(), server.port());
        plan.duration = kBeforeKill * 2;
        plan.warm_up = std::chrono::seconds{0};
        plan.expected_status = 201;
        plan.request = hold;
        plan.is_over = [&] { return is_over.load(); };
        std::jthread crowd([&] { answered = run_load(plan).answers; });
        std::this_thread::sleep_for(kBeforeKill);
        is_over = true;  // whoever waits for an answer gets none
        server.kill();
    }
    const fs::path log = fs::path(stall.options().data) / "emplettes.db-wal";
    if (stall.options().database.empty() && fs::exists(log)) log_bytes = fs::file_size(log);
    const auto began = SteadyClock::now();
    const ServerProcess server(stall.server_options());
    ask_once(server.port(), hold(answered + 1'000'000));
    return {{"bench", "write"},
            {"case", stall.name("recovery")},
            {"held_before", answered},
            {"log_mb", static_cast<double>(log_bytes) / 1e6},
            {"connects_s", server.start_s()},
            {"first_hold_s", seconds_between(began, SteadyClock::now())},
            {"clock", "wall"}};
}

Json bench_backup(BenchStall& stall, std::int64_t offers) {
    stall.fill_shops_to(offers);
    const fs::path file = fs::path(stall.options().data) / "bench-backup.tar";
    const ServerProcess server(stall.server_options());
    const LoadResult before = run_load(searches(server, std::chrono::seconds{5}));
    std::atomic<bool> is_over{false};
    LoadPlan plan = searches(server, kBackupMax);
    plan.is_over = [&] { return is_over.load(); };
    const auto began = SteadyClock::now();
    double seconds = 0;
    int status = 0;
    LoadResult during;
    {
        const pid_t child = begin_backup(stall.options(), file);
        std::jthread waiting([&] {
            ::waitpid(child, &status, 0);
            seconds = seconds_between(began, SteadyClock::now());
            is_over = true;
        });
        during = run_load(plan);
    }
    if (status != 0) throw std::runtime_error("the backup failed");
    const auto bytes = fs::file_size(file);
    fs::remove(file);
    return {{"bench", "write"},
            {"case", stall.name("backup")},
            {"offers", offers},
            {"seconds", seconds},
            {"mb", static_cast<double>(bytes) / 1e6},
            {"search_p99_before_us", before.percentile_us(0.99)},
            {"search_p99_us", during.percentile_us(0.99)},
            {"search_per_s_before", static_cast<std::int64_t>(before.per_s())},
            {"search_per_s", static_cast<std::int64_t>(during.per_s())},
            {"clock", "wall"}};
}

}  // namespace emplettes
