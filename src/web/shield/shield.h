#pragma once
#include <array>
#include <chrono>
#include <mutex>
#include <vector>

#include "base/random.h"
#include "web/http.h"
#include "web/router.h"
#include "web/shield/alarm.h"
#include "web/shield/history.h"
#include "web/shield/network_prefix.h"
#include "web/shield/prefix_table.h"
#include "web/shield/shield_config.h"
#include "web/shield/shield_report.h"

namespace emplettes::web {

// What decides who is worked for when there is not enough for all: from which network a request
// comes, what it is worth, and whether there is an alarm (docs/shield.md). It belongs to the
// server's I/O thread but for report() and history(); the time is passed in.
class Shield {
  public:
    struct Parts {
        ShieldConfig config = {};
        History::Key key{};  // of histories; the same on all nodes
        Random& random;
    };
    explicit Shield(const Parts& parts);

    struct Moment {
        SteadyTime now;
        Instant at;
    };
    struct Judged {
        Asker asker;
        std::uint64_t network = 0;
    };
    // A request that takes a turn.
    Judged judge(const Request& request, const Route& route, const Moment& moment);
    // What became of it. `cost_us`: what it took, or would have.
    void done(const Judged& judged, std::int64_t cost_us);
    void turned_away(const Judged& judged, TurnedAway why, std::int64_t cost_us);

    struct Load {
        double utilisation = 0;  // of the workers since the last look
        std::size_t limit = 0;   // in work at once
        std::size_t queued = 0;
    };
    // Whether something was asked from this prefix before the alarm was raised.
    bool was_here(const NetworkAddress& address) const;
    // Some times a second.
    void look(const Load& load, const Moment& moment);

    bool is_on() const { return config_.is_on; }
    bool has_alarm() const { return is_on() && alarm_.is_raised(); }
    const ShieldConfig& config() const { return config_; }

    const KeyedHash& hash() const { return hash_; }
    const History& history() const { return history_; }
    ShieldReport report() const;  // of the last second

  private:
    struct Listed {
        Tally* tally;
        NetworkAddress address;
    };

    bool counts(const History::Deed& deed) const;
    void list(Tally& tally, const NetworkAddress& address);
    void refresh_list(SteadyTime now);
    Alarm::Reading reading(const Load& load, SteadyTime now);
    double usual_writes() const;
    void publish(const Load& load, const Alarm::Reading& reading, Instant at);

    const ShieldConfig config_;
    const KeyedHash hash_;
    const History history_;
    PrefixTable table_;
    Alarm alarm_;
    Tally all_;
    std::vector<Listed> listed_;  // the busiest networks
    float least_asked_ = 0;       // of them, when the list is full
    std::array<ShieldReport::Tried, kWorths> by_worth_{};
    SteadyTime raised_since_{};
    double pressure_ = 0;
    double refused_us_ = 0;  // since the last look
    SteadyTime looked_at_{};
    SteadyTime published_at_{};
    Alarm::Reason published_reason_ = Alarm::Reason::none;
    std::array<std::uint32_t, 60> minutes_{};  // newcomers' writes
    std::size_t minute_ = 0;                   // counted so far, the present one excluded
    SteadyTime minute_ends_{};

    mutable std::mutex mutex_;
    ShieldReport report_;
};

}  // namespace emplettes::web
