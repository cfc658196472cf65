#pragma once
#include <cstdint>
#include <deque>
#include <string>

#include "base/clock.h"
#include "web/shield/worth.h"

namespace emplettes::web {

// Whether more is asked than can be done, and by few. Looked at some times a second. Nobody is
// refused because of it: it decides from whom a proof of work is wanted, how long idle connections
// are kept, and which histories count. Not thread-safe; the time is passed in.
//
// Raised when
//   - for kPressedFor the pressure is above kPressed, and one prefix has more than kTopShare of the
//     work, or newcomers write more than kSurge times what is usual (`crowded`, `surge`);
//   - for kConcentratedFor one prefix alone writes at least kManyWrites (faded count,
//   prefix_table.h)
//     and kFarAbove times what the others do in the mean (`concentrated`): the night of
//     17 November 2020, when 218 machines of one place wrote five times a second, in all.
// Ends after kQuietFor without. For kWatchful it is then raised again at the first sign: so a flood
// that comes in waves is no way around it, and neighbours are free of it within seconds of its end.
class Alarm {
  public:
    static constexpr double kPressed = 0.9;
    static constexpr double kQuiet = 0.7;
    static constexpr double kTopShare = 0.2;
    static constexpr double kSurge = 8;
    static constexpr double kManyWrites = 36;  // five writes in two seconds, for a while
    static constexpr double kStillWrites = 4;  // faded soon (prefix_table.h): it has not stopped
    static constexpr double kMostRecent = 10;  // counted so, so that a fast flood is soon over, too
    static constexpr double kFarAbove = 8;
    static constexpr std::chrono::milliseconds kPressedFor{1'500};
    static constexpr std::chrono::milliseconds kConcentratedFor{10'000};
    static constexpr std::chrono::milliseconds kQuietFor{1'500};
    static constexpr std::chrono::milliseconds kSignFor{200};  // while watchful
    static constexpr std::chrono::seconds kWatchful{60};
    static constexpr std::size_t kLogMax = 50;

    enum class Reason : std::uint8_t { none, crowded, surge, concentrated };

    struct Reading {
        // Of what can be done in this time, how much was asked, what was refused included.
        double pressure = 0;
        double top_share = 0;         // of the work, of the prefix that had most
        double newcomer_writes = 0;   // faded count, of all
        double usual_writes = 0;      // the same, as it mostly is
        double top_writes = 0;        // of the prefix that writes most
        double top_recent = 0;        // the same, fading sooner
        double other_writes = 0;      // in the mean of the others that write
        std::string top_prefix = {};  // which one: for the log
    };
    void look(const Reading& reading, SteadyTime now, Instant at);

    bool is_raised() const { return reason_ != Reason::none; }
    Reason reason() const { return reason_; }
    Instant raised_at() const { return log_.front().raised_at; }  // of the last one

    struct Event {
        Reason reason;
        Instant raised_at;
        Instant ended_at{};  // the epoch: it lasts
        std::string prefix;
    };
    const std::deque<Event>& log() const { return log_; }  // the last first

  private:
    Reason reason_of(const Reading& reading, SteadyTime now);
    void raise(Reason reason, const Reading& reading, Instant at);

    Reason reason_ = Reason::none;
    SteadyTime calm_until_{};      // the last moment without pressure
    SteadyTime even_until_{};      // the last one at which nobody stood out
    SteadyTime troubled_until_{};  // the last one at which it was not quiet
    SteadyTime watchful_until_{};
    std::deque<Event> log_;
};

}  // namespace emplettes::web
