#pragma once
#include <functional>
#include <optional>
#include <string>

#include "scenario/http_client.h"
#include "scenario/scenario.h"

namespace emplettes::scenario {

// The server a scenario is played against.
struct Stage {
    std::string base_url;  // "http://127.0.0.1:4711"
    // Sets, or moves on, the server's clock and runs the jobs that are due then.
    std::function<void(LocalTime)> set_clock;
    std::function<void(std::chrono::seconds)> move_clock;
    // Told of every exchange, before it is checked: for the check of the API's description.
    std::function<void(const Request&, const Answer&)> on_exchange = [](const auto&, const auto&) {
    };
};

struct Failure {
    int line = 0;         // of the scenario file
    std::string message;  // what was expected, what came
};

// Plays to the end or to the first failure: what comes after it would only be its echo.
std::optional<Failure> play(const Scenario& scenario, const Stage& stage);

}  // namespace emplettes::scenario
