#pragma once
#include <memory>
#include <mutex>
#include <utility>

namespace emplettes {

// The one place where a snapshot is handed from the thread that built it to those that read it.
// Readers take a shared pointer and keep their snapshot as long as they need it; a new one is
// built aside and swapped in. Thread-safe; the lock covers the copy of one pointer.
template <typename T>
class Published {
  public:
    Published() = default;
    explicit Published(std::shared_ptr<const T> first) : current_(std::move(first)) {}

    std::shared_ptr<const T> load() const {
        const std::lock_guard lock(mutex_);
        return current_;
    }
    void store(std::shared_ptr<const T> next) {
        {
            const std::lock_guard lock(mutex_);
            current_.swap(next);
        }
        // `next` now holds the old snapshot and may free it here, outside the lock.
    }

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<const T> current_;
};

}  // namespace emplettes
