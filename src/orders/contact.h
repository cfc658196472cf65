#pragma once
#include <string_view>

namespace emplettes::orders {

inline constexpr std::size_t kContactLengthMax = 120;

// "camille@example.org": plain ASCII, a name and a domain with a dot, nothing that could break a
// mail's header. Whether somebody reads it is not known.
bool is_mail_address(std::string_view contact);
// "+33 1 42 00 00 00", "(01) 42-00-00-00": 6 to 15 digits.
bool is_telephone_number(std::string_view contact);

// A mail address or a telephone number: enough to reach somebody, no more.
bool is_valid_contact(std::string_view contact);

}  // namespace emplettes::orders
