#include "planner/readers/read_problem.h"

#include <algorithm>

#include "base/text.h"
#include "planner/readers/read_benchmarks.h"

namespace emplettes::planner {
namespace {

// A word at the beginning of a line.
bool has_heading(std::string_view text, std::string_view word) {
    for (const std::string_view line : split(text, '\n'))
        if (starts_with_ignoring_case(trim(line), word)) return true;
    return false;
}

Read<Problem> read_any(std::string_view text) {
    const std::string_view begin = trim(text.substr(0, 1000));
    if (begin.starts_with('{'))
        return text.find("\"vehicles\"") != std::string_view::npos ? read_vroom(text)
                                                                   : read_day(text);
    if (has_heading(text, "VEHICLE")) return read_solomon(text);
    if (has_heading(text, "NODES")) return read_sartori_buriol(text);
    return read_li_lim(text);
}

}  // namespace

Read<Problem> read_problem(std::string_view text) {
    auto problem = read_any(text);
    if (!problem) return problem;
    if (const auto fault = find_fault(*problem)) return *fault;
    return problem;
}

}  // namespace emplettes::planner
