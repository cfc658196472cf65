#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace emplettes {

// Connections that begin a request and then send a byte every five seconds; one that is closed is
// opened again. Meanwhile a person comes five times a second, on a connection of their own.
struct SlowPlan {
    std::uint16_t port = 0;
    std::vector<std::string> addresses;
    int connections = 10'000;
    double seconds = 15;
};
struct SlowResult {
    int opened = 0;
    int still_open = 0;  // at the end
    int asked = 0;       // by the person
    int served = 0;
    double took_ms_max = 0;  // from before connecting to the first byte of the answer
};
SlowResult run_slow_connections(const SlowPlan& plan);

}  // namespace emplettes
