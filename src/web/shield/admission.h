#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "web/shield/concurrency_limit.h"
#include "web/shield/fair_queue.h"
#include "web/shield/worth.h"

namespace emplettes::web {

// Who is worked for next: a fair queue for each worth, a limit on how many are in work, and a part
// of the work that is each worth's own. Not thread-safe; the time is passed in.
//
// Call-backs and people who are known here have at least half of the work, newcomers with a proof a
// fifth, the other newcomers and those who read the rest; what a group does not use is lent. What
// waits for others, as for a database, never has the last quarter of the threads, so that the rest
// goes on when those others do not answer.
class Admission {
  public:
    struct Config {
        std::size_t threads;
        std::uint32_t queue_max;  // who may wait, of each worth, in each lane
        // In work at once, at most, of what waits for nobody: with more than there are processors
        // each only takes longer, and whoever reads the requests has no processor. 0: as threads.
        std::size_t brief_max = 0;
        bool is_fair = true;  // false: first come, first served; for measuring what that does
    };
    explicit Admission(const Config& config);

    enum class Lane : std::uint8_t { brief, waiting };  // whether it waits for others

    // Returns who has to give up their place; that may be the one who has just come.
    std::optional<Waiting> push(Waiting waiting, Lane lane);

    struct Started {
        Waiting waiting;
        Lane lane = Lane::brief;
    };
    // Who is to be worked for now; none when nobody waits or the limit is reached.
    std::optional<Started> start(SteadyTime now);
    bool can_start() const;
    // Those whose time is over since, into `late`.
    void take_late(SteadyTime now, std::vector<Waiting>& late);

    struct Ended {
        Lane lane;
        std::int64_t took_us;
        std::int64_t usual_us;  // of its route
        bool is_done = true;    // false: it was turned away instead
    };
    void end(const Ended& work, SteadyTime now);

    std::size_t queued() const;
    std::size_t in_work(Lane lane) const { return at(lane).in_work; }
    std::size_t limit(Lane lane) const { return at(lane).limit.limit(); }
    // How much of what could be in work was, since the last call: 0 to 1, of the fuller lane.
    double utilisation(SteadyTime now);

  private:
    static constexpr std::size_t kLanes = 2;
    static constexpr std::size_t kGroups = 4;

    struct LaneState {
        ConcurrencyLimit limit;
        std::size_t in_work = 0;
        double worked_s = 0;  // since the last utilisation()
        double could_s = 0;
        SteadyTime counted_until{};
        std::vector<FairQueue> queues = {};  // by worth
    };
    struct Choice {
        std::size_t lane;
        std::size_t worth;
        SteadyTime since;
    };

    LaneState& at(Lane lane) { return lanes_[static_cast<std::size_t>(lane)]; }
    const LaneState& at(Lane lane) const { return lanes_[static_cast<std::size_t>(lane)]; }
    static void count_time(LaneState& lane, SteadyTime now);
    bool may_start(const LaneState& lane) const { return lane.in_work < lane.limit.limit(); }
    std::optional<Choice> oldest_of(std::size_t group) const;
    std::optional<Choice> choose();

    std::array<LaneState, kLanes> lanes_;
    const bool is_fair_;
    std::array<double, kGroups> used_{};  // work of each group as a multiple of its part
    double least_used_ = 0;               // of the last group that was chosen
    std::array<bool, kGroups> waited_{};
};

}  // namespace emplettes::web
