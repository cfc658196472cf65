#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace emplettes {

inline constexpr std::size_t kMailAddressLengthMax = 120;

// "camille@example.org": plain ASCII, a name and a domain with a dot, nothing that could break a
// mail's header. Whether somebody reads it is not known.
bool is_mail_address(std::string_view text);

// The address as it is compared and kept, in small letters without white space around it: nobody
// gives two people addresses that differ in capitals alone. None when it is no address.
std::optional<std::string> parse_mail_address(std::string_view text);

}  // namespace emplettes
