#include "emplettes/bench_load.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <string_view>

#include "base/text.h"

namespace emplettes {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::string_view kContentLength = "content-length: ";

std::size_t body_size(const std::string& received, std::size_t head_size) {
    const std::string head = to_lower_ascii(received.substr(0, head_size));
    const auto at = head.find(kContentLength);
    if (at == std::string::npos) return 0;
    const auto begin = at + kContentLength.size();
    const auto size = parse_int(head.substr(begin, head.find('\r', begin) - begin));
    return static_cast<std::size_t>(size.value_or(0));
}

bool is_complete(const std::string& received) {
    const auto head = received.find(kHeadEnd);
    return head != std::string::npos &&
           received.size() >= head + kHeadEnd.size() + body_size(received, head);
}

// What the connections of one load share.
struct Load {
    const LoadPlan& plan;
    SteadyTime counts_from;
    SteadyTime ends_at;
    LoadResult result;

    bool is_over() const {
        if (plan.requests_max > 0 && result.asked >= plan.requests_max) return true;
        if (plan.is_over && plan.is_over()) return true;
        return std::chrono::steady_clock::now() >= ends_at;
    }
};

class Client : public std::enable_shared_from_this<Client> {
  public:
    Client(asio::io_context& io, Load& load) : socket_(io), load_(load) {}

    void connect() {
        socket_.connect({asio::ip::address_v4::loopback(), load_.plan.port});
        socket_.set_option(tcp::no_delay(true));
    }
    void ask() {
        if (load_.is_over()) return;
        request_ = load_.plan.request(load_.result.asked++);
        asked_at_ = std::chrono::steady_clock::now();
        send();
    }

  private:
    void send() {
        received_.clear();
        asio::async_write(socket_, asio::buffer(request_),
                          [self = shared_from_this()](const auto& error, std::size_t) {
                              self->receive_unless(error);
                          });
    }

    void receive_unless(const boost::system::error_code& error) {
        if (error) {
            ++load_.result.unexpected;
            return;
        }
        socket_.async_read_some(asio::buffer(chunk_),
                                [self = shared_from_this()](const auto& failed, std::size_t size) {
                                    self->take(failed, size);
                                });
    }

    void take(const boost::system::error_code& error, std::size_t size) {
        if (!error) received_.append(chunk_.data(), size);
        if (error || !is_complete(received_)) return receive_unless(error);
        const auto status = static_cast<int>(parse_int(received_.substr(9, 3)).value_or(0));
        if (status == load_.plan.again_on) {
            ++load_.result.repeated;
            return send();
        }
        count(status);
        ask();
    }

    void count(int status) {
        const auto now = std::chrono::steady_clock::now();
        if (now < load_.counts_from) return;
        ++load_.result.statuses[status];
        ++(status == load_.plan.expected_status ? load_.result.answers : load_.result.unexpected);
        load_.result.body_bytes += received_.size() - received_.find(kHeadEnd) - kHeadEnd.size();
        const auto took = std::chrono::duration_cast<std::chrono::microseconds>(now - asked_at_);
        load_.result.latencies_us.push_back(static_cast<std::uint32_t>(took.count()));
    }

    tcp::socket socket_;
    Load& load_;
    std::string request_;
    std::string received_;
    std::array<char, 64 * 1024> chunk_{};
    SteadyTime asked_at_;
};

}  // namespace

std::uint32_t LoadResult::percentile_us(double share) const {
    if (latencies_us.empty()) return 0;
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(latencies_us.size()));
    return latencies_us[std::min(rank, latencies_us.size() - 1)];
}

std::string ask_once(std::uint16_t port, const std::string& request) {
    asio::io_context io(1);
    tcp::socket socket(io);
    socket.connect({asio::ip::address_v4::loopback(), port});
    asio::write(socket, asio::buffer(request));
    std::string received;
    std::array<char, 64 * 1024> chunk{};
    while (!is_complete(received))
        received.append(chunk.data(), socket.read_some(asio::buffer(chunk)));
    return received.substr(received.find(kHeadEnd) + kHeadEnd.size());
}

LoadResult run_load(const LoadPlan& plan) {
    Load load{.plan = plan, .counts_from = {}, .ends_at = {}, .result = {}};
    asio::io_context io(1);
    std::vector<std::shared_ptr<Client>> clients;
    for (int i = 0; i < plan.connections; ++i) {
        clients.push_back(std::make_shared<Client>(io, load));
        clients.back()->connect();
    }
    load.counts_from = std::chrono::steady_clock::now() + plan.warm_up;
    load.ends_at = load.counts_from + plan.duration;
    for (const auto& client : clients) client->ask();
    io.run();
    const std::chrono::duration<double> counted =
        std::chrono::steady_clock::now() - load.counts_from;
    load.result.seconds = counted.count();
    std::sort(load.result.latencies_us.begin(), load.result.latencies_us.end());
    return std::move(load.result);
}

}  // namespace emplettes
