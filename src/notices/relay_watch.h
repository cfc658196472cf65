#pragma once
#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"

namespace emplettes::notices {

// How long a relay that is down is left in peace before it is tried again.
inline constexpr std::chrono::seconds kRelayRest{60};

// How it goes with the relay of this process: what the sender has seen of it, for who asks. One
// thread writes, any may read.
class RelayWatch {
  public:
    struct Trouble {
        Instant since;
        Instant rests_until;
        std::string words;

        bool operator==(const Trouble&) const = default;
    };
    struct State {
        std::optional<Trouble> trouble;  // none: it took the last mail, or none was tried
        Instant last_sent;               // 0: nothing yet
    };

    State state() const;
    void went_down(std::string_view words, Instant now);
    void took_mail(Instant now);

  private:
    mutable std::mutex mutex_;
    State state_;
};

}  // namespace emplettes::notices
