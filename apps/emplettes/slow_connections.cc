#include "emplettes/slow_connections.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <thread>

namespace emplettes {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::steady_clock;

constexpr std::string_view kBegun = "GET /fr/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
constexpr std::string_view kWhole =
    "GET /fr/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
constexpr double kByteEveryS = 5;
constexpr std::chrono::milliseconds kPersonEvery{200};

tcp::socket open_from(asio::io_context& io, const std::string& address, std::uint16_t port) {
    tcp::socket socket(io, tcp::v4());
    error_code error;
    socket.bind({asio::ip::make_address(address), 0}, error);
    if (!error) socket.connect({asio::ip::address_v4::loopback(), port}, error);
    if (error) socket.close(error);
    return socket;
}

// Whether the other side has closed; what it said is thrown away.
bool is_gone(tcp::socket& socket) {
    if (!socket.is_open()) return true;
    std::array<char, 4096> chunk;
    error_code error;
    socket.non_blocking(true, error);
    socket.read_some(asio::buffer(chunk), error);
    return error && error != asio::error::would_block;
}

class SlowCrowd {
  public:
    SlowCrowd(asio::io_context& io, const SlowPlan& plan) : io_(io), plan_(plan) {}

    void open_all() {
        for (int i = 0; i < plan_.connections; ++i) sockets_.push_back(open(i));
    }
    // A part of the crowd sends its byte, so that all have in five seconds.
    void step(double seconds) {
        due_ += seconds / kByteEveryS * plan_.connections;
        for (; due_ >= 1; due_ -= 1) {
            const int which = next_++ % plan_.connections;
            tcp::socket& socket = sockets_[static_cast<std::size_t>(which)];
            if (is_gone(socket)) socket = open(which);
            send(socket, "x");
        }
    }
    int opened() const { return opened_; }
    int still_open() {
        return static_cast<int>(std::count_if(sockets_.begin(), sockets_.end(),
                                              [](tcp::socket& one) { return !is_gone(one); }));
    }

  private:
    tcp::socket open(int which) {
        const auto at = static_cast<std::size_t>(which) % plan_.addresses.size();
        tcp::socket socket = open_from(io_, plan_.addresses[at], plan_.port);
        if (socket.is_open()) ++opened_;
        send(socket, kBegun);
        return socket;
    }
    static void send(tcp::socket& socket, std::string_view bytes) {
        if (!socket.is_open()) return;
        error_code ignored;
        socket.write_some(asio::buffer(bytes), ignored);
    }

    asio::io_context& io_;
    const SlowPlan& plan_;
    std::vector<tcp::socket> sockets_;
    int opened_ = 0;
    int next_ = 0;
    double due_ = 0;
};

void visit(asio::io_context& io, std::uint16_t port, SlowResult& result) {
    const auto began = steady_clock::now();
    ++result.asked;
    try {
        tcp::socket socket = open_from(io, "127.200.1.1", port);
        asio::write(socket, asio::buffer(kWhole));
        std::array<char, 4096> chunk;
        const std::size_t size = socket.read_some(asio::buffer(chunk));
        const std::string_view start(chunk.data(), size);
        result.served += start.starts_with("HTTP/1.1 200");
    } catch (const boost::system::system_error&) {
        return;  // not served
    }
    const std::chrono::duration<double, std::milli> took = steady_clock::now() - began;
    result.took_ms_max = std::max(result.took_ms_max, took.count());
}

}  // namespace

SlowResult run_slow_connections(const SlowPlan& plan) {
    asio::io_context io(1);
    SlowResult result;
    visit(io, plan.port, result);  // the first answer is made, not yet counted
    result = {};
    SlowCrowd crowd(io, plan);
    crowd.open_all();
    const auto ends = steady_clock::now() + std::chrono::duration<double>(plan.seconds);
    while (steady_clock::now() < ends) {
        const auto began = steady_clock::now();
        visit(io, plan.port, result);
        std::this_thread::sleep_for(kPersonEvery);
        crowd.step(std::chrono::duration<double>(steady_clock::now() - began).count());
    }
    result.opened = crowd.opened();
    result.still_open = crowd.still_open();
    return result;
}

}  // namespace emplettes
