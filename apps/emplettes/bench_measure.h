#pragma once
#include <string>

#include "base/json.h"
#include "emplettes/bench_load.h"
#include "emplettes/server_process.h"

namespace emplettes {

// One load, and what the server used for it.
struct Measure {
    const char* bench;
    std::string name;
    LoadPlan plan;
};
// The line to print.
Json run_measure(const Measure& measure, const ServerProcess& server);

// The bytes of a request; `cookie` may be empty.
std::string get_request(const std::string& path, const std::string& cookie);

}  // namespace emplettes
