#pragma once
// For tests: a server on a free port with a few handlers that show what the server does.
#include <atomic>
#include <future>
#include <memory>

#include "web/server.h"
#include "web/shield/shield.h"
#include "web/test_client.h"

namespace emplettes::web {

// Holds requests in their handler until it is opened.
class Gate {
  public:
    void pass();
    void wait_for(int waiting) const;  // until so many stand before it
    void open() { opened_by_.set_value(); }

  private:
    std::promise<void> opened_by_;
    std::shared_future<void> opened_{opened_by_.get_future()};
    std::atomic<int> waiting_{0};
};

// Starts when its port is first asked for: change `config` and `router` before.
class TestServer {
  public:
    TestServer();

    std::uint16_t port();
    // The status that these bytes get on a new connection; 0 when it is closed without a word.
    int status_of(std::string_view bytes);
    double counted(std::string_view series);  // the value of a line of /metrics

    Gate gate;
    Router router;
    SystemClock clock;
    EventHub events;
    Metrics metrics;
    AccessLog log{nullptr};
    ErrorPages pages = ErrorPages::problems();
    ServerConfig config;
    SystemRandom random;
    std::unique_ptr<Shield> shield;
    std::unique_ptr<Server> server;
};

std::string get_request(std::string_view target);  // GET target, with a Host

}  // namespace emplettes::web
