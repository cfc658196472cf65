#include "emplettes/bench_verbs.h"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <memory>

#include "emplettes/bench_line.h"
#include "emplettes/bench_shelf.h"
#include "emplettes/opened_folder.h"
#include "law/book_price.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;

constexpr int kBenchImportNode = 12;
struct ImportBench {
    std::int64_t rows = 8000;
    std::string database;
    std::string folder;
};

std::int64_t peak_mb() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss >> 10;
}

// Its books have fixed prices, so that each row's is looked at.
catalogue::Territory made_up_territory() {
    catalogue::Territory territory;
    territory.slug = "bench";
    territory.book_price_law =
        std::make_shared<const law::BookPriceLaw>(law::BookPriceLaw::built_in("FR").value());
    return territory;
}

class Bench {
  public:
    Bench(const ImportBench& options, const fs::path& folder)
        : options_(options),
          opened_(folder, options.database, kBenchImportNode),
          territory_(opened_.registered(made_up_territory())) {}

    void run() {
        const fs::path file = opened_.folder.root() / "shelf.csv";
        write_shelf(file, {.rows = options_.rows});
        const auto first = measure_import(file, "new");
        measure_import(file, "again");
        write_shelf(file, {.rows = options_.rows, .changed_every = 100});
        const auto last = measure_import(file, "one_in_100_changed");
        for (const auto id : {last, first}) measure("undo", [&] { shop_.undo(id); });
    }

  private:
    template <typename F>
    void measure(const std::string& name, F&& f) {
        const auto began = std::chrono::steady_clock::now();
        const auto began_working = std::clock();
        f();
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
        const double cpu_s = static_cast<double>(std::clock() - began_working) / CLOCKS_PER_SEC;
        print_line({{"bench", "import"},
                    {"case", name},
                    {"database", options_.database.empty() ? "sqlite" : "postgresql"},
                    {"rows", options_.rows},
                    {"wall_s", wall.count()},
                    {"cpu_s", cpu_s},
                    {"rows_per_s",
                     static_cast<std::int64_t>(static_cast<double>(options_.rows) / wall.count())},
                    {"peak_mb", peak_mb()},
                    {"clock", "wall"}});
    }

    ShelfImportId measure_import(const fs::path& file, const std::string& name) {
        ShelfImportId id;
        measure(name + ".report", [&] {
            id = shop_.take(file, false);
            shop_.check(id);
        });
        measure(name + ".run", [&] { shop_.run(id); });
        return id;
    }

    const ImportBench& options_;
    OpenedFolder opened_;
    const catalogue::Territory territory_;
    // Another one each time: PostgreSQL keeps those before.
    const BenchShop shop_{opened_, territory_,
                          "bench-" + std::to_string(to_unix(opened_.clock.now()))};
};

void bench_import(const ImportBench& options) {
    const fs::path folder =
        fs::path(options.folder) / ("emplettes-bench-import-" + std::to_string(::getpid()));
    Bench(options, folder).run();
    fs::remove_all(folder);
}

}  // namespace

void add_bench_import(CLI::App& bench) {
    auto options = std::make_shared<ImportBench>();
    options->folder = fs::temp_directory_path();
    auto* verb = bench.add_subcommand("import", "A shop's shelf from a file, in this process");
    verb->add_option("--rows", options->rows, "Of the file")
        ->check(CLI::Range(1, 10'000'000))
        ->capture_default_str();
    verb->add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb->add_option("--folder", options->folder, "Where a data folder is made for a while")
        ->capture_default_str();
    verb->callback([options] { bench_import(*options); });
}

}  // namespace emplettes
