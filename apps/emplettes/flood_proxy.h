#pragma once
#include <sys/types.h>

#include <cstdint>
#include <string>

namespace emplettes {

// HAProxy before a server, with the limit that is usual: 30 requests in 10 seconds from one
// address. In a process of its own, ended (SIGTERM) by the destructor.
class FloodProxy {
  public:
    struct Options {
        std::string program;
        std::string libraries;  // the folder of its own; empty: the system's
        std::uint16_t to = 0;   // the server's port
        int cpu = -1;           // the only core it may use; negative: any
    };
    // Throws std::runtime_error when it does not start.
    explicit FloodProxy(const Options& options);
    ~FloodProxy();
    FloodProxy(const FloodProxy&) = delete;
    FloodProxy& operator=(const FloodProxy&) = delete;

    std::uint16_t port() const { return port_; }

  private:
    pid_t pid_ = -1;
    std::uint16_t port_ = 0;
    std::string file_;
};

}  // namespace emplettes
