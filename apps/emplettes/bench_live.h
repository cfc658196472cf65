#pragma once
#include <atomic>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <thread>

#include "search/index.h"

namespace emplettes {

// The lines of `bench search` about an index that lives: its image on disk, and changed texts.
// `first` is the question whose answer ends a start.
void bench_image(const search::Index& index, const search::Query& first,
                 const std::filesystem::path& file);

// From a changed title to the answer that has it, when so many products have changed already since
// the index was built.
void bench_changes(std::shared_ptr<const search::Index> index, const search::Catalogue& catalogue,
                   std::size_t changed);

// Changes the stocks of offers drawn at random, so many a second if the machine can, from its
// making to its end, in a thread of its own.
class StockChanges {
  public:
    // Both must outlive it.
    StockChanges(const search::Index& index, const search::Catalogue& catalogue,
                 std::size_t per_second);
    ~StockChanges() { stop(); }
    StockChanges(const StockChanges&) = delete;
    StockChanges& operator=(const StockChanges&) = delete;

    // How many a second there really were.
    double stop();

  private:
    void work(const search::Index& index, const search::Catalogue& catalogue,
              std::size_t per_second);

    std::atomic<bool> stopping_{false};
    double found_per_second_ = 0;
    std::thread thread_;
};

}  // namespace emplettes
