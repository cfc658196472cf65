#pragma once
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace emplettes::web {

// Server-sent events: whoever has news publishes them under a topic; the server sends them to
// those whose answer named that topic (Response.event_topic). News are hints, not records: a
// reader that is slow or away misses them and asks again. Thread-safe.
class EventHub {
  public:
    // Never waits. Dropped when nobody serves, or when kPendingMax are on their way already.
    void publish(std::string_view topic, std::string_view event, std::string_view data);

    // One event as it goes over the wire. `event` is one word; `data` may have several lines.
    static std::string frame(std::string_view event, std::string_view data);

    // For the server. `deliver` takes the frame to the I/O thread and calls `delivered` there;
    // it may be null, to stop.
    using Frame = std::shared_ptr<const std::string>;
    using Deliver = std::function<void(std::string topic, Frame frame)>;
    void attach(Deliver deliver);
    void delivered() { pending_.fetch_sub(1); }

    static constexpr std::size_t kPendingMax = 10'000;

  private:
    std::mutex mutex_;
    std::shared_ptr<const Deliver> deliver_;
    std::atomic<std::size_t> pending_{0};
};

}  // namespace emplettes::web
