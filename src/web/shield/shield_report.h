#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "web/shield/alarm.h"
#include "web/shield/worth.h"

namespace emplettes::web {

// Why something was not done.
enum class TurnedAway : std::uint8_t { no_room, too_late, no_proof };
inline constexpr std::size_t kTurnedAways = 3;

// How the shield stands, for people.
struct ShieldReport {
    struct Network {
        std::string prefix;  // "192.0.2.0/24"
        double asked_per_s = 0;
        double refused_per_s = 0;
        double writes_per_s = 0;  // of newcomers
        double work_share = 0;    // of all work that was done: 0 to 1
    };
    struct Tried {
        std::uint64_t done = 0;
        std::array<std::uint64_t, kTurnedAways> turned_away{};
        friend bool operator==(const Tried&, const Tried&) = default;
    };

    Instant at;
    bool is_on = true;
    Alarm::Reason reason = Alarm::Reason::none;
    double pressure = 0;
    std::size_t queued = 0;
    std::size_t limit = 0;
    std::vector<Network> networks;          // the busiest first
    std::array<Tried, kWorths> by_worth{};  // since the start
    std::vector<Alarm::Event> log;          // the last first
};

}  // namespace emplettes::web
