#include "web/test_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/text.h"

namespace emplettes::web {
namespace {

constexpr int kTimeoutS = 10;

}  // namespace

TestClient::TestClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    const timeval timeout{.tv_sec = kTimeoutS, .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
}

TestClient::~TestClient() { ::close(socket_); }

void TestClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return;  // the server has closed: the test sees it by what it receives
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

bool TestClient::fill() {
    char buffer[16 * 1024];
    const auto count = ::recv(socket_, buffer, sizeof buffer, 0);
    if (count <= 0) return false;
    received_.append(buffer, static_cast<std::size_t>(count));
    return true;
}

std::string TestClient::receive_until(std::string_view text) {
    std::size_t at = received_.find(text);
    while (at == std::string::npos) {
        if (!fill()) return {};
        at = received_.find(text);
    }
    std::string result = received_.substr(0, at + text.size());
    received_.erase(0, at + text.size());
    return result;
}

std::optional<TestClient::Answer> TestClient::receive(bool body_follows) {
    Answer answer;
    answer.head = receive_until("\r\n\r\n");
    if (answer.head.empty()) return std::nullopt;
    answer.status = static_cast<int>(parse_int(answer.head.substr(9, 3)).value_or(0));
    const auto length =
        static_cast<std::size_t>(parse_int(answer.header("Content-Length")).value_or(0));
    if (!body_follows || answer.status == 304) return answer;
    while (received_.size() < length) {
        if (!fill()) return std::nullopt;
    }
    answer.body = received_.substr(0, length);
    received_.erase(0, length);
    return answer;
}

std::string TestClient::Answer::header(std::string_view name) const {
    for (const auto line : split(head, '\n')) {
        if (starts_with_ignoring_case(line, name) && line.substr(name.size()).starts_with(':'))
            return std::string(trim(line.substr(name.size() + 1)));
    }
    return {};
}

bool TestClient::is_closed() {
    char byte;
    received_.clear();
    ssize_t got = 0;
    do {
        got = ::recv(socket_, &byte, 1, 0);
    } while (got > 0);
    return got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

TestClient::Answer TestClient::get(std::string_view target, std::string_view more_headers) {
    send("GET " + std::string(target) + " HTTP/1.1\r\nHost: test.example\r\n" +
         std::string(more_headers) + "\r\n");
    return receive().value_or(Answer{});
}

}  // namespace emplettes::web
