#include "territory/siret.h"

#include <algorithm>
#include <array>

namespace emplettes::territory {
namespace {

constexpr std::size_t kSirenDigits = 9;
constexpr std::size_t kSiretDigits = 14;
// La Poste has more establishments than its numbers under Luhn's formula: theirs are right when
// the sum of their digits is a multiple of five, but for the head office, which obeys Luhn (INSEE,
// "Système national d'identification et du répertoire des entreprises et de leurs établissements").
constexpr std::string_view kLaPoste = "356000000";
constexpr std::string_view kLaPosteHeadOffice = "35600000000048";
// What people and programs put between digits: U+00A0, U+202F and U+2009 besides ASCII.
constexpr std::array<std::string_view, 7> kBetween{" ",        "\t",           ".",           "-",
                                                   "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};

int value_of(char digit) { return digit - '0'; }

int digit_sum(std::string_view digits) {
    int sum = 0;
    for (const char digit : digits) sum += value_of(digit);
    return sum;
}

// Luhn: from the right, every second digit is doubled, and 9 taken off what has two digits then.
bool passes_luhn(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const int value = value_of(digits[digits.size() - 1 - i]);
        const int doubled = 2 * value > 9 ? 2 * value - 9 : 2 * value;
        sum += i % 2 == 1 ? doubled : value;
    }
    return sum % 10 == 0;
}

bool passes_check(std::string_view digits) {
    if (!digits.starts_with(kLaPoste) || digits == kLaPosteHeadOffice) return passes_luhn(digits);
    return digit_sum(digits) % 5 == 0;
}

// How many bytes at the beginning of `text` stand between digits.
std::size_t length_between(std::string_view text) {
    const auto found = std::ranges::find_if(
        kBetween, [&](std::string_view sign) { return text.starts_with(sign); });
    return found == kBetween.end() ? 0 : found->size();
}

}  // namespace

std::string Siret::text() const {
    return digits.substr(0, 3) + ' ' + digits.substr(3, 3) + ' ' + digits.substr(6, 3) + ' ' +
           digits.substr(9);
}

Result<Siret, SiretError> parse_siret(std::string_view text) {
    std::string digits;
    while (!text.empty()) {
        const bool is_digit = text.front() >= '0' && text.front() <= '9';
        const std::size_t length = is_digit ? 1 : length_between(text);
        if (length == 0) return SiretError::not_a_number;
        if (is_digit) digits += text.front();
        text.remove_prefix(length);
        if (digits.size() > kSiretDigits) return SiretError::wrong_length;
    }
    if (digits.size() == kSirenDigits) return SiretError::is_siren;
    if (digits.size() != kSiretDigits) return SiretError::wrong_length;
    if (!passes_check(digits)) return SiretError::wrong_check_sum;
    return Siret{.digits = std::move(digits)};
}

}  // namespace emplettes::territory
