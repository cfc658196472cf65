#include <algorithm>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/json.h"
#include "emplettes/bench_line.h"
#include "emplettes/bench_measure.h"
#include "emplettes/bench_shelf.h"
#include "emplettes/bench_verbs.h"

namespace emplettes {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kBenchFollowNode = 9;  // of ids: the server measured has another
constexpr std::chrono::milliseconds kLookEvery{2};
constexpr std::chrono::minutes kWaitMax{5};

struct FollowBench {
    std::string data;
    std::string database;
    std::int64_t rows = 100'000;
    bool is_by_server = false;
};

// When the batches of an import were committed, as another process sees it.
class Commits {
  public:
    Commits(store::Database& database, TerritoryId territory, ShelfImportId import)
        : thread_([this, &database, territory, import](const std::stop_token& stop) {
              while (!stop.stop_requested() && !is_over()) {
                  look(database, territory, import);
                  std::this_thread::sleep_for(kLookEvery);
              }
          }) {}

    // Of the next batch after `rows`: how many rows there are then, and since when; 0: no more.
    struct Commit {
        std::int64_t rows = 0;
        SteadyClock::time_point at;
    };
    Commit await_next(std::int64_t rows) {
        while (true) {
            {
                const std::lock_guard lock(mutex_);
                const auto next = std::find_if(commits_.begin(), commits_.end(),
                                               [&](const Commit& c) { return c.rows > rows; });
                if (next != commits_.end()) return *next;
                if (is_over_) return {};
            }
            std::this_thread::sleep_for(kLookEvery);
        }
    }

  private:
    bool is_over() {
        const std::lock_guard lock(mutex_);
        return is_over_;
    }
    void look(store::Database& database, TerritoryId territory, ShelfImportId id) {
        const auto import = database.read(
            [&](store::Tx& tx) { return catalogue::find_import(tx, territory, id).value(); });
        const std::lock_guard lock(mutex_);
        const bool is_running = import.status == catalogue::ImportStatus::running ||
                                import.status == catalogue::ImportStatus::done;
        const std::int64_t seen = commits_.empty() ? 0 : commits_.back().rows;
        if (is_running && import.rows_done > seen)
            commits_.push_back({import.rows_done, SteadyClock::now()});
        is_over_ = import.status == catalogue::ImportStatus::done ||
                   import.status == catalogue::ImportStatus::failed;
    }

    std::mutex mutex_;
    std::vector<Commit> commits_;
    bool is_over_ = false;
    std::jthread thread_;  // the last member: it ends before the others do
};

// Asks until the answer has the book; how long since then.
double await_answer_s(const ServerProcess& server, std::int64_t book,
                      SteadyClock::time_point since) {
    // By its number: a question that all books of the file fit would take the server's time.
    const std::string path = "/api/v1/search?radius_m=20000&limit=1&q=" + isbn_of(book);
    while (SteadyClock::now() - since < kWaitMax) {
        const auto answer = ask_once(server.port(), get_request(path, ""));
        const auto hits = parse_json(answer).at("hits");
        const bool has_it = !hits.empty() && hits.at(0).at("product").at("title") == title_of(book);
        if (has_it) return std::chrono::duration<double>(SteadyClock::now() - since).count();
    }
    throw std::runtime_error("the server does not follow");
}

void bench_follow(const FollowBench& options) {
    OpenedFolder opened(options.data, options.database, kBenchFollowNode);
    const auto territory = opened.territory("");
    if (!territory.is_demo)
        throw std::runtime_error("bench follow adds a shop: only in a demo's data folder");
    const Instant now = opened.clock.now();
    const BenchShop shop(opened, territory, "bench-follow-" + std::to_string(to_unix(now)));
    const std::int64_t first = to_unix(now) % 1'000'000 * 1000;  // books that hardly anybody has
    const ServerProcess server({.data = options.data, .database = options.database, .cpu = -1});
    const std::int64_t resident_mb = server.resident_bytes() >> 20;
    const double used_s = server.cpu_s();
    const auto file = opened.folder.root() / "bench-follow.csv";
    write_shelf(file, {.rows = options.rows, .first = first});
    const auto id = shop.take(file, options.is_by_server);
    if (!options.is_by_server) shop.check(id);
    Commits commits(*opened.database, territory.id, id);
    std::jthread importing;
    if (!options.is_by_server) importing = std::jthread([&] { shop.run(id); });
    std::vector<double> waits_s;
    std::int64_t peak_mb = resident_mb;
    for (auto commit = commits.await_next(0); commit.rows > 0;
         commit = commits.await_next(commit.rows)) {
        waits_s.push_back(await_answer_s(server, first + commit.rows - 1, commit.at));
        peak_mb = std::max(peak_mb, server.resident_bytes() >> 20);
    }
    std::sort(waits_s.begin(), waits_s.end());
    print_line({{"bench", "follow"},
                {"case", options.is_by_server ? "import.server" : "import.beside"},
                {"rows", options.rows},
                {"batches", waits_s.size()},
                {"p50_s", percentile(waits_s, 0.5)},
                {"p99_s", percentile(waits_s, 0.99)},
                {"max_s", waits_s.back()},
                {"server_cpu_s", server.cpu_s() - used_s},
                {"resident_before_mb", resident_mb},
                {"resident_peak_mb", peak_mb},
                {"clock", "wall"}});
    std::filesystem::remove(file);
}

}  // namespace

void add_bench_follow(CLI::App& bench) {
    auto options = std::make_shared<FollowBench>();
    auto* verb =
        bench.add_subcommand("follow", "From an import's commits to the answers that have them");
    verb->add_option("--data", options->data, "A demo's data folder; a shop is added")->required();
    verb->add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb->add_option("--rows", options->rows, "Of the file")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    verb->add_flag("--by-server", options->is_by_server,
                   "The server imports, as what is dropped at a counter; else this process");
    verb->callback([options] { bench_follow(*options); });
}

}  // namespace emplettes
