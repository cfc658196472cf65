#include "emplettes/bench_verbs.h"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "catalogue/shelf/import_work.h"
#include "catalogue/shop.h"
#include "emplettes/bench_line.h"
#include "emplettes/opened_folder.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;

constexpr int kBenchImportNode = 12;
constexpr std::int64_t kStride = 611'953;  // prime: GTINs in no order, as in life
constexpr std::int64_t kBooks = 1'000'000'000;

struct ImportBench {
    std::int64_t rows = 8000;
    std::string database;
    std::string folder;
};

// 978, nine digits and the check digit (GS1).
std::string isbn_of(std::int64_t number) {
    std::string digits = "978" + std::to_string(kBooks + number * kStride % kBooks).substr(1);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

// A till's export; `changed_every`: of so many rows one has another price than the usual one.
void write_shelf(const fs::path& file, std::int64_t rows, std::int64_t changed_every) {
    std::ofstream stream(file, std::ios::binary);
    stream << "ean;titre;auteur;rayon;prix;stock\n";
    for (std::int64_t i = 0; i < rows; ++i) {
        const bool is_changed = changed_every > 0 && i % changed_every == 0;
        const std::int64_t cents = 500 + i % 2500 + (is_changed ? 10 : 0);
        const std::string fraction = std::to_string(100 + cents % 100).substr(1);
        stream << isbn_of(i) << ";Le livre numéro " << i << " de la saison;Autrice " << i % 5000
               << ";books.novels;" << cents / 100 << ',' << fraction << ';' << 1 + i % 7 << '\n';
    }
    if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

std::int64_t peak_mb() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss >> 10;
}

class Bench {
  public:
    Bench(const ImportBench& options, const fs::path& folder)
        : options_(options), opened_(folder, options.database, kBenchImportNode) {
        territory_.slug = "bench";
        territory_ = opened_.registered(territory_);
        shop_ = opened_.ids.next<ShopId>();
        opened_.database->write([&](store::Tx& tx) {
            catalogue::save_shop(tx, territory_.id,
                                 {.id = shop_,
                                  .slug = "bench",
                                  .name = "Bench",
                                  .kind = "bookshop",
                                  .source = "bench",
                                  .source_ref = std::to_string(shop_.value),
                                  .secret = std::to_string(shop_.value)});
        });
    }

    void run() {
        const fs::path file = opened_.folder.root() / "shelf.csv";
        write_shelf(file, options_.rows, 0);
        const auto first = measure_import(file, "new");
        measure_import(file, "again");
        write_shelf(file, options_.rows, 100);
        const auto last = measure_import(file, "one_in_100_changed");
        for (const auto id : {last, first}) measure("undo", id, [&] { undo(id); });
    }

  private:
    template <typename F>
    void measure(const std::string& name, ShelfImportId /*id*/, F&& f) {
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
        measure(name + ".report", {}, [&] {
            id = catalogue::take_file(work_, {.file = file,
                                              .name = "shelf.csv",
                                              .shop = shop_,
                                              .is_whole_shelf = true,
                                              .made_at = opened_.clock.now()})
                     .value();
            catalogue::work_on(work_, id);
        });
        measure(name + ".run", id, [&] {
            opened_.database
                ->write([&](store::Tx& tx) {
                    return catalogue::start_import(tx, territory_.id, step(id), false);
                })
                .value();
            catalogue::work_on(work_, id);
        });
        return id;
    }

    void undo(ShelfImportId id) {
        opened_.database
            ->write([&](store::Tx& tx) {
                return catalogue::start_undoing(tx, territory_.id, step(id));
            })
            .value();
        catalogue::work_on(work_, id);
    }

    catalogue::ImportStep step(ShelfImportId id) const {
        return {.shop = shop_, .import = id, .now = opened_.clock.now()};
    }

    const ImportBench& options_;
    OpenedFolder opened_;
    catalogue::Territory territory_;
    ShopId shop_;
    const catalogue::Trades trades_ = catalogue::Trades::load();
    catalogue::ImportWork work_{.database = *opened_.database,
                                .territory = territory_,
                                .trades = trades_,
                                .ids = opened_.ids,
                                .clock = opened_.clock,
                                .folder = catalogue::ImportFolder(opened_.folder.imports("bench"))};
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
