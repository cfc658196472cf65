#include "web/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "base/text.h"
#include "web/test_server.h"

namespace emplettes::web {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(Server, AnswersAndKeepsTheConnection) {
    TestServer server;
    TestClient client(server.port());
    for (int i = 0; i < 3; ++i) {
        const auto answer = client.get("/small");
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "small");
        EXPECT_EQ(answer.header("Connection"), "");
    }
    EXPECT_EQ(client.get("/inline").body, "inline");
    EXPECT_EQ(client.get("/shops/le-chat%20noir").body, "le-chat noir");
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    TestServer server;
    TestClient client(server.port());
    std::string all;
    for (int i = 0; i < 50; ++i)
        all += get_request(i % 2 ? "/inline" : "/shops/" + std::to_string(i));
    client.send(all);
    for (int i = 0; i < 50; ++i) {
        const auto answer = client.receive();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->body, i % 2 ? "inline" : std::to_string(i));
    }
}

TEST(Server, ReadsARequestThatComesByteByByte) {
    TestServer server;
    TestClient client(server.port());
    const std::string request =
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" + get_request("/small");
    for (const char byte : request) client.send({&byte, 1});
    EXPECT_EQ(client.receive()->body, "hello");
    EXPECT_EQ(client.receive()->body, "small");
}

TEST(Server, EveryAnswerHasTheSecurityHeaders) {
    TestServer server;
    server.config.behind_https = true;
    TestClient client(server.port());
    for (const auto* target : {"/small", "/nowhere", "/fault"}) {
        const auto answer = client.get(target);
        EXPECT_THAT(answer.header("Content-Security-Policy"),
                    StartsWith("default-src 'none'; script-src 'self'"));
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin");
        EXPECT_EQ(answer.header("Cross-Origin-Opener-Policy"), "same-origin");
        EXPECT_THAT(answer.header("Permissions-Policy"), HasSubstr("geolocation=(self)"));
        EXPECT_THAT(answer.header("Strict-Transport-Security"), HasSubstr("max-age="));
        EXPECT_FALSE(answer.header("X-Request-Id").empty());
    }
}

TEST(Server, SendsNoHstsWithoutHttps) {
    TestServer server;
    TestClient client(server.port());
    EXPECT_EQ(client.get("/small").header("Strict-Transport-Security"), "");
}

TEST(Server, AnswersHeadWithoutABody) {
    TestServer server;
    TestClient client(server.port());
    client.send("HEAD /small HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answer = client.receive(/*body_follows=*/false);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->header("Content-Length"), "5");
    EXPECT_EQ(client.get("/inline").body, "inline");  // nothing was left behind
}

TEST(Server, SaysWhatAPathTakes) {
    TestServer server;
    TestClient client(server.port());
    EXPECT_EQ(client.get("/nowhere").status, 404);
    const auto answer = client.get("/echo");
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.header("Allow"), "POST");
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(server.status_of("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"), 405);
    EXPECT_EQ(server.status_of("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"), 405);
    EXPECT_EQ(server.status_of("BREW / HTTP/1.1\r\nHost: a\r\n\r\n"), 405);
}

TEST(Server, TakesChunkedBodies) {
    TestServer server;
    TestClient client(server.port());
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n");
    EXPECT_EQ(client.receive()->body, "hello, world");
    EXPECT_EQ(client.get("/small").body, "small");
}

TEST(Server, TellsAClientToContinue) {
    TestServer server;
    TestClient client(server.port());
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    EXPECT_EQ(client.receive()->body, "ok");
}

TEST(Server, ClosesForHttp10AndWhenAsked) {
    TestServer server;
    for (const auto* request : {"GET /small HTTP/1.0\r\n\r\n",
                                "GET /small HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"}) {
        TestClient client(server.port());
        client.send(request);
        const auto answer = client.receive();
        EXPECT_EQ(answer->body, "small");
        EXPECT_EQ(answer->header("Connection"), "close");
        EXPECT_TRUE(client.is_closed());
    }
    TestClient client(server.port());
    client.send("GET /small HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(client.receive()->header("Connection"), "keep-alive");
    EXPECT_EQ(client.get("/inline").body, "inline");
}

TEST(Server, SendsALongAnswerToASlowReader) {
    TestServer server;
    TestClient client(server.port());
    EXPECT_EQ(client.get("/long").body.size(), 8'000'000U);
    EXPECT_EQ(client.get("/small").body, "small");
}

TEST(Server, TurnsExceptionsIntoAnswers) {
    TestServer server;
    TestClient client(server.port());
    const auto fault = client.get("/fault");
    EXPECT_EQ(fault.status, 500);
    EXPECT_THAT(fault.body, HasSubstr(R"("status":500)"));
    EXPECT_THAT(fault.body, ::testing::Not(HasSubstr("disk full")));
    EXPECT_EQ(client.get("/bug").status, 500);
    EXPECT_EQ(server.counted(R"(http_failures_total{kind="fault"})"), 1);
    EXPECT_EQ(server.counted(R"(http_failures_total{kind="bug"})"), 1);
    // A line break in a header would be a second answer for somebody.
    const auto split = client.get("/split");
    EXPECT_EQ(split.status, 500);
    EXPECT_EQ(split.header("Set-Cookie"), "");
}

TEST(Server, LetsTheSiteWordItsErrors) {
    TestServer server;
    server.pages.failure = [](const Request&, std::exception_ptr failure) {
        try {
            std::rethrow_exception(std::move(failure));
        } catch (const std::runtime_error& error) {
            return Response{.status = 503, .body = error.what()};
        }
    };
    server.pages.refusal = [](const Request& request, int status) {
        return Response{.status = status, .body = "no " + request.path};
    };
    TestClient client(server.port());
    EXPECT_EQ(client.get("/fault").status, 503);
    EXPECT_EQ(client.get("/nowhere").body, "no /nowhere");
    EXPECT_EQ(client.get("/bug").status, 500);  // the page itself throws
}

TEST(Server, AnswersAgainWith304) {
    TestServer server;
    TestClient client(server.port());
    const auto first = client.get("/small");
    EXPECT_EQ(first.header("Cache-Control"), "no-cache");
    const std::string etag = first.header("ETag");
    ASSERT_THAT(etag, StartsWith("W/\""));
    const auto again = client.get("/small", "If-None-Match: " + etag + "\r\n");
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.header("ETag"), etag);
    EXPECT_EQ(client.get("/inline", "If-None-Match: " + etag + "\r\n").status, 200);
}

TEST(Server, CompressesWhenAsked) {
    TestServer server;
    TestClient client(server.port());
    const auto plain = client.get("/long");
    EXPECT_EQ(plain.header("Content-Encoding"), "");
    EXPECT_EQ(plain.header("Vary"), "Accept-Encoding");
    const auto packed = client.get("/long", "Accept-Encoding: gzip, br\r\n");
    EXPECT_EQ(packed.header("Content-Encoding"), "br");
    EXPECT_LT(packed.body.size(), 10'000U);
    EXPECT_EQ(client.get("/long", "Accept-Encoding: gzip\r\n").header("Content-Encoding"), "gzip");
    EXPECT_EQ(client.get("/small", "Accept-Encoding: gzip\r\n").header("Content-Encoding"), "");
}

TEST(Server, BelievesForwardedAddressesOfTrustedProxiesOnly) {
    const std::string header = "X-Forwarded-For: 6.6.6.6, 2.2.2.2\r\n";
    {
        TestServer server;
        TestClient client(server.port());
        EXPECT_EQ(client.get("/who", header).body, "127.0.0.1 test.example");
    }
    TestServer server;
    server.config.trusted_proxies = {"127.0.0.1"};
    TestClient client(server.port());
    EXPECT_EQ(client.get("/who", header).body, "2.2.2.2 test.example");
}

// Who has waited longest: the answer to who has just asked is of more use.
TEST(Server, WhenTheQueueIsFullTheOldestIsRefused) {
    TestServer server;
    server.config.workers = 1;
    server.config.queue_max = 1;
    server.config.shield.read_patience = 1h;
    TestClient first(server.port());
    first.send(get_request("/gate"));
    server.gate.wait_for(1);
    TestClient second(server.port());
    second.send(get_request("/small"));
    TestClient third(server.port());
    while (server.counted(R"(http_now{what="in_flight"})") < 2) std::this_thread::yield();
    third.send(get_request("/small"));
    const auto refused = second.receive();
    EXPECT_EQ(refused->status, 503);
    EXPECT_GE(parse_int(refused->header("Retry-After")).value_or(0), 2);
    EXPECT_GE(server.counted(R"(http_failures_total{kind="refused"})"), 1);
    server.gate.open();
    EXPECT_EQ(first.receive()->body, "passed");
    EXPECT_EQ(third.receive()->body, "small");
}

// As when the database does not answer: whoever waits for it stands before a worker's gate.
TEST(Server, WhatWaitsForOthersLeavesWorkersForTheRest) {
    TestServer server;
    server.config.workers = 4;
    server.config.queue_max = 2;
    server.config.shield.write_patience = 1h;
    server.config.shield.read_patience = 1h;
    server.router.add({.method = Method::get,
                       .pattern = "/waits",
                       .handler =
                           [&](const Request&) {
                               server.gate.pass();
                               return Response{.body = "waited"};
                           },
                       .waits = true});
    std::vector<std::unique_ptr<TestClient>> waiting;
    for (int i = 0; i < 5; ++i) {
        waiting.push_back(std::make_unique<TestClient>(server.port()));
        waiting.back()->send(get_request("/waits"));
        server.gate.wait_for(std::min(i + 1, 3));  // the other two fill the queue
    }
    while (server.counted(R"(http_now{what="in_flight"})") < 5) std::this_thread::yield();
    EXPECT_EQ(TestClient(server.port()).get("/small").body, "small");
    TestClient late(server.port());
    late.send(get_request("/waits"));
    EXPECT_EQ(waiting[3]->receive()->status, 503);
    waiting.erase(waiting.begin() + 3);
    EXPECT_EQ(TestClient(server.port()).get("/small").body, "small");
    server.gate.open();
    for (auto& client : waiting) EXPECT_EQ(client->receive()->body, "waited");
    EXPECT_EQ(late.receive()->body, "waited");
}

TEST(Server, RefusesWhatWaitedTooLong) {
    TestServer server;
    server.config.workers = 1;
    server.config.shield.read_patience = 300ms;
    TestClient first(server.port());
    first.send(get_request("/gate"));
    server.gate.wait_for(1);
    TestClient second(server.port());
    second.send(get_request("/small"));
    while (server.counted(R"(http_now{what="in_flight"})") < 2) std::this_thread::yield();
    EXPECT_EQ(second.receive()->status, 503);  // it hears it before anybody has time for it
    server.gate.open();
    EXPECT_EQ(first.receive()->status, 200);  // it had begun
}

TEST(Server, FinishesAcceptedRequestsBeforeItStops) {
    TestServer server;
    server.config.workers = 1;
    TestClient slow(server.port());
    TestClient queued(server.port());
    TestClient idle(server.port());
    TestClient reader(server.port());
    EXPECT_EQ(idle.get("/inline").status, 200);
    reader.send(get_request("/events"));
    EXPECT_NE(reader.receive_until("event: hello\ndata: 1\n\n"), "");
    slow.send(get_request("/gate"));
    server.gate.wait_for(1);
    queued.send(get_request("/small"));
    while (server.counted(R"(http_now{what="in_flight"})") < 2) std::this_thread::yield();

    std::thread stopping([&] { server.server->stop(); });
    EXPECT_TRUE(idle.is_closed());
    EXPECT_TRUE(reader.is_closed());
    server.gate.open();
    const auto answer = slow.receive();
    EXPECT_EQ(answer->body, "passed");
    EXPECT_EQ(answer->header("Connection"), "close");
    EXPECT_EQ(queued.receive()->body, "small");
    stopping.join();
    EXPECT_EQ(server.counted(R"(http_now{what="connections"})"), 0);
}

TEST(Server, SaysThatThePortIsTaken) {
    TestServer first;
    TestServer second;
    second.config.port = first.port();
    try {
        second.port();
        FAIL() << "two servers on one port";
    } catch (const std::runtime_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("Port " + std::to_string(first.port())));
        EXPECT_THAT(error.what(), HasSubstr("--port"));
    }
}

TEST(Server, SendsEventsToThoseWhoListen) {
    TestServer server;
    TestClient one(server.port());
    TestClient two(server.port());
    for (auto* client : {&one, &two}) {
        client->send(get_request("/events"));
        const std::string head = client->receive_until("\r\n\r\n");
        EXPECT_THAT(head, HasSubstr("Content-Type: text/event-stream"));
        EXPECT_THAT(head, ::testing::Not(HasSubstr("Content-Length")));
        EXPECT_EQ(client->receive_until("\n\n"), "event: hello\ndata: 1\n\n");
    }
    server.events.publish("other", "status", "none of their business");
    server.events.publish("news", "status", "ready\nat noon");
    for (auto* client : {&one, &two})
        EXPECT_EQ(client->receive_until("\n\n"), "event: status\ndata: ready\ndata: at noon\n\n");
}

TEST(Server, KeepsEventStreamsAliveAndDropsSlowReaders) {
    TestServer server;
    server.config.heartbeat = 50ms;
    server.config.event_queue_max = 8;
    TestClient client(server.port());
    client.send(get_request("/events"));
    EXPECT_NE(client.receive_until(": still here\n\n"), "");
    // More than the sockets' buffers hold, to one that does not read.
    TestClient sleeper(server.port());
    sleeper.send(get_request("/events"));
    EXPECT_NE(sleeper.receive_until("data: 1\n\n"), "");
    const std::string big(100'000, 'x');
    while (server.counted(R"(http_now{what="connections"})") > 1) {
        server.events.publish("news", "big", big);
        client.receive_until("event: big");
    }
}

TEST(Server, LimitsEventStreams) {
    TestServer server;
    server.config.event_streams_max = 1;
    TestClient first(server.port());
    first.send(get_request("/events"));
    EXPECT_NE(first.receive_until("data: 1\n\n"), "");
    EXPECT_EQ(server.status_of(get_request("/events")), 503);
}

TEST(Server, CountsRequestsByRoute) {
    TestServer server;
    TestClient client(server.port());
    client.get("/shops/a");
    client.get("/shops/b");
    client.get("/nowhere");
    client.get("/small");  // counted when sent, so the three before are
    EXPECT_EQ(
        server.counted(R"(http_requests_total{method="GET",route="/shops/{slug}",status="2xx"})"),
        2);
    EXPECT_EQ(server.counted(R"(http_requests_total{method="",route="none",status="4xx"})"), 1);
    EXPECT_THAT(server.metrics.response().body, HasSubstr("http_request_seconds_bucket"));
}

}  // namespace
}  // namespace emplettes::web
