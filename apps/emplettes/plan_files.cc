#include "emplettes/plan_files.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "planner/readers/read_problem.h"

namespace emplettes {
namespace {

std::string read_all(std::istream& in, const std::string& path) {
    std::string bytes;
    std::string piece(1 << 16, '\0');
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0) {
        bytes.append(piece, 0, static_cast<std::size_t>(in.gcount()));
        if (bytes.size() > kPlanFileBytesMax)
            throw std::runtime_error(path + " is larger than 64 MB");
    }
    return bytes;
}

}  // namespace

std::string read_plan_file(const std::string& path) {
    if (path == "-") return read_all(std::cin, "standard input");
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error(path + " cannot be read");
    return read_all(in, path);
}

planner::Problem load_problem(const std::string& path) {
    auto problem = planner::read_problem(read_plan_file(path));
    if (!problem) throw std::runtime_error(path + ": " + problem.error().sentence());
    return std::move(problem).value();
}

}  // namespace emplettes
