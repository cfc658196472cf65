#pragma once
#include <algorithm>
#include <limits>
#include <vector>

#include "base/json.h"

namespace emplettes {

// What a benchmark measured, as one line of JSON on standard output, at once.
void print_line(const Json& line);

// The same of several, for people: a row for each, a column for each name.
void print_table(const std::vector<Json>& lines);

// Time this thread has computed; the wall shows the neighbours' work too.
double thread_cpu_us();
// What `f` takes by a clock, in the fastest of some rounds.
template <typename F>
double fastest_us(int rounds, double (*clock_us)(), F&& f) {
    double fastest = std::numeric_limits<double>::infinity();
    for (int round = 0; round < rounds; ++round) {
        const double began = clock_us();
        f();
        fastest = std::min(fastest, clock_us() - began);
    }
    return fastest;
}

double percentile(const std::vector<double>& sorted, double share);

}  // namespace emplettes
