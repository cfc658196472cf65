#include "base/gtin.h"

#include "base/text.h"

namespace emplettes {
namespace {

// GS1 General Specifications §7.9: weights 3 and 1 from the right, the check digit makes the sum
// a multiple of ten.
bool has_valid_check_digit(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const int digit = digits[digits.size() - 1 - i] - '0';
        sum += i % 2 == 0 ? digit : 3 * digit;
    }
    return sum % 10 == 0;
}

char gs1_check_digit(std::string_view without) {
    int sum = 0;
    for (std::size_t i = 0; i < without.size(); ++i) {
        const int digit = without[without.size() - 1 - i] - '0';
        sum += i % 2 == 0 ? 3 * digit : digit;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

// ISBN-10 (ISO 2108:1992): weights 10 to 1, sum a multiple of eleven, X is ten.
bool is_valid_isbn10(std::string_view text) {
    int sum = 0;
    for (std::size_t i = 0; i < 10; ++i) {
        const int value = text[i] == 'X' ? 10 : text[i] - '0';
        sum += static_cast<int>(10 - i) * value;
    }
    return sum % 11 == 0;
}

std::string without_separators(std::string_view text) {
    std::string kept;
    for (const char c : trim(text))
        if (c != '-' && c != ' ') kept += c == 'x' ? 'X' : c;
    return kept;
}

bool is_in_shop_code(std::int64_t digits) {
    const std::int64_t prefix = digits / 10'000'000'000 % 1000;  // first three of thirteen
    return digits >= 100'000'000 && digits < 10'000'000'000'000 &&
           ((prefix >= 200 && prefix <= 299) || (prefix >= 20 && prefix <= 29));
}

}  // namespace

std::string Gtin::text() const {
    std::string text = std::to_string(digits);
    const std::size_t width = text.size() <= 8 ? 8 : text.size() <= 13 ? 13 : 14;
    return std::string(width - text.size(), '0') + text;
}

bool Gtin::is_book() const {
    const std::int64_t prefix = digits / 10'000'000'000;
    return prefix == 978 || (prefix == 979 && digits / 1'000'000'000 % 10 != 0);
}

Result<Gtin, GtinError> parse_gtin(std::string_view text) {
    std::string code = without_separators(text);
    if (code.empty()) return GtinError::empty;
    const bool is_isbn10 = code.size() == 10;
    const auto stray = code.find_first_not_of("0123456789");
    if (stray != std::string::npos && !(is_isbn10 && stray == 9 && code[9] == 'X'))
        return GtinError::not_digits;
    if (is_isbn10) {
        if (!is_valid_isbn10(code)) return GtinError::wrong_check_digit;
        code = "978" + code.substr(0, 9);
        code += gs1_check_digit(code);
    }
    if (code.size() != 8 && (code.size() < 12 || code.size() > 14)) return GtinError::wrong_length;
    if (!has_valid_check_digit(code)) return GtinError::wrong_check_digit;
    const Gtin gtin{*parse_int(code)};
    if (is_in_shop_code(gtin.digits)) return GtinError::in_shop_code;
    return gtin;
}

}  // namespace emplettes
