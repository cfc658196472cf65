#pragma once
#include <CLI/CLI.hpp>

namespace emplettes {

// How long the map of a file takes to draw, how large it is and how fast its tiles are found.
void add_bench_tiles(CLI::App& bench);

}  // namespace emplettes
