#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "web/shield/longest_first.h"
#include "web/shield/network_prefix.h"

namespace emplettes::web {

// Counts open connections by network, and knows which network has most. Memory is bounded by the
// connections there may be; constant time. Not thread-safe.
class ConnectionGate {
  public:
    struct Limits {
        std::size_t all;  // of those that are counted
        std::size_t per_host;
        std::size_t per_prefix;
        std::size_t per_region;
    };
    ConnectionGate(const Limits& limits, const KeyedHash& hash);

    bool has_room(const NetworkAddress& address) const;
    // Rows number the prefixes that have connections, below Limits::all.
    using PrefixRow = std::int32_t;
    PrefixRow enter(const NetworkAddress& address);  // whether or not there is room; not when full
    void leave(const NetworkAddress& address);       // one that has entered
    PrefixRow greediest() const { return rows_.longest(); }  // negative: nobody is here

  private:
    using Counts = std::unordered_map<std::uint64_t, std::size_t>;
    struct Prefix {
        PrefixRow row;
        std::size_t open = 0;
    };

    static void leave(Counts& counts, std::uint64_t key);

    const Limits limits_;
    const KeyedHash hash_;
    Counts hosts_;
    Counts regions_;
    std::unordered_map<std::uint64_t, Prefix> prefixes_;
    LongestFirst rows_;
    std::vector<PrefixRow> free_rows_;
};

}  // namespace emplettes::web
