#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace emplettes {

// People, or machines, who ask whether or not others are answered: an open load. Each request has a
// connection of its own, from one of their addresses.
struct Population {
    std::string name;
    std::vector<std::string> addresses;  // of this machine: any of 127.0.0.0/8
    double per_s = 1;                    // of all together, at random moments
    double from_s = 0;
    double to_s = 0;
    int wanted = 200;                                   // the status that serves them
    std::function<std::string(std::uint64_t)> request;  // the bytes of the nth
};

struct FloodPlan {
    std::uint16_t port = 0;
    std::vector<Population> populations;
    std::chrono::milliseconds patience{2'000};  // then nobody looks at the answer any more
    std::uint64_t seed = 1;
};

// What one request came to. Status 0: no answer in time.
struct FloodOutcome {
    double at_s;
    int status;
    double took_ms;
};

struct Served {
    std::uint64_t asked = 0;
    std::uint64_t served = 0;
    std::uint64_t refused = 0;  // 429 and 503
    double p50_ms = 0;          // of those served
    double p99_ms = 0;

    double percent() const;  // 100 when nobody asked
};

class FloodResult {
  public:
    void add(const std::string& population, const FloodOutcome& outcome) {
        outcomes_[population].push_back(outcome);
    }
    // Of those who asked in this time.
    Served of(const Population& population, double from_s, double to_s) const;

  private:
    std::map<std::string, std::vector<FloodOutcome>> outcomes_;
};

// Returns when the last one has been answered or has lost patience. On one thread.
FloodResult run_flood(const FloodPlan& plan);

// "127.66.0.1" to "127.66.0.218".
std::vector<std::string> addresses_in(const std::string& prefix, int first, int count);

}  // namespace emplettes
