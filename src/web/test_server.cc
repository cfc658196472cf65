#include "web/test_server.h"

#include <thread>

#include "base/check.h"
#include "base/text.h"

namespace emplettes::web {
namespace {

Response text(std::string body) {
    return {.content_type = "text/plain; charset=utf-8", .body = std::move(body)};
}

Response fail_with_fault(const Request&) { throw std::runtime_error("disk full"); }

Response fail_with_bug(const Request&) {
    check(false);
    return {};
}

}  // namespace

void Gate::pass() {
    ++waiting_;
    opened_.wait();
}

void Gate::wait_for(int waiting) const {
    while (waiting_ < waiting) std::this_thread::yield();
}

TestServer::TestServer() {
    config.port = 0;
    config.workers = 2;
    router.add(Method::get, "/small", [](const Request&) { return text("small"); });
    router.add({.method = Method::get,
                .pattern = "/inline",
                .handler = [](const Request&) { return text("inline"); },
                .inline_ok = true});
    router.add(Method::get, "/gate", [this](const Request&) {
        gate.pass();
        return text("passed");
    });
    router.add(Method::post, "/echo", [](const Request& request) { return text(request.body); });
    router.add({.method = Method::post,
                .pattern = "/upload",
                .handler = [](const Request& r) { return text(std::to_string(r.body.size())); },
                .body_bytes_max = 4 * 1024 * 1024});
    router.add(Method::get, "/shops/{slug}",
               [](const Request& request) { return text(std::string(request.parameter("slug"))); });
    router.add(Method::get, "/fault", fail_with_fault);
    router.add(Method::get, "/bug", fail_with_bug);
    router.add(Method::get, "/split", [](const Request&) {
        Response response = text("");
        response.add_header("Location", "/\r\nSet-Cookie: stolen=1");
        return response;
    });
    router.add(Method::get, "/events", [](const Request&) {
        return Response{.content_type = "text/event-stream",
                        .body = EventHub::frame("hello", "1"),
                        .event_topic = "news"};
    });
    router.add(Method::get, "/long",
               [](const Request&) { return text(std::string(8'000'000, 'x')); });
    router.add(Method::get, "/who", [](const Request& request) {
        return text(request.remote_address + " " + request.host);
    });
}

std::uint16_t TestServer::port() {
    if (!shield)
        shield = std::make_unique<Shield>(Shield::Parts{.config = config.shield, .random = random});
    if (!server)
        server = std::make_unique<Server>(config, ServerParts{.router = router,
                                                              .clock = clock,
                                                              .events = events,
                                                              .metrics = metrics,
                                                              .log = log,
                                                              .shield = *shield,
                                                              .pages = pages});
    return server->port();
}

int TestServer::status_of(std::string_view bytes) {
    TestClient client(port());
    client.send(bytes);
    const auto answer = client.receive();
    return answer ? answer->status : 0;
}

double TestServer::counted(std::string_view series) {
    const std::string all = metrics.expose();
    for (const auto line : split(all, '\n')) {
        if (line.starts_with(series) && line.substr(series.size()).starts_with(' '))
            return parse_double(line.substr(series.size() + 1)).value_or(-1);
    }
    return -1;
}

std::string get_request(std::string_view target) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: test.example\r\n\r\n";
}

}  // namespace emplettes::web
