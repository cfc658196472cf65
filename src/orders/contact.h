#pragma once
#include <string_view>

#include "base/mail_address.h"

namespace emplettes::orders {

inline constexpr std::size_t kContactLengthMax = kMailAddressLengthMax;

using emplettes::is_mail_address;
// "+33 1 42 00 00 00", "(01) 42-00-00-00": 6 to 15 digits.
bool is_telephone_number(std::string_view contact);

// A mail address or a telephone number: enough to reach somebody, no more.
bool is_valid_contact(std::string_view contact);

}  // namespace emplettes::orders
