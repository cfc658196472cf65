#pragma once
#include <string>
#include <vector>

#include "planner/readers/number_lines.h"

namespace emplettes::planner {

// One row of a benchmark's file: the depot first.
struct BenchmarkNode {
    int line = 0;
    double x = 0;
    double y = 0;
    std::int32_t demand = 0;
    double ready = 0;
    double due = 0;
    double service = 0;
    int pickup = 0;    // the row of its pickup, 0: it is none itself
    int delivery = 0;  // the row of its delivery
};

// What benchmarks of the literature have in common: one depot, bikes that are alike. Distances are
// Euclidean unless `times` are given, row by row.
struct BenchmarkFile {
    std::string name;
    std::int32_t vehicles = 0;
    std::int32_t capacity = 0;
    std::vector<BenchmarkNode> nodes;
    std::vector<std::int32_t> times;
};

// Its objective is Objective::vehicles. Throws ReadError.
Problem problem_of(const BenchmarkFile& file);

// One row from `id x y demand ready due service` on, whose id must be `expected`.
BenchmarkNode read_node(const Line& line, std::size_t expected);

}  // namespace emplettes::planner
