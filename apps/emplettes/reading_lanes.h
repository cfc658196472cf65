#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "catalogue/feed_lanes.h"

namespace emplettes {

// Readings of addresses that go on at once, each on a thread of its own, since a slow server may
// take minutes: as many, and of whom, as feed_lanes.h says. Begun and cleared by one thread, that
// of a job; stop() from any.
class ReadingLanes {
  public:
    // `clock` must outlive it, and tells who was slow.
    explicit ReadingLanes(const Clock& clock) : clock_(clock) {}
    ~ReadingLanes();
    ReadingLanes(const ReadingLanes&) = delete;
    ReadingLanes& operator=(const ReadingLanes&) = delete;

    bool has_room_for(const catalogue::FeedLanes::Feed& feed);
    // What `read` throws is logged. Throws std::system_error when there can be no thread; the lane
    // is free then.
    void begin(const catalogue::FeedLanes::Feed& feed, std::function<void()> read);
    // Until one has ended, or stop(), so long at most; what has ended makes room.
    void wait_for_end(std::chrono::milliseconds most);
    // Waits until all have ended. `begin_more` is called whenever there may be room.
    void run_all(const std::function<void()>& begin_more);

    // Asked by the readings, too: they end soon.
    bool is_stopping() const { return is_stopping_; }
    void stop();
    // Waits until nothing is being read. Once the job has ended.
    void finish();

  private:
    struct Lane {
        catalogue::FeedLanes::Feed feed;
        std::thread thread = {};
        bool has_ended = false;  // under mutex_
    };

    void run(Lane& lane, const std::function<void()>& read);
    bool has_ended_lane() const;
    void clear_ended();

    const Clock& clock_;
    std::atomic<bool> is_stopping_{false};
    std::mutex mutex_;
    std::condition_variable ended_;
    catalogue::FeedLanes room_;  // under mutex_
    std::list<Lane> lanes_;      // those in use
};

}  // namespace emplettes
