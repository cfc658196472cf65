#include "web/request_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace emplettes::web {
namespace {

using State = RequestParser::State;

// Feeds `bytes` in pieces of the given sizes (the last one again and again).
void feed_in_pieces(RequestParser& parser, std::string_view bytes,
                    const std::vector<std::size_t>& sizes) {
    std::string waiting;
    std::size_t piece = 0;
    while (!bytes.empty()) {
        const std::size_t size = std::min(sizes[std::min(piece++, sizes.size() - 1)], bytes.size());
        waiting += bytes.substr(0, size);
        bytes.remove_prefix(size);
        for (State before = State::complete; before != parser.state();) {
            before = parser.state();
            waiting.erase(0, parser.feed(waiting));
            if (before == State::head && parser.state() == State::body) parser.limit_body(1'000);
        }
    }
}

constexpr std::string_view kRequest =
    "POST /a%20b?q=th%C3%A9&near=rue+Condorcet HTTP/1.1\r\nHost: Shop.Example:8080\r\n"
    "Accept: text/html\r\nCookie: a=1\r\nAccept: */*\r\nCookie: b=2\r\n"
    "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n";

RC_GTEST_PROP(RequestParser, ReadsTheSameInAnyPieces, ()) {
    const auto sizes = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 60)));
    RequestParser parser{ParserLimits{}};
    feed_in_pieces(parser, kRequest, sizes);
    RC_ASSERT(parser.state() == State::complete);
    const Request& request = parser.request();
    RC_ASSERT(request.method == Method::post);
    RC_ASSERT(request.path == "/a b");
    RC_ASSERT(request.query.get("q") == "thé");
    RC_ASSERT(request.query.get("near") == "rue Condorcet");
    RC_ASSERT(request.host == "shop.example");
    RC_ASSERT(request.header("accept") == "text/html, */*");
    RC_ASSERT(request.header("cookie") == "a=1; b=2");
    RC_ASSERT(request.body == "abc0123456789");
    RC_ASSERT(parser.keep_alive());
}

TEST(RequestParser, ReadsAnEmptyChunkedBodyByteByByte) {
    RequestParser parser{ParserLimits{}};
    feed_in_pieces(
        parser, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {1});
    EXPECT_EQ(parser.state(), State::complete);
    EXPECT_EQ(parser.request().body, "");
}

TEST(RequestParser, LeavesTheNextRequestAlone) {
    const std::string one = "GET /one HTTP/1.1\r\nHost: a\r\n\r\n";
    RequestParser parser{ParserLimits{}};
    EXPECT_EQ(parser.feed(one + "GET /two"), one.size());
    EXPECT_EQ(parser.state(), State::complete);
    EXPECT_EQ(parser.feed("GET /two"), 0U);
    parser.reset();
    EXPECT_EQ(parser.feed("GET /two HTTP/1.1\r\nHost: a\r\n\r\n"), 30U);
    EXPECT_EQ(parser.request().path, "/two");
}

TEST(RequestParser, StopsAtTheEndOfTheHead) {
    RequestParser parser{ParserLimits{}};
    const std::string_view bytes = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    EXPECT_EQ(parser.feed(bytes), bytes.size() - 3);
    EXPECT_EQ(parser.state(), State::body);
    parser.limit_body(2);
    EXPECT_EQ(parser.state(), State::refused);
    EXPECT_EQ(parser.refusal(), 413);
}

TEST(RequestParser, DoesNotWaitForEverForAChunk) {
    RequestParser parser{ParserLimits{}};
    feed_in_pieces(
        parser,
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(200, '0'),
        {1});
    EXPECT_EQ(parser.refusal(), 400);
}

}  // namespace
}  // namespace emplettes::web
