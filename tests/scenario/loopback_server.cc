#include "scenario/loopback_server.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "base/check.h"
#include "base/text.h"

namespace emplettes::scenario {
namespace {

constexpr std::string_view kEndOfHead = "\r\n\r\n";

// The size that head and body will have together; 0 while the head is not complete.
std::size_t size_of_request(const std::string& bytes) {
    const auto end = bytes.find(kEndOfHead);
    if (end == std::string::npos) return 0;
    constexpr std::string_view kLength = "content-length: ";
    const auto head = to_lower_ascii(bytes.substr(0, end + 2));
    const auto at = head.find(kLength);
    if (at == std::string::npos) return end + kEndOfHead.size();
    const auto value = at + kLength.size();
    const auto length = parse_int(head.substr(value, head.find('\r', value) - value));
    check(length.has_value());
    return end + kEndOfHead.size() + static_cast<std::size_t>(*length);
}

}  // namespace

LoopbackServer::LoopbackServer(Answer answer)
    : answer_(std::move(answer)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    check(::bind(listener_, raw, size) == 0 && ::listen(listener_, 8) == 0);
    check(::getsockname(listener_, raw, &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

LoopbackServer::~LoopbackServer() {
    ::shutdown(listener_, SHUT_RDWR);  // ends accept(); a connection ends with its client
    thread_.join();
    ::close(listener_);
}

std::string LoopbackServer::base_url() const { return "http://127.0.0.1:" + std::to_string(port_); }

void LoopbackServer::serve() {
    for (int connection = 0; (connection = ::accept(listener_, nullptr, nullptr)) >= 0;) {
        serve_connection(connection);
        ::close(connection);
    }
}

void LoopbackServer::serve_connection(int connection) {
    std::string request;
    std::array<char, 4096> buffer{};
    for (ssize_t count = 0; (count = ::recv(connection, buffer.data(), buffer.size(), 0)) > 0;) {
        request.append(buffer.data(), static_cast<std::size_t>(count));
        const auto size = size_of_request(request);
        if (size == 0 || request.size() < size) continue;
        const auto answer = answer_(request);
        check(::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL) > 0);
        request.clear();
    }
}

}  // namespace emplettes::scenario
