#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>

#include "web/http.h"

namespace spdlog {
class logger;
}

namespace emplettes::web {

// One JSON object per line about each request, at level info, and about each failure, at level
// error. Holds nothing about the person: no address, no agent, no query; and since a path may hold
// a secret code, the route's pattern in its place. Thread-safe.
class AccessLog {
  public:
    // The logger's own pattern should be "%v", and its level decides; null writes nothing.
    explicit AccessLog(std::shared_ptr<spdlog::logger> logger) : logger_(std::move(logger)) {}

    struct Entry {
        std::chrono::sys_time<std::chrono::milliseconds> at;
        const Request& request;
        std::string_view route;  // empty: none matched; then the path's first segment is shown
        int status;
        std::chrono::nanoseconds took;
        std::size_t bytes;  // of the body sent
    };
    void answered(const Entry& entry);
    void failed(const Request& request, std::string_view route, std::string_view what);

  private:
    std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace emplettes::web
