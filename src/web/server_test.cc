#include "web/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <thread>

#include "base/check.h"
#include "base/text.h"
#include "web/test_client.h"

namespace emplettes::web {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kGetSmall = "GET /small HTTP/1.1\r\nHost: test.example\r\n\r\n";
constexpr std::string_view kGetGate = "GET /gate HTTP/1.1\r\nHost: test.example\r\n\r\n";

// Holds requests in their handler until opened.
class Gate {
  public:
    void pass() {
        ++waiting_;
        opened_.wait();
    }
    void wait_for(int waiting) const {
        while (waiting_ < waiting) std::this_thread::yield();
    }
    void open() { open_.set_value(); }

  private:
    std::promise<void> open_;
    std::shared_future<void> opened_{open_.get_future()};
    std::atomic<int> waiting_{0};
};

class ServerTest : public ::testing::Test {
  protected:
    ServerTest() {
        config.port = 0;
        config.workers = 2;
        router.add(Method::get, "/small", [](const Request&) { return Response{.body = "small"}; });
        router.add({.method = Method::get,
                    .pattern = "/inline",
                    .handler = [](const Request&) { return Response{.body = "inline"}; },
                    .inline_ok = true});
        router.add(Method::get, "/gate", [this](const Request&) {
            gate.pass();
            return Response{.body = "passed"};
        });
        router.add(Method::post, "/echo", [](const Request& request) {
            return Response{.content_type = "text/plain", .body = request.body};
        });
        router.add(
            {.method = Method::post,
             .pattern = "/upload",
             .handler =
                 [](const Request& r) { return Response{.body = std::to_string(r.body.size())}; },
             .body_bytes_max = 4 * 1024 * 1024});
        router.add(Method::get, "/shops/{slug}", [](const Request& request) {
            return Response{.body = std::string(request.parameter("slug"))};
        });
        router.add(Method::get, "/fault",
                   [](const Request&) -> Response { throw std::runtime_error("disk full"); });
        router.add(Method::get, "/bug", [](const Request&) -> Response {
            check(false);
            return {};
        });
        router.add(Method::get, "/events", [](const Request&) {
            return Response{.content_type = "text/event-stream", .event_topic = "news"};
        });
        router.add(Method::get, "/long", [](const Request&) {
            return Response{.content_type = "text/plain", .body = std::string(8'000'000, 'x')};
        });
        router.add(Method::get, "/who", [](const Request& request) {
            return Response{.body = request.remote_address + " " + request.host};
        });
    }

    void start() {
        server = std::make_unique<Server>(config, ServerParts{.router = router,
                                                              .clock = clock,
                                                              .events = events,
                                                              .metrics = metrics,
                                                              .log = log});
    }
    std::uint16_t port() {
        if (!server) start();
        return server->port();
    }
    // What a connection gets for these bytes; 0 when it is closed without a word.
    int status_of(std::string_view bytes) {
        TestClient client(port());
        client.send(bytes);
        const auto answer = client.receive();
        return answer ? answer->status : 0;
    }

    Gate gate;
    Router router;
    SystemClock clock;
    EventHub events;
    Metrics metrics;
    AccessLog log{nullptr};
    ServerConfig config;
    std::unique_ptr<Server> server;
};

TEST_F(ServerTest, AnswersAndKeepsTheConnection) {
    TestClient client(port());
    for (int i = 0; i < 3; ++i) {
        const auto answer = client.get("/small");
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "small");
        EXPECT_EQ(answer.header("Connection"), "");
    }
    EXPECT_EQ(client.get("/inline").body, "inline");
    EXPECT_EQ(client.get("/shops/le-chat%20noir").body, "le-chat noir");
}

TEST_F(ServerTest, EveryAnswerHasTheSecurityHeaders) {
    config.behind_https = true;
    TestClient client(port());
    for (const auto* target : {"/small", "/nowhere", "/fault"}) {
        const auto answer = client.get(target);
        EXPECT_THAT(answer.header("Content-Security-Policy"),
                    ::testing::StartsWith("default-src 'none'; script-src 'self'"));
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin");
        EXPECT_EQ(answer.header("Cross-Origin-Opener-Policy"), "same-origin");
        EXPECT_THAT(answer.header("Permissions-Policy"),
                    ::testing::HasSubstr("geolocation=(self)"));
        EXPECT_THAT(answer.header("Strict-Transport-Security"), ::testing::HasSubstr("max-age="));
        EXPECT_FALSE(answer.header("X-Request-Id").empty());
    }
}

}  // namespace
}  // namespace emplettes::web
