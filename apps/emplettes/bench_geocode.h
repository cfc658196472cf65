#pragma once
#include <CLI/CLI.hpp>

namespace emplettes {

// How many written addresses are found, and how long each keystroke takes.
void add_bench_geocode(CLI::App& bench);

}  // namespace emplettes
