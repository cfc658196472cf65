#include "emplettes/flood_load.h"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <deque>
#include <memory>
#include <random>

#include "base/text.h"

namespace emplettes {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using FloodTime = std::chrono::steady_clock::time_point;

constexpr std::size_t kStatusLineBytes = 12;  // "HTTP/1.1 200"
constexpr std::chrono::milliseconds kLookEvery{5};

// Leaves the port open until the connection is made: else each address has 28,000 for all.
using BindNoPort = asio::detail::socket_option::boolean<IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT>;

class Asking : public std::enable_shared_from_this<Asking> {
  public:
    Asking(asio::io_context& io, std::function<void(int)> done)
        : socket_(io), done_(std::move(done)) {}

    void begin(const std::string& from, std::uint16_t port, std::string request) {
        request_ = std::move(request);
        error_code error;
        socket_.open(tcp::v4(), error);
        socket_.set_option(BindNoPort(true), error);
        socket_.bind({asio::ip::make_address(from), 0}, error);
        if (error) return end(0);
        socket_.async_connect({asio::ip::address_v4::loopback(), port},
                              [self = shared_from_this()](error_code failed) {
                                  failed ? self->end(0) : self->send();
                              });
    }
    void end(int status) {
        if (!done_) return;
        const auto done = std::exchange(done_, nullptr);
        error_code ignored;
        socket_.close(ignored);
        done(status);
    }

  private:
    void send() {
        asio::async_write(socket_, asio::buffer(request_),
                          [self = shared_from_this()](error_code error, std::size_t) {
                              error ? self->end(0) : self->receive();
                          });
    }
    void receive() {
        socket_.async_read_some(asio::buffer(chunk_),
                                [self = shared_from_this()](error_code error, std::size_t size) {
                                    if (error) return self->end(0);
                                    self->received_.append(self->chunk_.data(), size);
                                    self->look();
                                });
    }
    void look() {
        if (received_.size() < kStatusLineBytes) return receive();
        end(static_cast<int>(parse_int(received_.substr(9, 3)).value_or(0)));
    }

    tcp::socket socket_;
    std::function<void(int)> done_;
    std::string request_;
    std::string received_;
    std::array<char, 2048> chunk_{};
};

class Flood {
  public:
    explicit Flood(const FloodPlan& plan)
        : plan_(plan), timer_(io_), chance_(plan.seed), began_(std::chrono::steady_clock::now()) {
        for (const Population& population : plan.populations)
            next_s_.push_back(population.from_s + gap(population));
        asked_.resize(plan.populations.size());
    }

    FloodResult run() {
        look();
        io_.run();
        return std::move(result_);
    }

  private:
    double gap(const Population& population) {
        return std::exponential_distribution<double>(population.per_s)(chance_);
    }
    double now_s() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
    }

    void look() {
        const double now = now_s();
        bool is_over = true;
        for (std::size_t p = 0; p < next_s_.size(); ++p) {
            const Population& population = plan_.populations[p];
            for (; next_s_[p] <= now && next_s_[p] < population.to_s; next_s_[p] += gap(population))
                ask(p, next_s_[p]);
            is_over = is_over && next_s_[p] >= population.to_s;
        }
        end_patience();
        if (is_over && waiting_.empty()) return;
        timer_.expires_after(kLookEvery);
        timer_.async_wait([this](error_code) { look(); });
    }

    void end_patience() {
        const auto now = std::chrono::steady_clock::now();
        while (!waiting_.empty() && waiting_.front().until <= now) {
            if (const auto asking = waiting_.front().asking.lock()) asking->end(0);
            waiting_.pop_front();
        }
    }

    // What a late timer delays counts, too: the moment is that at which they wanted to ask.
    void ask(std::size_t p, double at_s) {
        const Population& population = plan_.populations[p];
        const auto asking = std::make_shared<Asking>(io_, [this, &population, at_s](int status) {
            result_.add(population.name,
                        {.at_s = at_s, .status = status, .took_ms = (now_s() - at_s) * 1'000});
        });
        waiting_.push_back(
            {.until = std::chrono::steady_clock::now() + plan_.patience, .asking = asking});
        const std::size_t from = static_cast<std::size_t>(chance_() % population.addresses.size());
        asking->begin(population.addresses[from], plan_.port, population.request(asked_[p]++));
    }

    struct Waiting {
        FloodTime until;
        std::weak_ptr<Asking> asking;
    };

    const FloodPlan& plan_;
    asio::io_context io_{1};
    asio::steady_timer timer_;
    std::mt19937_64 chance_;
    FloodTime began_;
    std::vector<double> next_s_;
    std::vector<std::uint64_t> asked_;
    std::deque<Waiting> waiting_;
    FloodResult result_;
};

}  // namespace

double Served::percent() const {
    return asked == 0 ? 100 : 100.0 * static_cast<double>(served) / static_cast<double>(asked);
}

Served FloodResult::of(const Population& population, double from_s, double to_s) const {
    Served served;
    std::vector<double> took_ms;
    const auto found = outcomes_.find(population.name);
    if (found == outcomes_.end()) return served;
    for (const FloodOutcome& outcome : found->second) {
        if (outcome.at_s < from_s || outcome.at_s >= to_s) continue;
        ++served.asked;
        served.refused += outcome.status == 429 || outcome.status == 503;
        if (outcome.status == population.wanted) took_ms.push_back(outcome.took_ms);
    }
    served.served = took_ms.size();
    if (took_ms.empty()) return served;
    std::sort(took_ms.begin(), took_ms.end());
    served.p50_ms = took_ms[took_ms.size() / 2];
    served.p99_ms = took_ms[std::min(took_ms.size() - 1, took_ms.size() * 99 / 100)];
    return served;
}

FloodResult run_flood(const FloodPlan& plan) { return Flood(plan).run(); }

std::vector<std::string> addresses_in(const std::string& prefix, int first, int count) {
    std::vector<std::string> addresses;
    for (int i = first; i < first + count; ++i) addresses.push_back(prefix + std::to_string(i));
    return addresses;
}

}  // namespace emplettes
