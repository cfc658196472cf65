#pragma once
#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "emplettes/bench_cases.h"
#include "emplettes/bench_measure.h"

namespace emplettes {

// What the loads over HTTP have in common.
struct BenchOptions {
    std::string data;
    std::string database;
    std::string only;  // the case to measure; empty: all
    int connections = 64;
    int seconds = 5;
    int server_cpu = 0;
    int client_cpu = 1;
};

inline constexpr int kBenchNode = 13;  // of ids: the server measured has another

void add_load_options(CLI::App& verb, const std::shared_ptr<BenchOptions>& options);
LoadPlan plan_of(const BenchOptions& options, std::uint16_t port);
// Throws when there is no demo in the folder.
BenchSample load_sample(const BenchOptions& options);

}  // namespace emplettes
