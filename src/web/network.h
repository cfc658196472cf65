#pragma once
#include <string>
#include <string_view>

namespace emplettes::web {

// The network that an address belongs to, which is a household, a firm or a street, and nobody in
// it: the first 24 bits of an IPv4 address, 48 of an IPv6 one, as text. What is no address is its
// own network.
std::string network_of(std::string_view address);

}  // namespace emplettes::web
