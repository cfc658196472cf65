#include "planner/readers/benchmark_file.h"

#include <algorithm>
#include <cmath>

namespace emplettes::planner {
namespace {

constexpr std::int32_t kTicksPerUnitMax = 10'000;

[[noreturn]] void refuse_node(const BenchmarkNode& node, const std::string& reason) {
    refuse("line " + std::to_string(node.line), reason);
}

// The finest tick with which the day of the depot stays small; whole numbers need no finer one.
std::int32_t ticks_for(const BenchmarkFile& file) {
    if (!file.times.empty()) return 1;
    std::int32_t ticks = kTicksPerUnitMax;
    while (ticks > 1 && file.nodes.front().due * ticks > kTimeMax / 2) ticks /= 10;
    return ticks;
}

Time to_ticks(double units, std::int32_t ticks) {
    const double value = std::round(units * ticks);
    return static_cast<Time>(std::clamp(value, -1.0 * kTimeMax, 1.0 * kNoWay));
}

Matrix matrix_of(const BenchmarkFile& file, std::int32_t ticks) {
    Matrix matrix{.places = file.nodes.size()};
    if (!file.times.empty()) {
        matrix.times = file.times;
        return matrix;
    }
    matrix.times.reserve(file.nodes.size() * file.nodes.size());
    for (const BenchmarkNode& from : file.nodes)
        for (const BenchmarkNode& to : file.nodes)
            matrix.times.push_back(
                std::min(to_ticks(std::hypot(from.x - to.x, from.y - to.y), ticks), kTimeMax));
    return matrix;
}

Task task_of_node(const BenchmarkFile& file, int number, std::int32_t ticks) {
    const BenchmarkNode& node = file.nodes[static_cast<std::size_t>(number)];
    if (node.due < node.ready) refuse_node(node, "the window closes before it opens");
    if (node.service < 0) refuse_node(node, "the service time is negative");
    Task task{.name = std::to_string(number), .place = number};
    task.windows = {{.open = to_ticks(node.ready, ticks), .close = to_ticks(node.due, ticks)}};
    task.service = to_ticks(node.service, ticks);
    (node.demand > 0 ? task.takes : task.leaves)[0] = std::abs(node.demand);
    return task;
}

// A row by itself is delivered from the depot.
Order job_of(const BenchmarkFile& file, int number, std::int32_t ticks) {
    Order order{.name = std::to_string(number)};
    order.delivery = task_of_node(file, number, ticks);
    order.delivery->leaves[0] = std::abs(file.nodes[static_cast<std::size_t>(number)].demand);
    order.delivery->takes[0] = 0;
    return order;
}

Order pair_of(const BenchmarkFile& file, int number, std::int32_t ticks) {
    const BenchmarkNode& node = file.nodes[static_cast<std::size_t>(number)];
    const auto mate = static_cast<std::size_t>(node.delivery);
    if (node.delivery < 0 || mate >= file.nodes.size() || file.nodes[mate].pickup != number)
        refuse_node(node, "delivery " + std::to_string(node.delivery) + " does not name it back");
    if (node.demand < 0 || file.nodes[mate].demand != -node.demand)
        refuse_node(node, "what is picked up is not what is delivered");
    Order order{.name = std::to_string(number) + '-' + std::to_string(node.delivery)};
    order.pickups.push_back(task_of_node(file, number, ticks));
    order.delivery = task_of_node(file, node.delivery, ticks);
    return order;
}

}  // namespace

Problem problem_of(const BenchmarkFile& file) {
    if (file.nodes.empty()) refuse("file", "ends before its rows");
    if (file.nodes.size() > kPlacesMax) refuse("file", "has too many rows");
    if (file.vehicles < 1) refuse("vehicles", "there are none");
    Problem problem{.name = file.name, .objective = Objective::vehicles};
    const std::int32_t ticks = ticks_for(file);
    problem.ticks_per_unit = ticks;
    problem.matrices.push_back(matrix_of(file, ticks));
    for (const BenchmarkNode& node : file.nodes) problem.positions.push_back({node.x, node.y});
    for (int number = 1; number < static_cast<int>(file.nodes.size()); ++number) {
        const BenchmarkNode& node = file.nodes[static_cast<std::size_t>(number)];
        if (node.delivery == 0 && node.pickup == 0)
            problem.orders.push_back(job_of(file, number, ticks));
        if (node.delivery != 0) problem.orders.push_back(pair_of(file, number, ticks));
        if (node.pickup != 0 &&
            (node.pickup < 0 || static_cast<std::size_t>(node.pickup) >= file.nodes.size() ||
             file.nodes[static_cast<std::size_t>(node.pickup)].delivery != number))
            refuse_node(node, "pickup " + std::to_string(node.pickup) + " does not name it back");
    }
    // More bikes than orders are never used.
    const auto shifts = std::min<std::size_t>(static_cast<std::size_t>(file.vehicles),
                                              std::max<std::size_t>(problem.orders.size(), 1));
    const BenchmarkNode& depot = file.nodes.front();
    Shift shift{.start_place = 0, .end_place = 0};
    shift.window = {.open = to_ticks(depot.ready, ticks), .close = to_ticks(depot.due, ticks)};
    shift.capacity[0] = file.capacity;
    for (std::size_t i = 0; i < shifts; ++i) {
        shift.name = std::to_string(i + 1);
        problem.shifts.push_back(shift);
    }
    return problem;
}

BenchmarkNode read_node(const Line& line, std::size_t expected) {
    need_words(line, 7, "a row");
    if (whole_of(line, 0, "the id") != static_cast<std::int32_t>(expected))
        refuse(line, "the id must be " + std::to_string(expected));
    return {.line = line.number,
            .x = number_of(line, 1, "x"),
            .y = number_of(line, 2, "y"),
            .demand = whole_of(line, 3, "the demand"),
            .ready = number_of(line, 4, "the ready time"),
            .due = number_of(line, 5, "the due time"),
            .service = number_of(line, 6, "the service time")};
}

}  // namespace emplettes::planner
