#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace emplettes::web {

// An address of the internet; an IPv4 one is kept as ::ffff:a.b.c.d (RFC 4291 §2.5.5.2).
struct NetworkAddress {
    std::array<std::uint8_t, 16> bytes{};

    bool is_v4() const;
    friend bool operator==(const NetworkAddress&, const NetworkAddress&) = default;
};

// What is no address is the address of zeroes: a network of its own, shared by all of its kind.
NetworkAddress read_network_address(std::string_view text);

// How much of an address is looked at. A household has a /64 of IPv6 and may use any address in it,
// which is why that is one host here.
enum class Reach : std::uint8_t {
    host,    // IPv4 /32, IPv6 /64
    prefix,  // IPv4 /24, IPv6 /48: a firm, a street, a rack of rented machines
    region,  // IPv4 /16, IPv6 /40: what one tenant of many prefixes may own
};

int prefix_bits(bool is_v4, Reach reach);  // 24
// The rest of the address is zero.
NetworkAddress network_prefix(const NetworkAddress& address, Reach reach);
// "192.0.2.0/24", "2001:db8::/48".
std::string prefix_text(const NetworkAddress& address, Reach reach);

// Numbers that nobody outside of this process can foresee or make collide: SipHash-2-4 (Aumasson,
// Bernstein 2012) with a secret that is drawn at the start.
class KeyedHash {
  public:
    using Secret = std::array<unsigned char, 16>;
    explicit KeyedHash(const Secret& secret) : secret_(secret) {}

    std::uint64_t of(const NetworkAddress& address, Reach reach) const;
    std::uint64_t of(std::string_view text) const;

  private:
    const Secret secret_;
};

}  // namespace emplettes::web
