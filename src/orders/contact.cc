#include "orders/contact.h"

#include <algorithm>

namespace emplettes::orders {
namespace {

constexpr std::ptrdiff_t kDigitsMin = 6;
constexpr std::ptrdiff_t kDigitsMax = 15;  // ITU-T E.164
constexpr std::string_view kNumberSigns = " .-()/";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_telephone_number(std::string_view contact) {
    if (contact.size() > kContactLengthMax) return false;
    if (contact.starts_with('+')) contact.remove_prefix(1);
    const auto digits = std::count_if(contact.begin(), contact.end(), is_digit);
    return digits >= kDigitsMin && digits <= kDigitsMax &&
           std::all_of(contact.begin(), contact.end(), [](char c) {
               return is_digit(c) || kNumberSigns.find(c) != std::string_view::npos;
           });
}

bool is_valid_contact(std::string_view contact) {
    return is_mail_address(contact) || is_telephone_number(contact);
}

}  // namespace emplettes::orders
