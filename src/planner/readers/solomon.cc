#include "base/text.h"
#include "planner/readers/benchmark_file.h"
#include "planner/readers/read_benchmarks.h"

namespace emplettes::planner {
namespace {

// The line after a heading and its column names.
std::size_t below(const std::vector<Line>& lines, std::string_view heading) {
    for (std::size_t i = 0; i + 2 < lines.size(); ++i)
        if (equals_ignoring_case(lines[i].words.front(), heading)) return i + 2;
    refuse(std::string(heading), "there is no such heading with something below");
}

Problem parse_solomon(std::string_view text) {
    const auto lines = lines_of(text);
    const Line& fleet = lines[below(lines, "VEHICLE")];
    BenchmarkFile file{.name = std::string(lines.front().words.front().substr(0, 100)),
                       .vehicles = whole_of(fleet, 0, "the number of vehicles"),
                       .capacity = whole_of(fleet, 1, "the capacity")};
    for (std::size_t i = below(lines, "CUSTOMER"); i < lines.size(); ++i) {
        file.nodes.push_back(read_node(lines[i], file.nodes.size()));
        if (file.nodes.back().demand < 0) refuse(lines[i], "the demand is negative");
    }
    return problem_of(file);
}

}  // namespace

Read<Problem> read_solomon(std::string_view text) {
    try {
        return parse_solomon(text);
    } catch (const ReadError& error) {
        return error;
    }
}

}  // namespace emplettes::planner
