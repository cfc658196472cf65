#include "emplettes/bench_measure.h"

#include <algorithm>
#include <cmath>

namespace emplettes {

Json run_measure(const Measure& measure, const ServerProcess& server) {
    const double used_s = server.cpu_s();
    const LoadResult result = run_load(measure.plan);
    const double cpu_us = (server.cpu_s() - used_s) * 1e6;
    const auto asked = static_cast<double>(std::max<std::uint64_t>(result.asked, 1));
    return {{"bench", measure.bench},
            {"case", measure.name},
            {"clients", measure.plan.connections},
            {"per_s", static_cast<std::int64_t>(result.per_s())},
            {"p50_us", result.percentile_us(0.50)},
            {"p99_us", result.percentile_us(0.99)},
            {"mean_bytes", result.answers ? result.body_bytes / result.answers : 0},
            {"unexpected", result.unexpected},
            {"server_cpu_us", std::round(10 * cpu_us / asked) / 10},
            {"seconds", measure.plan.duration.count()},
            {"clock", "wall"}};
}

std::string get_request(const std::string& path, const std::string& cookie) {
    const std::string more = cookie.empty() ? "" : "Cookie: " + cookie + "\r\n";
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
}

}  // namespace emplettes
