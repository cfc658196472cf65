#pragma once
#include <vector>

#include "base/json.h"

namespace emplettes {

// What a benchmark measured, as one line of JSON on standard output, at once.
void print_line(const Json& line);

// Time this thread has computed; the wall shows the neighbours' work too.
double thread_cpu_us();
double percentile(const std::vector<double>& sorted, double share);

}  // namespace emplettes
