// What the server does not take: malformed, too long, too slow, too many.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "web/test_server.h"

namespace emplettes::web {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kHost = "Host: a\r\n";

std::string post(std::string_view headers, std::string_view body) {
    return "POST /echo HTTP/1.1\r\n" + std::string(kHost) + std::string(headers) + "\r\n" +
           std::string(body);
}

struct Malformed {
    const char* what;
    std::string bytes;
    int status;
};

std::vector<Malformed> malformed_requests() {
    const std::string chunked = "Transfer-Encoding: chunked\r\n";
    return {
        {"no sense", "hello\r\n\r\n", 400},
        {"binary", std::string("\x16\x03\x01\x02\x00\x01\r\n\r\n", 10), 400},
        {"no host", "GET /small HTTP/1.1\r\n\r\n", 400},
        {"two hosts", "GET /small HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"bad host", "GET /small HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        {"HTTP/2.0", "GET /small HTTP/2.0\r\nHost: a\r\n\r\n", 505},
        {"HTTP/1.2", "GET /small HTTP/1.2\r\nHost: a\r\n\r\n", 505},
        {"bare line feeds", "GET /small HTTP/1.1\nHost: a\n\r\n\r\n", 400},
        {"space before colon", "GET /small HTTP/1.1\r\nHost : a\r\n\r\n", 400},
        {"folded line", "GET /small HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n", 400},
        {"folded by a tab", "GET /small HTTP/1.1\r\nHost: a\r\nX: 1\r\n\t2\r\n\r\n", 400},
        {"NUL in header", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(1, '\0') + "\r\n\r\n",
         400},
        {"length and chunked", post("Content-Length: 4\r\n" + chunked, "0\r\n\r\n"), 400},
        {"chunked and length", post(chunked + "Content-Length: 4\r\n", "0\r\n\r\n"), 400},
        {"two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "abc"), 400},
        {"two equal lengths", post("Content-Length: 2\r\nContent-Length: 2\r\n", "ab"), 400},
        {"list of lengths", post("Content-Length: 2, 2\r\n", "ab"), 400},
        {"negative length", post("Content-Length: -1\r\n", ""), 400},
        {"signed length", post("Content-Length: +2\r\n", "ab"), 400},
        {"length beyond 64 bits", post("Content-Length: 99999999999999999999\r\n", ""), 400},
        {"xchunked", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501},
        {"chunked with tab", post("Transfer-Encoding: chunked\t\r\n", "0\r\n\r\n"), 400},
        {"gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
        {"chunked twice", post(chunked + chunked, "0\r\n\r\n"), 400},
        {"chunk extension", post(chunked, "2;a=b\r\nab\r\n0\r\n\r\n"), 400},
        {"line feed in extension", post(chunked, "2;a\nb\r\nab\r\n0\r\n\r\n"), 400},
        {"chunk ended by line feed", post(chunked, "2\nab\r\n0\r\n\r\n"), 400},
        {"chunk size beyond 64 bits", post(chunked, "fffffffffffffffff\r\nab"), 400},
        {"no chunk size", post(chunked, "\r\nab\r\n"), 400},
        {"trailer", post(chunked, "0\r\nX: 1\r\n\r\n"), 400},
        {"chunked in HTTP/1.0",
         "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"unknown expectation", post("Content-Length: 2\r\nExpect: cake\r\n", ""), 417},
        {"up the tree", get_request("/shops/../small"), 400},
        {"up the tree, encoded", get_request("/shops/%2e%2E/small"), 400},
        {"encoded slash", get_request("/shops/a%2Fb"), 400},
        {"NUL", get_request("/shops/a%00b"), 400},
        {"not UTF-8", get_request("/shops/%C3%28"), 400},
        {"half an escape", get_request("/shops/a%4"), 400},
        {"no path", get_request("small"), 400},
        {"fragment", get_request("/small#a"), 400},
        {"bad query", get_request("/small?a=%FF"), 400},
    };
}

TEST(Refusal, MalformedRequests) {
    TestServer server;
    for (const auto& [what, bytes, status] : malformed_requests())
        EXPECT_EQ(server.status_of(bytes), status) << what;
    EXPECT_EQ(server.status_of(get_request("/small")), 200);
}

TEST(Refusal, UnderstandsWhatIsRareButRight) {
    TestServer server;
    TestClient client(server.port());
    client.send("GET http://Other.Example:80/who HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive()->body, "127.0.0.1 other.example");
    EXPECT_EQ(client.get("/shops/a+b%2Bc").body, "a+b+c");
    EXPECT_EQ(client.get("/shops/%C3%A9").body, "é");
    EXPECT_EQ(client.get("/Small").status, 404);
}

TEST(Refusal, TooLong) {
    TestServer server;
    const std::string long_text(3'000, 'a');
    EXPECT_EQ(server.status_of(get_request("/shops/" + long_text)), 414);
    EXPECT_EQ(server.status_of(get_request("/" + std::string(20'000, 'a'))), 414);
    std::string headers;
    for (int i = 0; i < 4; ++i) headers += "X" + std::to_string(i) + ": " + long_text + "\r\n";
    EXPECT_EQ(server.status_of("GET / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n"), 431);
    EXPECT_EQ(server.status_of("GET / HTTP/1.1\r\nHost: a\r\n" + headers), 431);
    std::string many;
    for (int i = 0; i < 70; ++i) many += "X: 1\r\n";
    EXPECT_EQ(server.status_of("GET / HTTP/1.1\r\nHost: a\r\n" + many + "\r\n"), 431);
}

TEST(Refusal, BodiesBeyondTheLimitOfTheRoute) {
    TestServer server;
    const std::size_t limit = server.config.body_bytes_max;
    const auto announced = [](std::size_t size) {
        return post("Content-Length: " + std::to_string(size) + "\r\n", std::string(size, 'x'));
    };
    EXPECT_EQ(server.status_of(announced(limit)), 200);
    EXPECT_EQ(server.status_of(announced(limit + 1)), 413);
    EXPECT_EQ(server.status_of(post("Content-Length: 999999999999\r\n", "")), 413);
    // The same when it comes in parts, without its length.
    std::string chunks;
    for (std::size_t sent = 0; sent <= limit; sent += 0x1000)
        chunks += "1000\r\n" + std::string(0x1000, 'x') + "\r\n";
    EXPECT_EQ(server.status_of(post("Transfer-Encoding: chunked\r\n", chunks + "0\r\n\r\n")), 413);
    TestClient client(server.port());
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" +
                std::string(3'000'000, 'x'));
    EXPECT_EQ(client.receive()->body, "3000000");
}

TEST(Refusal, NoContinueForABodyThatIsNotWanted) {
    TestServer server;
    EXPECT_EQ(server.status_of(post("Content-Length: 99999999\r\nExpect: 100-continue\r\n", "")),
              413);
    EXPECT_EQ(server.status_of("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n"
                               "Expect: 100-continue\r\n\r\n"),
              404);
}

TEST(Refusal, AnswerArrivesThoughTheClientStillSends) {
    TestServer server;
    TestClient client(server.port());
    client.send(post("Content-Length: 200000\r\n", std::string(200'000, 'x')));
    const auto answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 413);
    EXPECT_EQ(answer->header("Connection"), "close");
}

TEST(Refusal, SlowHeadsAndBodies) {
    TestServer server;
    server.config.head_deadline = 150ms;
    server.config.body_deadline = 150ms;
    EXPECT_EQ(server.status_of("GET /small HTTP/1.1\r\nHost:"), 408);
    EXPECT_EQ(server.status_of(post("Content-Length: 5\r\n", "hel")), 408);
    EXPECT_EQ(server.status_of(""), 0);  // nothing asked, nothing said
}

TEST(Refusal, TricklingDoesNotHelp) {
    TestServer server;
    server.config.head_deadline = 200ms;
    TestClient client(server.port());
    client.send("GET /small HTTP/1.1\r\nHost: a\r\n");
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begin < 10s) {
        client.send("X: 1\r\n");
        std::this_thread::sleep_for(20ms);  // slowly, or the head would be too long first
        if (server.counted(R"(http_requests_total{method="",route="none",status="4xx"})") == 1)
            break;
    }
    EXPECT_EQ(client.receive()->status, 408);
}

TEST(Refusal, IdleConnectionsAreClosed) {
    TestServer server;
    server.config.idle_deadline = 100ms;
    TestClient client(server.port());
    EXPECT_EQ(client.get("/small").status, 200);
    EXPECT_TRUE(client.is_closed());
}

TEST(Refusal, ReadersWhoDoNotRead) {
    TestServer server;
    server.config.write_deadline = 100ms;
    server.config.write_bytes_per_s_min = 1'000'000'000;
    TestClient client(server.port());
    client.send(get_request("/long"));
    const auto wait_for_connections = [&](int open) {
        while (server.counted(R"(http_now{what="connections"})") != open) std::this_thread::yield();
    };
    wait_for_connections(1);
    wait_for_connections(0);
    EXPECT_FALSE(client.receive());
}

TEST(Refusal, TooManyConnectionsOfOneAddress) {
    TestServer server;
    server.config.connections_per_address_max = 2;
    TestClient first(server.port());
    TestClient second(server.port());
    EXPECT_EQ(first.get("/small").status, 200);
    EXPECT_EQ(second.get("/small").status, 200);
    EXPECT_EQ(TestClient(server.port()).receive()->status, 503);
    EXPECT_EQ(first.get("/small").status, 200);
}

TEST(Refusal, TheLongestIdleConnectionMakesRoom) {
    TestServer server;
    server.config.connections_max = 2;
    TestClient first(server.port());
    EXPECT_EQ(first.get("/small").status, 200);
    TestClient busy(server.port());
    busy.send(get_request("/gate"));
    server.gate.wait_for(1);
    TestClient third(server.port());
    EXPECT_EQ(third.get("/small").status, 200);
    EXPECT_TRUE(first.is_closed());
    server.gate.open();
    EXPECT_EQ(busy.receive()->body, "passed");
}

}  // namespace
}  // namespace emplettes::web
