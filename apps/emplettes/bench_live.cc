#include "emplettes/bench_live.h"

#include <chrono>
#include <ctime>
#include <stdexcept>
#include <string>

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
                                 std::string(search::to_string(loaded.error())));
    }
    loaded->index->search(first);
    print_line({{"bench", "search"},
                {"case", "image.start"},
                {"offers", loaded->index->size().offers},
                {"start_s", stopwatch.cpu_s()},
                {"wall_s", stopwatch.wall_s()},
                {"clock", "cpu"}});
}

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

}  // namespace emplettes
