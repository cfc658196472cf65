#include "web/shield/connection_gate.h"

#include "base/check.h"

namespace emplettes::web {

ConnectionGate::ConnectionGate(const Limits& limits, const KeyedHash& hash)
    : limits_(limits), hash_(hash), rows_(limits.all, limits.all) {
    for (std::size_t i = limits.all; i-- > 0;) free_rows_.push_back(static_cast<PrefixRow>(i));
}

bool ConnectionGate::has_room(const NetworkAddress& address) const {
    const auto host = hosts_.find(hash_.of(address, Reach::host));
    if (host != hosts_.end() && host->second >= limits_.per_host) return false;
    const auto prefix = prefixes_.find(hash_.of(address, Reach::prefix));
    if (prefix != prefixes_.end() && prefix->second.open >= limits_.per_prefix) return false;
    const auto region = regions_.find(hash_.of(address, Reach::region));
    return region == regions_.end() || region->second < limits_.per_region;
}

ConnectionGate::PrefixRow ConnectionGate::enter(const NetworkAddress& address) {
    ++hosts_[hash_.of(address, Reach::host)];
    ++regions_[hash_.of(address, Reach::region)];
    const std::uint64_t key = hash_.of(address, Reach::prefix);
    auto prefix = prefixes_.find(key);
    if (prefix == prefixes_.end()) {
        check(!free_rows_.empty());
        prefix = prefixes_.emplace(key, Prefix{.row = free_rows_.back()}).first;
        free_rows_.pop_back();
    }
    ++prefix->second.open;
    rows_.grow(prefix->second.row);
    return prefix->second.row;
}

void ConnectionGate::leave(Counts& counts, std::uint64_t key) {
    const auto count = counts.find(key);
    check(count != counts.end());
    if (--count->second == 0) counts.erase(count);
}

void ConnectionGate::leave(const NetworkAddress& address) {
    leave(hosts_, hash_.of(address, Reach::host));
    leave(regions_, hash_.of(address, Reach::region));
    const auto prefix = prefixes_.find(hash_.of(address, Reach::prefix));
    check(prefix != prefixes_.end());
    rows_.shrink(prefix->second.row);
    if (--prefix->second.open > 0) return;
    free_rows_.push_back(prefix->second.row);
    prefixes_.erase(prefix);
}

}  // namespace emplettes::web
