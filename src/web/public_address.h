#pragma once
#include <cstdint>
#include <span>

namespace emplettes::web {

// Whether an address, 4 or 16 bytes in network order, is one of the public internet. Neither
// private, loopback, link-local, shared (carriers), multicast, reserved and documentation
// networks, nor the places where clouds keep what is a machine's own business, nor an IPv6 address
// that stands for an IPv4 one, whichever it is (mapped, NAT64, 6to4, Teredo).
bool is_public_address(std::span<const std::uint8_t> address);

}  // namespace emplettes::web
