#pragma once
#include <CLI/CLI.hpp>

namespace emplettes {

// Each adds one verb below `emplettes bench`.
// Reservations that outlive a power failure, over HTTP; the last unit, many ends at once, kill -9,
// a backup meanwhile. Changes stocks.
void add_bench_write(CLI::App& bench);
// The search engine alone, in this process, one thread, on a made-up catalogue.
void add_bench_search(CLI::App& bench);
// How many written addresses are found, and how long each keystroke takes.
void add_bench_geocode(CLI::App& bench);
// Street networks alone, in this process, one thread.
void add_bench_route(CLI::App& bench);
// How long the map of a file takes to draw, how large it is and how fast its tiles are found.
void add_bench_tiles(CLI::App& bench);
// The planner of rounds on instances of the literature.
void add_bench_plan(CLI::App& bench);
// A shop's shelf of made-up goods from a file, in this process: checked, run, repeated, changed a
// little, undone.
void add_bench_import(CLI::App& bench);
// Every page of a counter with a large shelf over HTTP, signed in as its keeper; adds shops.
void add_bench_counter(CLI::App& bench);
// From the commit of an import's batch to the answer of a server that has it; adds a shop.
void add_bench_follow(CLI::App& bench);
// Floods over HTTP from many addresses of this machine, with the shield, without it, behind
// HAProxy.
void add_bench_flood(CLI::App& bench);

}  // namespace emplettes
