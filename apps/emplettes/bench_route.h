#pragma once
#include <CLI/CLI.hpp>

namespace emplettes {

// `emplettes bench route`: street networks alone, in this process, one thread.
void add_bench_route(CLI::App& bench);

}  // namespace emplettes
