#pragma once
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace emplettes {

// This program, serving in a process of its own, so that a load and its server do not share a
// core. Stopped (SIGTERM) by the destructor.
class ServerProcess {
  public:
    struct Options {
        std::string data;
        std::string database;  // empty: the folder's own
        int cpu = 0;           // the only core it may use; negative: any
        // Believes this machine to be a proxy, which may open any number of connections.
        bool behind_proxy = false;
        std::vector<std::string> more = {};  // of its command line
    };
    // Returns when it answers. Throws std::runtime_error when it does not start.
    explicit ServerProcess(const Options& options);
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    void kill();  // the end without warning

    std::uint16_t port() const { return port_; }
    double start_s() const { return start_s_; }  // from exec to its first answer
    std::int64_t resident_bytes() const;         // now
    double cpu_s() const;                        // used so far

  private:
    pid_t pid_ = -1;
    std::uint16_t port_ = 0;
    double start_s_ = 0;
};

// Lets this process use one core only; negative: no change.
void pin_to_cpu(int cpu);

}  // namespace emplettes
