#include "base/text.h"
#include "planner/readers/benchmark_file.h"
#include "planner/readers/read_benchmarks.h"

namespace emplettes::planner {
namespace {

bool begins(const Line& line, std::string_view word) {
    return equals_ignoring_case(line.words.front(), word);
}

struct Header {
    std::int32_t size = 0;
    std::int32_t capacity = 0;
    std::string name;
};

// Lines such as `SIZE: 101`; leaves `at` behind NODES.
Header read_header(const std::vector<Line>& lines, std::size_t& at) {
    Header header;
    for (; at < lines.size() && !begins(lines[at], "NODES"); ++at) {
        const Line& line = lines[at];
        if (begins(line, "SIZE:")) header.size = whole_of(line, 1, "SIZE");
        if (begins(line, "CAPACITY:")) header.capacity = whole_of(line, 1, "CAPACITY");
        if (begins(line, "NAME:") && line.words.size() > 1)
            header.name = std::string(line.words[1].substr(0, 100));
    }
    if (at++ == lines.size()) refuse("NODES", "is missing");
    if (header.size < 1 || static_cast<std::size_t>(header.size) > kPlacesMax)
        refuse("SIZE", "must be from 1 to " + std::to_string(kPlacesMax));
    return header;
}

std::vector<BenchmarkNode> read_nodes(const std::vector<Line>& lines, std::size_t& at,
                                      std::size_t size) {
    std::vector<BenchmarkNode> nodes;
    for (; at < lines.size() && !begins(lines[at], "EDGES"); ++at) {
        need_words(lines[at], 9, "a node");
        BenchmarkNode node = read_node(lines[at], nodes.size());
        std::swap(node.x, node.y);  // latitude comes first
        node.pickup = whole_of(lines[at], 7, "the pickup");
        node.delivery = whole_of(lines[at], 8, "the delivery");
        nodes.push_back(node);
    }
    if (nodes.size() != size)
        refuse("NODES",
               "has " + std::to_string(nodes.size()) + " rows, SIZE says " + std::to_string(size));
    if (at++ == lines.size()) refuse("EDGES", "is missing");
    return nodes;
}

std::vector<std::int32_t> read_edges(const std::vector<Line>& lines, std::size_t at,
                                     std::size_t size) {
    std::vector<std::int32_t> times;
    for (std::size_t row = 0; row < size; ++row, ++at) {
        if (at >= lines.size() || begins(lines[at], "EOF"))
            refuse("EDGES",
                   "ends after " + std::to_string(row) + " of " + std::to_string(size) + " rows");
        if (lines[at].words.size() != size) refuse(lines[at], "is not as long as the matrix");
        for (std::size_t column = 0; column < size; ++column)
            times.push_back(whole_of(lines[at], column, "a travel time"));
    }
    return times;
}

Problem parse_sartori_buriol(std::string_view text) {
    const auto lines = lines_of(text);
    std::size_t at = 0;
    const Header header = read_header(lines, at);
    const auto size = static_cast<std::size_t>(header.size);
    BenchmarkFile file{.name = header.name, .capacity = header.capacity};
    file.nodes = read_nodes(lines, at, size);
    file.vehicles = header.size;  // as many as one likes
    file.times = read_edges(lines, at, size);
    return problem_of(file);
}

}  // namespace

Read<Problem> read_sartori_buriol(std::string_view text) {
    try {
        return parse_sartori_buriol(text);
    } catch (const ReadError& error) {
        return error;
    }
}

}  // namespace emplettes::planner
