#pragma once
#include <chrono>
#include <cstddef>

namespace emplettes::web {

// Of the shield against floods (docs/shield.md).
struct ShieldConfig {
    bool is_on = true;  // false: first come, first served, to see what that does
    std::chrono::milliseconds read_patience{500};     // waiting for a worker; then 503
    std::chrono::milliseconds write_patience{2'000};  // the same for what changes something
    std::size_t networks_max = 65'536;                // remembered at once; a power of two
};

}  // namespace emplettes::web
