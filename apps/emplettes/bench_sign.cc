#include "emplettes/bench_line.h"
#include "emplettes/bench_write.h"

namespace emplettes {
namespace {

constexpr int kAccepted = 202;

// POST /api/v1/pledges/{slug}/signatures of another neighbour each time.
std::string post_signature(const std::string& slug, std::uint64_t run, std::uint64_t number) {
    const std::string who = std::to_string(run) + "." + std::to_string(number);
    const Json body = {{"name", "Ada"}, {"email", who + "@example.org"}, {"consent", true}};
    const std::string text = body.dump();
    return "POST /api/v1/pledges/" + slug +
           "/signatures HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
           "Idempotency-Key: bench-" +
           who + "\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
}

}  // namespace

Json bench_sign(BenchStall& stall) {
    LoadPlan plan = plan_of(stall.options(), 0);
    plan.expected_status = kAccepted;
    plan.request = [slug = stall.call_for_pledge(), run = stall.draw()](std::uint64_t n) {
        return post_signature(slug, run, n);
    };
    const ServerProcess server(stall.server_options());
    plan.port = server.port();
    return run_measure({.bench = "write", .name = stall.name("sign"), .plan = plan}, server);
}

}  // namespace emplettes
