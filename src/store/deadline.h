#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>

namespace emplettes::store {

// When the statement that runs on a connection must have ended. Set by the thread that runs it,
// read by whoever stops late ones. Thread-safe.
class Deadline {
  public:
    using Milliseconds = std::chrono::milliseconds;

    void start(Milliseconds allowed) { at_ms_.store(now_ms() + allowed.count()); }
    void stop() { at_ms_.store(kNone); }
    bool passed() const { return at_ms_.load() < now_ms(); }

  private:
    static constexpr std::int64_t kNone = INT64_MAX;

    static std::int64_t now_ms() {
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        return std::chrono::duration_cast<Milliseconds>(now).count();
    }

    std::atomic<std::int64_t> at_ms_{kNone};
};

}  // namespace emplettes::store
