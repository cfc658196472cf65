#pragma once
#include <atomic>
#include <chrono>

namespace emplettes {

// A moment, to the second, in UTC. Local time exists only together with a Zone (zone.h).
using Instant = std::chrono::sys_seconds;

constexpr Instant instant_from_unix(std::int64_t seconds) {
    return Instant{std::chrono::seconds{seconds}};
}
constexpr std::int64_t to_unix(Instant instant) { return instant.time_since_epoch().count(); }

// Where "now" comes from. Passed in from main; nothing else in the program asks the system.
// Implementations are thread-safe.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual std::chrono::sys_time<std::chrono::milliseconds> now_precise() const = 0;

    Instant now() const { return std::chrono::floor<std::chrono::seconds>(now_precise()); }
};

class SystemClock final : public Clock {
  public:
    std::chrono::sys_time<std::chrono::milliseconds> now_precise() const override;
};

// Stands still until told to move: for tests, simulations and reproducible demos.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(Instant start) : ms_(to_unix(start) * 1000) {}

    std::chrono::sys_time<std::chrono::milliseconds> now_precise() const override;
    void advance(std::chrono::seconds by) { ms_.fetch_add(by.count() * 1000); }
    void set(Instant instant) { ms_.store(to_unix(instant) * 1000); }

  private:
    std::atomic<std::int64_t> ms_;
};

}  // namespace emplettes
