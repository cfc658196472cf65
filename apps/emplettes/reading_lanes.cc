#include "emplettes/reading_lanes.h"

#include <algorithm>
#include <system_error>

#include "base/log.h"

namespace emplettes {

ReadingLanes::~ReadingLanes() {
    stop();
    finish();
}

bool ReadingLanes::has_room_for(const catalogue::FeedLanes::Feed& feed) {
    const std::lock_guard lock(mutex_);
    return !is_stopping_ && room_.has_room_for(feed);
}

void ReadingLanes::begin(const catalogue::FeedLanes::Feed& feed, std::function<void()> read) {
    Lane* lane = nullptr;
    {
        const std::lock_guard lock(mutex_);
        room_.enter(feed);
        lane = &lanes_.emplace_back(Lane{.feed = feed});
    }
    try {
        lane->thread = std::thread([this, lane, its = std::move(read)] { run(*lane, its); });
    } catch (const std::system_error&) {
        const std::lock_guard lock(mutex_);
        room_.leave(feed, std::chrono::seconds{0});
        lanes_.remove_if([lane](const Lane& one) { return &one == lane; });
        throw;
    }
}

void ReadingLanes::wait_for_end(std::chrono::milliseconds most) {
    {
        std::unique_lock lock(mutex_);
        ended_.wait_for(lock, most, [this] { return is_stopping_ || has_ended_lane(); });
    }
    clear_ended();
}

void ReadingLanes::run_all(const std::function<void()>& begin_more) {
    begin_more();
    while (!lanes_.empty()) {
        {
            std::unique_lock lock(mutex_);
            ended_.wait(lock, [this] { return has_ended_lane(); });
        }
        clear_ended();
        begin_more();
    }
}

void ReadingLanes::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    ended_.notify_all();
}

void ReadingLanes::finish() {
    for (Lane& lane : lanes_) lane.thread.join();
    lanes_.clear();
}

// A reading's own thread, and the boundary of its faults.
void ReadingLanes::run(Lane& lane, const std::function<void()>& read) {
    const Instant began = clock_.now();
    try {
        read();
    } catch (const std::exception& fault) {
        log_error("reading of " + lane.feed.host + ": " + fault.what());
    }
    {
        const std::lock_guard lock(mutex_);
        room_.leave(lane.feed, clock_.now() - began);
        lane.has_ended = true;
    }
    ended_.notify_all();
}

bool ReadingLanes::has_ended_lane() const {
    return std::ranges::any_of(lanes_, [](const Lane& lane) { return lane.has_ended; });
}

void ReadingLanes::clear_ended() {
    std::list<Lane> ended;
    {
        const std::lock_guard lock(mutex_);
        for (auto lane = lanes_.begin(); lane != lanes_.end();) {
            const auto next = std::next(lane);
            if (lane->has_ended) ended.splice(ended.end(), lanes_, lane);
            lane = next;
        }
    }
    for (Lane& lane : ended) lane.thread.join();
}

}  // namespace emplettes
