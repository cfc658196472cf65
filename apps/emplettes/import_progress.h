#pragma once
#include <cstdint>
#include <functional>
#include <string>

namespace emplettes {

// The bar of a long import, on standard error, where people look: nothing is shown when that is a
// file or a pipe. Each task has an equal share of the bar.
class ImportProgress {
  public:
    explicit ImportProgress(int tasks);
    ~ImportProgress() { clear(); }
    ImportProgress(const ImportProgress&) = delete;
    ImportProgress& operator=(const ImportProgress&) = delete;

    // The next task begins; the one before is over.
    void begin(const std::string& task);
    // How much of the task is done.
    void show(std::int64_t done, std::int64_t all);
    void clear();  // removes the bar, for other lines
    std::function<void(std::int64_t, std::int64_t)> on_progress() {
        return [this](std::int64_t done, std::int64_t all) { show(done, all); };
    }

  private:
    void draw(double share_of_task);

    const int tasks_;
    const bool is_shown_;
    int begun_ = 0;
    int drawn_percent_ = -1;
    std::string task_;
};

}  // namespace emplettes
