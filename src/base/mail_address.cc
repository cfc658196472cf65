#include "base/mail_address.h"

#include <algorithm>

#include "base/text.h"

namespace emplettes {
namespace {

constexpr std::size_t kMailNameLengthMax = 64;                      // RFC 5321 §4.5.3.1.1
constexpr std::size_t kDomainLabelLengthMax = 63;                   // RFC 1035 §2.3.4
constexpr std::string_view kMailNameSigns = "!#$%&'*+-/=?^_`{|}~";  // RFC 5322 atext

bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
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

bool is_mail_address(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos || text.size() > kMailAddressLengthMax) return false;
    const auto atoms = split(text.substr(0, at), '.');
    const auto labels = split(text.substr(at + 1), '.');
    return at <= kMailNameLengthMax && labels.size() >= 2 &&
           std::all_of(atoms.begin(), atoms.end(), is_mail_atom) &&
           std::all_of(labels.begin(), labels.end(), is_domain_label);
}

std::optional<std::string> parse_mail_address(std::string_view text) {
    std::string address = to_lower_ascii(trim(text));
    if (!is_mail_address(address)) return std::nullopt;
    return address;
}

}  // namespace emplettes
