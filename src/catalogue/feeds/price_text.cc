#include "catalogue/feeds/price_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kPriceTextMax = 40;

struct CurrencySign {
    std::string_view sign;
    std::string_view code;
};
constexpr std::array<CurrencySign, 8> kCurrencySigns{{{"€", "EUR"},
                                                      {"euros", "EUR"},
                                                      {"euro", "EUR"},
                                                      {"$", "USD"},
                                                      {"£", "GBP"},
                                                      {"Fr.", "CHF"},
                                                      {"¥", "JPY"},
                                                      {"zł", "PLN"}}};
constexpr std::array<std::string_view, 6> kSpaces{" ", "\u00A0", "\u202F", "\u2009", "'", "’"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

void drop(std::string& text, std::string_view unwanted) {
    for (auto at = text.find(unwanted); at != std::string::npos; at = text.find(unwanted, at))
        text.erase(at, unwanted.size());
}

// The number alone, and the code of the currency beside it.
struct Amount {
    std::string number;  // digits, commas, points, a minus
    std::string currency;
    bool is_readable = true;
};

// The first digit with a sign or mark right before it; the point of "Fr." is a part of the word.
std::size_t begin_of_number(std::string_view text) {
    std::size_t begin = text.find_first_of("0123456789");
    while (begin != std::string_view::npos && begin > 0 &&
           std::string_view("-+,.").find(text[begin - 1]) != std::string_view::npos &&
           !(begin > 1 && is_letter(text[begin - 2])))
        --begin;
    return begin;
}

Amount cut_amount(std::string_view text) {
    Amount amount;
    const auto first = begin_of_number(text);
    const auto last = text.find_last_of("0123456789,.");
    if (text.size() > kPriceTextMax || first == std::string_view::npos ||
        last == std::string_view::npos || last < first) {
        amount.is_readable = false;
        return amount;
    }
    std::string around(text.substr(0, first));
    amount.number = text.substr(first, last + 1 - first);
    around += text.substr(last + 1);
    for (const auto space : kSpaces) {
        drop(around, space);
        drop(amount.number, space);
    }
    const bool is_plain = amount.number.find_first_not_of("-+0123456789,.") == std::string::npos;
    amount.is_readable = is_plain;
    if (around.empty()) return amount;
    for (const auto& [sign, code] : kCurrencySigns)
        if (equals_ignoring_case(around, sign)) amount.currency = code;
    if (!amount.currency.empty()) return amount;
    const bool is_code = around.size() == 3 && std::all_of(around.begin(), around.end(), is_letter);
    const bool is_tax_word = equals_ignoring_case(around, "TTC");
    if (is_code && !is_tax_word) amount.currency = to_upper_ascii(around);
    amount.is_readable = amount.is_readable && (is_code || is_tax_word);
    return amount;
}

enum class Marks : std::uint8_t { none, comma, point, unclear, broken };

// Groups of three behind the first: "1,234,567".
bool is_grouped(std::string_view number, char mark) {
    const auto groups = split(number, mark);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const bool is_first = i == 0;
        const auto length = groups[i].size();
        if (is_first ? length < 1 || length > 3 : length != 3) return false;
    }
    return true;
}

// Which mark stands before the decimals of a number without spaces.
Marks decimal_mark_of(std::string_view number) {
    const auto commas = std::count(number.begin(), number.end(), ',');
    const auto points = std::count(number.begin(), number.end(), '.');
    if (commas == 0 && points == 0) return Marks::none;
    if (commas > 0 && points > 0) {
        const bool is_comma = number.rfind(',') > number.rfind('.');
        const char decimal = is_comma ? ',' : '.';
        const auto at = number.find(decimal);
        if (number.find(decimal, at + 1) != std::string_view::npos) return Marks::broken;
        if (!is_grouped(number.substr(0, at), is_comma ? '.' : ',')) return Marks::broken;
        return is_comma ? Marks::comma : Marks::point;
    }
    const bool is_comma = commas > 0;
    const char mark = is_comma ? ',' : '.';
    if (std::max(commas, points) > 1) {
        if (!is_grouped(number, mark)) return Marks::broken;
        return is_comma ? Marks::point : Marks::comma;  // it groups, so the other one is decimal
    }
    const auto at = number.find(mark);
    const bool may_group = number.size() - at == 4 && at >= 1 && at <= 3 && number[0] != '0';
    if (may_group) return Marks::unclear;
    return is_comma ? Marks::comma : Marks::point;
}

std::optional<std::int64_t> to_cents(std::string_view number, char decimal_mark) {
    std::string units;
    std::string decimals;
    bool is_behind = false;
    for (const char c : number) {
        if (c == decimal_mark) is_behind = true;
        if (is_digit(c)) (is_behind ? decimals : units) += c;
    }
    if (units.empty() && decimals.empty()) return std::nullopt;
    if (decimals.find_first_not_of('0', 2) != std::string::npos && decimals.size() > 2)
        return std::nullopt;
    decimals.resize(2, '0');
    units = "0" + units;
    if (units.size() > 12) return std::nullopt;
    return *parse_int(units) * 100 + *parse_int(decimals);
}

}  // namespace

void DecimalMark::learn(std::string_view price) {
    if (price.empty()) return;
    const Amount amount = cut_amount(price);
    if (!amount.is_readable) return;
    const Marks mark = decimal_mark_of(amount.number);
    is_comma = is_comma || mark == Marks::comma;
    is_point = is_point || mark == Marks::point;
}

void DecimalMark::learn(const DecimalMark& other) {
    is_comma = is_comma || other.is_comma;
    is_point = is_point || other.is_point;
}

Result<Money, RowFault> read_price(std::string_view text, const DecimalMark& mark,
                                   std::string_view currency) {
    const Amount amount = cut_amount(text);
    if (!amount.currency.empty() && amount.currency != currency) return RowFault::foreign_currency;
    if (!amount.is_readable) return RowFault::not_a_price;
    std::string_view number = amount.number;
    if (number.starts_with('+')) number.remove_prefix(1);
    if (number.find_first_of("-+") != std::string_view::npos) return RowFault::not_a_price;
    Marks decimal = decimal_mark_of(number);
    if (decimal == Marks::broken) return RowFault::not_a_price;
    if (decimal == Marks::unclear) {
        if (!mark.is_known()) return RowFault::no_decimals_known;
        decimal = mark.is_comma ? Marks::comma : Marks::point;
    }
    const auto cents = to_cents(number, decimal == Marks::comma ? ',' : '.');
    if (!cents || *cents > kShelfPriceMax.cents) return RowFault::not_a_price;
    return Money{*cents};
}

bool looks_like_price(std::string_view text) {
    const Amount amount = cut_amount(text);
    if (!amount.is_readable) return false;
    const Marks mark = decimal_mark_of(amount.number);
    if (mark == Marks::broken) return false;
    if (!amount.currency.empty()) return true;
    const auto at = amount.number.find_last_of(",.");
    return at != std::string::npos && amount.number.size() - at <= 3;
}

}  // namespace emplettes::catalogue
