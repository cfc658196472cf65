#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace emplettes::store {

// A disk under SQLite that may fail to confirm, once, and then behaves as Linux does: what was not
// yet on it is dropped, and the next confirmation succeeds. Remembers what is really on it. Watches
// all that SQLite writes in this process while it lives; there is one at a time.
class TestDisk {
  public:
    // The confirmation that fails, from 1; 0: none.
    explicit TestDisk(std::int64_t fails_at);
    ~TestDisk();
    TestDisk(const TestDisk&) = delete;
    TestDisk& operator=(const TestDisk&) = delete;

    std::int64_t confirmations() const;
    bool has_failed() const;
    // What a restart finds after the power was cut just now, in a folder that is made. Files are
    // called as they were.
    void cut_power(const std::filesystem::path& target) const;

    // For the hooks.
    static void written(int file, off_t at, std::size_t bytes);
    static void removed(const std::filesystem::path& path);
    static int confirm(int file);

  private:
    struct File {
        std::string durable;
        std::set<off_t> dirty;  // sectors
    };

    bool fails();

    const std::int64_t fails_at_;
    mutable std::mutex mutex_;
    std::int64_t confirmations_ = 0;
    std::map<std::string, File> files_;  // by name
};

}  // namespace emplettes::store
