#include "notices/relay_watch.h"

namespace emplettes::notices {

RelayWatch::State RelayWatch::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

void RelayWatch::went_down(std::string_view words, Instant now) {
    const std::lock_guard lock(mutex_);
    const Instant since = state_.trouble ? state_.trouble->since : now;
    state_.trouble =
        Trouble{.since = since, .rests_until = now + kRelayRest, .words = std::string(words)};
}

void RelayWatch::took_mail(Instant now) {
    const std::lock_guard lock(mutex_);
    state_ = {.trouble = std::nullopt, .last_sent = now};
}

}  // namespace emplettes::notices
