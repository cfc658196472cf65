#pragma once
#include <atomic>
#include <cstdint>
#include <list>
#include <string>
#include <thread>

namespace emplettes::store {

// Stands between a program and a server on this machine and passes on what they say, until told
// otherwise: a server that is frozen, a network that loses an answer.
class TestRelay {
  public:
    explicit TestRelay(std::uint16_t server_port);
    ~TestRelay();
    TestRelay(const TestRelay&) = delete;
    TestRelay& operator=(const TestRelay&) = delete;

    std::uint16_t port() const { return port_; }
    // Nothing passes any more, on connections that are there and on new ones; they stay open.
    void freeze() { is_frozen_ = true; }
    void thaw() { is_frozen_ = false; }
    // Of the connections that are there, what the server says from here on is lost; what it is
    // told arrives.
    void lose_answers() { losing_below_ = next_number_.load(); }
    // Hangs up on everybody who is connected.
    void cut() { cut_below_ = next_number_.load(); }

  private:
    struct Pair {
        std::int64_t number;
        int program;
        int server;
    };

    void work();
    void accept_one();
    bool pass_on(const Pair& pair);
    void close_pair(const Pair& pair);

    const std::uint16_t server_port_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::list<Pair> pairs_;  // of the thread alone
    std::atomic<bool> is_frozen_{false};
    std::atomic<bool> is_stopping_{false};
    std::atomic<std::int64_t> next_number_{1};
    std::atomic<std::int64_t> losing_below_{0};
    std::atomic<std::int64_t> cut_below_{0};
    std::thread thread_;
};

}  // namespace emplettes::store
