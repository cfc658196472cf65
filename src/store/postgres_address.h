#pragma once
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace emplettes::store {

// Where a PostgreSQL is: what libpq reads from an address, perhaps with several hosts of which one
// is the leader. Thread-safe.
class PostgresAddress {
  public:
    struct Host {
        std::string name;
        std::string port;
    };

    // Throws Unavailable when libpq cannot read it.
    explicit PostgresAddress(const std::string& url);

    // For libpq. Only a host that takes writes will do, unless the address says otherwise, and
    // whoever was found last comes first: a host that is frozen is waited for before the next one
    // is tried.
    std::string text() const;
    void found(const Host& host);

  private:
    std::map<std::string, std::string> settings_;
    std::vector<Host> hosts_;
    mutable std::mutex mutex_;
    std::size_t first_ = 0;
};

}  // namespace emplettes::store
