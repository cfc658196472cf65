#pragma once
#include <functional>
#include <string>
#include <thread>

namespace emplettes::scenario {

// Answers raw bytes with raw bytes, one connection after the other, on a free port of 127.0.0.1:
// so that the player's own tests need no part of the product.
class LoopbackServer {
  public:
    using Answer = std::function<std::string(const std::string& request)>;

    explicit LoopbackServer(Answer answer);
    ~LoopbackServer();
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    std::string base_url() const;

  private:
    void serve();
    void serve_connection(int connection);

    Answer answer_;
    int listener_ = -1;
    int port_ = 0;
    std::thread thread_;
};

}  // namespace emplettes::scenario
