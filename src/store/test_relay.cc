#include "store/test_relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace emplettes::store {
namespace {

constexpr int kLookEveryMs = 5;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

// False at the end of the connection.
bool copy_some(int from, int to, bool is_lost) {
    std::array<char, 65536> bytes{};
    const ssize_t count = recv(from, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count < 0) return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    if (count == 0) return false;
    if (is_lost) return true;
    for (ssize_t sent = 0; sent < count;) {
        const ssize_t more =
            send(to, bytes.data() + sent, static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
        if (more <= 0) return false;
        sent += more;
    }
    return true;
}

}  // namespace

TestRelay::TestRelay(std::uint16_t server_port) : server_port_(server_port) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        listen(listener_, SOMAXCONN) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("the relay cannot listen");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { work(); });
}

TestRelay::~TestRelay() {
    is_stopping_ = true;
    thread_.join();
    for (const Pair& pair : pairs_) close_pair(pair);
    close(listener_);
}

void TestRelay::work() {
    while (!is_stopping_) {
        std::vector<pollfd> watched{{listener_, POLLIN, 0}};
        if (!is_frozen_)
            for (const Pair& pair : pairs_)
                for (const int end : {pair.program, pair.server})
                    watched.push_back({end, POLLIN, 0});
        poll(watched.data(), watched.size(), kLookEveryMs);
        if ((watched[0].revents & POLLIN) != 0) accept_one();
        if (is_frozen_) continue;
        std::erase_if(pairs_, [this](const Pair& pair) {
            if (pass_on(pair)) return false;
            close_pair(pair);
            return true;
        });
    }
}

void TestRelay::accept_one() {
    const int program = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(server_port_);
    const Pair pair{next_number_++, program, server};
    if (connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        pairs_.push_back(pair);
    else
        close_pair(pair);
}

bool TestRelay::pass_on(const Pair& pair) {
    if (pair.number < cut_below_) return false;
    return copy_some(pair.program, pair.server, false) &&
           copy_some(pair.server, pair.program, pair.number < losing_below_);
}

void TestRelay::close_pair(const Pair& pair) {
    close(pair.program);
    close(pair.server);
}

}  // namespace emplettes::store
