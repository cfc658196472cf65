#include "planner/readers/benchmark_file.h"
#include "planner/readers/read_benchmarks.h"

namespace emplettes::planner {
namespace {

Problem parse_li_lim(std::string_view text) {
    const auto lines = lines_of(text);
    if (lines.empty()) refuse("file", "is empty");
    need_words(lines.front(), 2, "the first line");
    BenchmarkFile file{.name = "Li and Lim",
                       .vehicles = whole_of(lines.front(), 0, "the number of vehicles"),
                       .capacity = whole_of(lines.front(), 1, "the capacity")};
    for (std::size_t i = 1; i < lines.size(); ++i) {
        need_words(lines[i], 9, "a row");
        BenchmarkNode node = read_node(lines[i], i - 1);
        node.pickup = whole_of(lines[i], 7, "the pickup");
        node.delivery = whole_of(lines[i], 8, "the delivery");
        if (i > 1 && node.pickup == 0 && node.delivery == 0)
            refuse(lines[i], "names neither its pickup nor its delivery");
        file.nodes.push_back(node);
    }
    return problem_of(file);
}

}  // namespace

Read<Problem> read_li_lim(std::string_view text) {
    try {
        return parse_li_lim(text);
    } catch (const ReadError& error) {
        return error;
    }
}

}  // namespace emplettes::planner
