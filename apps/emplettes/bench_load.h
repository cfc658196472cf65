#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace emplettes {

// A load of one kind: every connection asks, waits for the answer and asks again, on one thread.
// All are connected before the first asks.
struct LoadPlan {
    std::uint16_t port = 0;
    int connections = 64;
    std::chrono::seconds duration{5};
    std::chrono::seconds warm_up{1};  // asked, not counted
    int expected_status = 200;
    int again_on = 0;                    // a status after which the same is asked again; 0: none
    std::uint64_t requests_max = 0;      // then it ends, too; 0: any number
    std::function<bool()> is_over = {};  // then it ends, too
    // The bytes of the nth request.
    std::function<std::string(std::uint64_t)> request;
};

struct LoadResult {
    std::uint64_t asked = 0;  // all requests, those of the warm-up too
    std::uint64_t answers = 0;
    std::uint64_t unexpected = 0;  // other statuses, broken connections
    std::uint64_t repeated = 0;    // answers of status again_on
    std::map<int, std::uint64_t> statuses;
    std::uint64_t body_bytes = 0;
    double seconds = 0;
    std::vector<std::uint32_t> latencies_us;  // sorted

    double per_s() const { return static_cast<double>(answers) / seconds; }
    std::uint32_t percentile_us(double share) const;  // 0.99; 0 when there are none
};

// The body of one answer, on a connection of its own. Throws boost::system::system_error.
std::string ask_once(std::uint16_t port, const std::string& request);

// To 127.0.0.1 only.
LoadResult run_load(const LoadPlan& plan);

}  // namespace emplettes
