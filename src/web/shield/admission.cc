#include "web/shield/admission.h"

#include <algorithm>

namespace emplettes::web {
namespace {

constexpr std::size_t kLimitMin = 2;

// Of all work, in hundredths; see the class. The two first worths share one part.
constexpr std::array<std::size_t, kWorths> kGroupOf{0, 0, 1, 2, 3};
constexpr std::array<double, 4> kParts{50, 20, 15, 15};

double seconds(SteadyTime::duration span) { return std::chrono::duration<double>(span).count(); }

ConcurrencyLimit limit_of(std::size_t threads) {
    return ConcurrencyLimit({.min = std::min(threads, kLimitMin), .max = threads});
}

std::size_t brief_threads(const Admission::Config& config) {
    return config.brief_max == 0 ? config.threads : std::min(config.brief_max, config.threads);
}

// First come, first served is one queue whose askers are all the same.
Waiting alike(Waiting waiting) {
    waiting.asker = {};
    return waiting;
}

}  // namespace

Admission::Admission(const Config& config)
    : lanes_{LaneState{.limit = limit_of(brief_threads(config))},
             LaneState{.limit = limit_of(config.threads - config.threads / 4)}},
      is_fair_(config.is_fair) {
    for (LaneState& lane : lanes_)
        for (std::size_t i = 0; i < kWorths; ++i) lane.queues.emplace_back(config.queue_max);
}

std::optional<Waiting> Admission::push(Waiting waiting, Lane lane) {
    if (!is_fair_) {
        FairQueue& only = at(lane).queues.front();
        if (only.is_full()) return waiting;
        return only.push(alike(std::move(waiting)));
    }
    const auto worth = static_cast<std::size_t>(waiting.asker.worth);
    return at(lane).queues[worth].push(std::move(waiting));
}

std::optional<Admission::Choice> Admission::oldest_of(std::size_t group) const {
    std::optional<Choice> oldest;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        if (!may_start(lanes_[lane])) continue;
        for (std::size_t worth = 0; worth < kWorths; ++worth) {
            const FairQueue& queue = lanes_[lane].queues[worth];
            if (kGroupOf[worth] != group || queue.empty()) continue;
            if (!oldest || queue.oldest() < oldest->since)
                oldest = {.lane = lane, .worth = worth, .since = queue.oldest()};
        }
    }
    return oldest;
}

// Stride scheduling (Waldspurger, Weihl 1995): the group that has had least of its part. Who was
// away begins where the others are, not with what they did not use.
std::optional<Admission::Choice> Admission::choose() {
    std::optional<Choice> chosen;
    std::size_t chosen_group = 0;
    for (std::size_t group = 0; group < kGroups; ++group) {
        const auto oldest = oldest_of(group);
        if (oldest && !waited_[group]) used_[group] = std::max(used_[group], least_used_);
        waited_[group] = oldest.has_value();
        if (oldest && (!chosen || used_[group] < used_[chosen_group])) {
            chosen = oldest;
            chosen_group = group;
        }
    }
    if (chosen) least_used_ = used_[chosen_group];
    return chosen;
}

bool Admission::can_start() const {
    for (std::size_t group = 0; group < kGroups; ++group)
        if (oldest_of(group)) return true;
    return false;
}

std::optional<Admission::Started> Admission::start(SteadyTime now) {
    const auto choice = choose();
    if (!choice) return std::nullopt;
    LaneState& lane = lanes_[choice->lane];
    count_time(lane, now);
    ++lane.in_work;
    auto next = lane.queues[choice->worth].pop();
    const std::size_t group = kGroupOf[choice->worth];
    used_[group] += static_cast<double>(std::max<std::int64_t>(next->cost_us, 1)) / kParts[group];
    return Started{.waiting = std::move(*next), .lane = static_cast<Lane>(choice->lane)};
}

void Admission::take_late(SteadyTime now, std::vector<Waiting>& late) {
    for (LaneState& lane : lanes_)
        for (FairQueue& queue : lane.queues)
            while (auto one = queue.pop_late(now)) late.push_back(std::move(*one));
}

void Admission::end(const Ended& work, SteadyTime now) {
    LaneState& lane = at(work.lane);
    count_time(lane, now);
    if (is_fair_ && work.is_done)
        lane.limit.add(
            {.took_us = work.took_us, .usual_us = work.usual_us, .in_flight = lane.in_work});
    --lane.in_work;
}

std::size_t Admission::queued() const {
    std::size_t count = 0;
    for (const LaneState& lane : lanes_)
        for (const FairQueue& queue : lane.queues) count += queue.size();
    return count;
}

void Admission::count_time(LaneState& lane, SteadyTime now) {
    if (lane.counted_until != SteadyTime{}) {
        const double span = seconds(now - lane.counted_until);
        lane.worked_s += span * static_cast<double>(lane.in_work);
        lane.could_s += span * static_cast<double>(lane.limit.limit());
    }
    lane.counted_until = now;
}

double Admission::utilisation(SteadyTime now) {
    double most = 0;
    for (LaneState& lane : lanes_) {
        count_time(lane, now);
        if (lane.could_s > 0) most = std::max(most, lane.worked_s / lane.could_s);
        lane.worked_s = 0;
        lane.could_s = 0;
    }
    return std::min(most, 1.0);
}

}  // namespace emplettes::web
