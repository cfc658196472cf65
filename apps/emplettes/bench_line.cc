#include "emplettes/bench_line.h"

#include <time.h>

#include <algorithm>
#include <cstdio>

namespace emplettes {
namespace {

std::string cell(const Json& line, const std::string& name) {
    if (!line.contains(name)) return "";
    const Json& value = line[name];
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_number_float()) return value.dump();
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", value.get<double>());
    return text;
}

}  // namespace

void print_line(const Json& line) {
    std::printf("%s\n", line.dump().c_str());
    std::fflush(stdout);
}

void print_table(const std::vector<Json>& lines) {
    std::vector<std::string> names;
    for (const Json& line : lines)
        for (const auto& [name, value] : line.items())
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    std::vector<std::vector<std::string>> rows(1, names);
    for (const Json& line : lines) {
        rows.emplace_back();
        for (const std::string& name : names) rows.back().push_back(cell(line, name));
    }
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            std::size_t width = 0;
            for (const auto& other : rows) width = std::max(width, other[i].size());
            std::printf("%-*s", static_cast<int>(width + 2), row[i].c_str());
        }
        std::printf("\n");
    }
}

double thread_cpu_us() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double percentile(const std::vector<double>& sorted, double share) {
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(sorted.size()));
    return sorted[std::min(rank, sorted.size() - 1)];
}

}  // namespace emplettes
