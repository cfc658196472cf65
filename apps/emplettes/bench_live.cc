#include "emplettes/bench_live.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>
#include <unordered_set>
#include <vector>

#include "emplettes/bench_line.h"

namespace emplettes {
namespace {

class Stopwatch {
  public:
    double wall_s() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
    }
    double cpu_s() const {  // of the whole process
        return static_cast<double>(std::clock() - began_working_) / CLOCKS_PER_SEC;
    }

  private:
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    std::clock_t began_working_ = std::clock();
};

// From the file to the first answer; what this process worked for it, and what it waited.
void start_from(const std::filesystem::path& file, const search::Query& first) {
    const Stopwatch stopwatch;
    const auto loaded = search::Index::load(file);
    if (!loaded) {
        throw std::runtime_error(file.string() + ": " +
                                 std::string(emplettes::to_string(loaded.error())));
    }
    loaded->index->search(first);
    print_line({{"bench", "search"},
                {"case", "image.start"},
                {"offers", loaded->index->size().offers},
                {"start_s", stopwatch.cpu_s()},
                {"wall_s", stopwatch.wall_s()},
                {"clock", "cpu"}});
}

// The first products of the catalogue, with their offers, as if they had changed.
search::Changes first_products(const search::Catalogue& catalogue, std::size_t count) {
    search::Changes changes;
    std::unordered_set<ProductId> ids;
    for (std::size_t i = 0; i < std::min(count, catalogue.products.size()); ++i) {
        changes.products.push_back(catalogue.products[i]);
        ids.insert(catalogue.products[i].id);
    }
    std::copy_if(catalogue.offers.begin(), catalogue.offers.end(),
                 std::back_inserter(changes.offers),
                 [&](const search::OfferRow& offer) { return ids.contains(offer.product); });
    return changes;
}

constexpr int kTitlesChanged = 20;

}  // namespace

void bench_image(const search::Index& index, const search::Query& first,
                 const std::filesystem::path& file) {
    const Stopwatch stopwatch;
    index.save(file, "bench");
    print_line({{"bench", "search"},
                {"case", "image.write"},
                {"offers", index.size().offers},
                {"bytes", std::filesystem::file_size(file)},
                {"write_s", stopwatch.cpu_s()},
                {"wall_s", stopwatch.wall_s()},
                {"clock", "cpu"}});
    start_from(file, first);
    std::filesystem::remove(file);
}

void bench_changes(std::shared_ptr<const search::Index> index, const search::Catalogue& catalogue,
                   std::size_t changed) {
    index = index->changed(first_products(catalogue, changed));
    const search::Changes one = first_products(catalogue, 1);
    if (one.offers.empty()) return;
    std::vector<double> cpu_s;
    std::vector<double> wall_s;
    for (int i = 0; i < kTitlesChanged; ++i) {
        search::Changes renamed = one;
        // Letters alone, so that it may be mistyped like other words.
        renamed.products[0].title = std::string("zyxwv") + static_cast<char>('a' + i);
        const Stopwatch stopwatch;
        index = index->changed(renamed);
        const auto answer = index->search({.text = renamed.products[0].title,
                                           .from = catalogue.shops[0].position,
                                           .radius_m = 100'000});
        cpu_s.push_back(stopwatch.cpu_s());
        wall_s.push_back(stopwatch.wall_s());
        if (answer.hits.empty() || answer.hits[0].product != one.products[0].id)
            throw std::runtime_error("a changed title is not found");
    }
    std::sort(cpu_s.begin(), cpu_s.end());
    std::sort(wall_s.begin(), wall_s.end());
    print_line({{"bench", "search"},
                {"case", "live.text"},
                {"offers", index->size().offers},
                {"changed", changed},
                {"p50_ms", percentile(cpu_s, 0.50) * 1e3},
                {"p99_ms", percentile(cpu_s, 0.99) * 1e3},
                {"wall_p50_ms", percentile(wall_s, 0.50) * 1e3},
                {"wall_p99_ms", percentile(wall_s, 0.99) * 1e3},
                {"clock", "cpu"}});
}

StockChanges::StockChanges(const search::Index& index, const search::Catalogue& catalogue,
                           std::size_t per_second)
    : thread_([this, &index, &catalogue, per_second] { work(index, catalogue, per_second); }) {}

double StockChanges::stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
    return found_per_second_;
}

// A few each millisecond, as a till's news come.
void StockChanges::work(const search::Index& index, const search::Catalogue& catalogue,
                        std::size_t per_second) {
    constexpr std::chrono::milliseconds kBeat{1};
    std::mt19937_64 random(1);
    std::uniform_int_distribution<std::size_t> offers(0, catalogue.offers.size() - 1);
    const Stopwatch stopwatch;
    std::size_t changes = 0;
    while (!stopping_) {
        const double due = stopwatch.wall_s() * static_cast<double>(per_second);
        for (; static_cast<double>(changes) < due && !stopping_; ++changes) {
            const auto stock = static_cast<std::int32_t>(random() % 8);
            index.set_stock(catalogue.offers[offers(random)].id, stock,
                            instant_from_unix(1'800'000'000), search::StockSource::till);
        }
        std::this_thread::sleep_for(kBeat);
    }
    found_per_second_ = static_cast<double>(changes) / stopwatch.wall_s();
}

}  // namespace emplettes
