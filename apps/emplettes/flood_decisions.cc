#include "emplettes/flood_decisions.h"

#include <algorithm>
#include <vector>

#include "base/random.h"
#include "emplettes/bench_line.h"
#include "web/shield/admission.h"
#include "web/shield/shield.h"

namespace emplettes {
namespace {

using SteadyNow = std::chrono::steady_clock;

constexpr std::size_t kDecisions = 400'000;
constexpr std::size_t kWarmUps = 100'000;  // until the table is full

// Another prefix each time, all over the internet.
std::string somewhere(std::uint64_t number) {
    const std::uint64_t mixed = number * 0x9E3779B97F4A7C15ULL;
    const auto byte = [&](int shift) { return std::to_string((mixed >> shift) % 223 + 1); };
    return byte(56) + '.' + byte(44) + '.' + byte(32) + '.' + byte(20);
}

double us_since(SteadyNow::time_point began) {
    return std::chrono::duration<double, std::micro>(SteadyNow::now() - began).count();
}

}  // namespace

Json measure_decisions() {
    SystemRandom random;
    web::Shield shield({.config = {}, .key = {}, .random = random});
    web::Admission admission({.threads = 4, .queue_max = 512});
    web::Route route;
    web::Request request;
    request.method = web::Method::post;
    std::vector<double> took_us;
    took_us.reserve(kDecisions);
    for (std::size_t i = 0; i < kWarmUps + kDecisions; ++i) {
        request.remote_address = somewhere(i);
        const auto now = SteadyNow::now();
        const auto judged = shield.judge(request, route, {.now = now, .at = {}});
        admission.push({.asker = judged.asker,
                        .cost_us = static_cast<std::int64_t>(i % 977),
                        .usual_us = 500,
                        .since = now,
                        .until = now + std::chrono::seconds{2},
                        .work = nullptr},
                       web::Admission::Lane::waiting);
        if (i % 8 == 0 && admission.start(now))
            admission.end({.lane = web::Admission::Lane::waiting, .took_us = 500, .usual_us = 500},
                          now);
        if (i >= kWarmUps) took_us.push_back(us_since(now));
    }
    std::sort(took_us.begin(), took_us.end());
    return {{"bench", "flood"},
            {"case", "F11.decisions"},
            {"column", "ours"},
            {"decisions", took_us.size()},
            {"p50_us", percentile(took_us, 0.5)},
            {"p99_us", percentile(took_us, 0.99)},
            {"p999_us", percentile(took_us, 0.999)},
            {"clock", "wall"}};
}

}  // namespace emplettes
