#pragma once
#include <CLI/CLI.hpp>

namespace emplettes {

// `emplettes bench search`: the engine alone, in this process, one thread, on a made-up catalogue.
void add_bench_search(CLI::App& bench);

}  // namespace emplettes
