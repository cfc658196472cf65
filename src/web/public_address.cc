#include "web/public_address.h"

#include <algorithm>
#include <array>

namespace emplettes::web {
namespace {

struct Network4 {
    std::array<std::uint8_t, 4> address;
    int bits;
};

// IANA's registry of special-purpose addresses (RFC 6890), without those that are global.
constexpr Network4 kNotPublic4[] = {
    {{0, 0, 0, 0}, 8},        {{10, 0, 0, 0}, 8},     {{100, 64, 0, 0}, 10},
    {{127, 0, 0, 0}, 8},      {{169, 254, 0, 0}, 16}, {{172, 16, 0, 0}, 12},
    {{192, 0, 0, 0}, 24},     {{192, 0, 2, 0}, 24},   {{192, 88, 99, 0}, 24},
    {{192, 168, 0, 0}, 16},   {{198, 18, 0, 0}, 15},  {{198, 51, 100, 0}, 24},
    {{203, 0, 113, 0}, 24},   {{224, 0, 0, 0}, 4},    {{240, 0, 0, 0}, 4},
    {{168, 63, 129, 16}, 32},  // Azure's own services, for its machines only
};

struct Network6 {
    std::array<std::uint8_t, 4> prefix;
    int bits;
};

// Of IPv6 only 2000::/3 is given out; within it, these are not of the public internet.
constexpr Network6 kNotPublic6[] = {
    {{0x20, 0x01, 0x00, 0x00}, 23},  // protocols: Teredo, ORCHID, benchmarks
    {{0x20, 0x01, 0x0D, 0xB8}, 32},  // documentation
    {{0x20, 0x02, 0x00, 0x00}, 16},  // 6to4
    {{0x3F, 0xFF, 0x00, 0x00}, 20},  // documentation
};

bool begins_with(std::span<const std::uint8_t> address, std::span<const std::uint8_t> prefix,
                 int bits) {
    for (std::size_t i = 0; bits > 0; ++i, bits -= 8) {
        const auto mask = static_cast<std::uint8_t>(bits >= 8 ? 0xFF : 0xFF << (8 - bits));
        if ((address[i] & mask) != (prefix[i] & mask)) return false;
    }
    return true;
}

}  // namespace

bool is_public_address(std::span<const std::uint8_t> address) {
    const auto holds = [&](const auto& network, const auto& prefix) {
        return begins_with(address, prefix, network.bits);
    };
    if (address.size() == 4)
        return std::none_of(std::begin(kNotPublic4), std::end(kNotPublic4),
                            [&](const Network4& n) { return holds(n, n.address); });
    return address.size() == 16 && (address[0] & 0xE0) == 0x20 &&
           std::none_of(std::begin(kNotPublic6), std::end(kNotPublic6),
                        [&](const Network6& n) { return holds(n, n.prefix); });
}

}  // namespace emplettes::web
