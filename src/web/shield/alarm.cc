#include "web/shield/alarm.h"

#include <algorithm>

namespace emplettes::web {

Alarm::Reason Alarm::reason_of(const Reading& reading, SteadyTime now) {
    const bool is_watchful = now < watchful_until_;
    if (reading.pressure < kPressed) calm_until_ = now;
    const bool stands_out = reading.top_writes >= kManyWrites &&
                            reading.top_recent >= kStillWrites &&
                            reading.top_writes >= kFarAbove * std::max(reading.other_writes, 1.0);
    if (!stands_out) even_until_ = now;
    if (now - calm_until_ >= (is_watchful ? kSignFor : kPressedFor)) {
        if (reading.top_share > kTopShare) return Reason::crowded;
        if (reading.newcomer_writes > kSurge * reading.usual_writes) return Reason::surge;
    }
    return now - even_until_ >= kConcentratedFor ? Reason::concentrated : Reason::none;
}

void Alarm::raise(Reason reason, const Reading& reading, Instant at) {
    reason_ = reason;
    log_.push_front(
        {.reason = reason, .raised_at = at, .ended_at = {}, .prefix = reading.top_prefix});
    if (log_.size() > kLogMax) log_.pop_back();
}

void Alarm::look(const Reading& reading, SteadyTime now, Instant at) {
    if (calm_until_ == SteadyTime{}) calm_until_ = even_until_ = now;
    const Reason reason = reason_of(reading, now);
    if (reason != Reason::none) {
        troubled_until_ = now;
        if (!is_raised()) raise(reason, reading, at);
        // What is asked of everybody goes before what is asked of one prefix.
        if (reason_ == Reason::concentrated) reason_ = log_.front().reason = reason;
        return;
    }
    if (!is_raised()) return;
    const bool still_writes = reason_ == Reason::concentrated && reading.top_writes >= kManyWrites;
    if (reading.pressure >= kQuiet || still_writes) troubled_until_ = now;
    if (now - troubled_until_ < kQuietFor) return;
    reason_ = Reason::none;
    log_.front().ended_at = at;
    watchful_until_ = now + kWatchful;
}

}  // namespace emplettes::web
