#include "emplettes/measures.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "notices/ways.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using web::Figure;

Figure counter(const std::string& name, const std::string& help, std::int64_t value) {
    return {.kind = Figure::Kind::counter, .name = name, .help = help, .values = {{{}, value}}};
}

Figure gauge(const std::string& name, const std::string& help) {
    return {.kind = Figure::Kind::gauge, .name = name, .help = help, .values = {}};
}

Figure gauge(const std::string& name, const std::string& help, std::int64_t value) {
    Figure figure = gauge(name, help);
    figure.values.push_back({{}, value});
    return figure;
}

std::int64_t size_of(const fs::path& file) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    return error ? 0 : static_cast<std::int64_t>(size);
}

std::int64_t resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    std::int64_t pages = 0;
    statm >> pages >> pages;
    return pages * ::sysconf(_SC_PAGESIZE);
}

std::int64_t written_at(const fs::path& file) {
    struct stat about {};
    return ::stat(file.c_str(), &about) == 0 ? about.st_mtime : 0;
}

std::int64_t count(std::size_t things) { return static_cast<std::int64_t>(things); }

}  // namespace

std::vector<Figure> database_figures(const store::Database& database) {
    const store::DatabaseCounters counters = database.counters();
    const store::DatabaseState state = database.state();
    Figure available = gauge("database_available", "Whether it answers, for each use; 1: it does");
    available.values = {{{{"use", "read"}}, state.reads ? 1 : 0},
                        {{{"use", "write"}}, state.writes ? 1 : 0}};
    return {
        available,
        counter("database_reads_total", "Transactions that only read", counters.reads),
        counter("database_writes_total", "Writes that were committed", counters.writes),
        counter("database_commits_total", "Commits; one may hold many writes", counters.commits),
        counter("database_retries_total", "Writes that ran once more", counters.retries),
        counter("database_repeats_total", "Writes that waited for their server and asked again",
                counters.repeats),
        counter("database_unavailable_total", "Calls that ended without the database",
                counters.unavailable)};
}

std::vector<Figure> shield_figures(const web::Shield& shield) {
    constexpr std::array<const char*, web::kWorths> kWorthNames{"callback", "known", "proven",
                                                                "newcomer", "read"};
    constexpr std::array<const char*, web::kTurnedAways> kReasons{"no_room", "too_late",
                                                                  "no_proof"};
    const web::ShieldReport report = shield.report();
    Figure done = counter("shield_done_total", "Requests that had their turn, by worth", 0);
    Figure away =
        counter("shield_turned_away_total", "Requests that had none, by worth and why", 0);
    done.values.clear();
    away.values.clear();
    for (std::size_t worth = 0; worth < web::kWorths; ++worth) {
        const auto& tried = report.by_worth[worth];
        done.values.push_back(
            {{{"worth", kWorthNames[worth]}}, static_cast<std::int64_t>(tried.done)});
        for (std::size_t why = 0; why < web::kTurnedAways; ++why)
            away.values.push_back({{{"worth", kWorthNames[worth]}, {"why", kReasons[why]}},
                                   static_cast<std::int64_t>(tried.turned_away[why])});
    }
    return {gauge("shield_alarm", "1: more is asked than can be done, and by few",
                  report.reason == web::Alarm::Reason::none ? 0 : 1),
            gauge("shield_limit", "Requests in work at once, at most, that wait for the database",
                  count(report.limit)),
            done, away};
}

std::vector<Figure> job_figures(const std::vector<store::PeriodicJobs::Report>& reports) {
    Figure runs = counter("job_runs_total", "Runs of each background job", 0);
    Figure failures = counter("job_failures_total", "Runs that ended with a fault", 0);
    runs.values.clear();
    failures.values.clear();
    for (const auto& report : reports) {
        runs.values.push_back({{{"job", report.name}}, report.runs});
        failures.values.push_back({{{"job", report.name}}, report.failures});
    }
    return {runs, failures};
}

std::vector<Figure> installation_figures(const DataFolder& folder, Instant started_at) {
    std::error_code error;
    const auto space = fs::space(folder.root(), error);
    return {gauge("process_start_time_seconds", "When it began to serve", to_unix(started_at)),
            gauge("process_resident_memory_bytes", "Memory of the server", resident_bytes()),
            gauge("data_folder_free_bytes", "What the disk of the data folder has left",
                  error ? 0 : static_cast<std::int64_t>(space.available)),
            gauge("database_file_bytes", "The SQLite file", size_of(folder.database())),
            gauge("database_log_bytes", "Its write-ahead log", size_of(folder.database() + "-wal")),
            gauge("backup_made_seconds", "When a backup was last whole; 0: never",
                  written_at(folder.last_backup()))};
}

std::vector<Figure> territory_figures(const site::Context& context,
                                      const Housekeeping& housekeeping) {
    Figure shops = gauge("catalogue_shops", "Shops that are listed");
    Figure products = gauge("catalogue_products", "Products that are known");
    Figure offers = gauge("catalogue_offers", "Offers of the listed shops");
    for (const auto& live : context.territories.all()) {
        const auto view = live->view();
        const auto size = view.snapshot->index().size();
        const auto add = [&](Figure& figure, std::size_t things) {
            figure.values.push_back({{{"territory", live->territory().slug}}, count(things)});
        };
        add(shops, view.snapshot->shops().size());
        add(products, size.products);
        add(offers, size.offers);
    }
    Figure notices = gauge("notices", "Messages of the last 30 days by what became of them");
    Figure oldest =
        gauge("notices_oldest_waiting_seconds", "Age of the oldest message that is to be sent");
    for (const auto& [slug, counts] : housekeeping.notice_counts()) {
        const auto add = [&](const std::string& status, std::int64_t messages) {
            notices.values.push_back({{{"territory", slug}, {"status", status}}, messages});
        };
        add("waiting", counts.waiting);
        add("sent", counts.sent);
        add("failed", counts.failed);
        add("to_print", counts.to_print);
        const bool is_waiting = counts.oldest_waiting > Instant{};
        const auto age = is_waiting ? context.clock.now() - counts.oldest_waiting : seconds{0};
        oldest.values.push_back({{{"territory", slug}}, age.count()});
    }
    Figure relay = gauge("mail_relay_down_seconds", "How long the mail relay has been down");
    const auto trouble = context.notices.relay.state().trouble;
    relay.values.push_back(
        {{}, trouble ? (context.clock.now() - trouble->since).count() + 1 : std::int64_t{0}});
    return {shops, products, offers, notices, oldest, relay};
}

}  // namespace emplettes
