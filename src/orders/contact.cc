#include "orders/contact.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace emplettes::orders {
namespace {

constexpr std::size_t kMailNameLengthMax = 64;     // RFC 5321 §4.5.3.1.1
constexpr std::size_t kDomainLabelLengthMax = 63;  // RFC 1035 §2.3.4
constexpr std::ptrdiff_t kDigitsMin = 6;
constexpr std::ptrdiff_t kDigitsMax = 15;                           // ITU-T E.164
constexpr std::string_view kMailNameSigns = "!#$%&'*+-/=?^_`{|}~";  // RFC 5322 atext
constexpr std::string_view kNumberSigns = " .-()/";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter_or_digit(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_mail_name_sign(char c) {
    return is_letter_or_digit(c) || kMailNameSigns.find(c) != std::string_view::npos;
}
bool is_label_sign(char c) { return is_letter_or_digit(c) || c == '-'; }

bool is_mail_atom(std::string_view atom) {
    return !atom.empty() && std::all_of(atom.begin(), atom.end(), is_mail_name_sign);
}

bool is_domain_label(std::string_view label) {
    return !label.empty() && label.size() <= kDomainLabelLengthMax && label.front() != '-' &&
           label.back() != '-' && std::all_of(label.begin(), label.end(), is_label_sign);
}

}  // namespace

bool is_mail_address(std::string_view contact) {
    const auto at = contact.find('@');
    if (at == std::string_view::npos || contact.size() > kContactLengthMax) return false;
    const auto atoms = split(contact.substr(0, at), '.');
    const auto labels = split(contact.substr(at + 1), '.');
    return at <= kMailNameLengthMax && labels.size() >= 2 &&
           std::all_of(atoms.begin(), atoms.end(), is_mail_atom) &&
           std::all_of(labels.begin(), labels.end(), is_domain_label);
}

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
