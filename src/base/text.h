#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emplettes {

std::string_view trim(std::string_view text);                                // ASCII white space
std::vector<std::string_view> split(std::string_view text, char separator);  // keeps empty parts
// Of ASCII letters:
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
bool equals_ignoring_case(std::string_view a, std::string_view b);
std::string to_lower_ascii(std::string_view text);
std::string to_upper_ascii(std::string_view text);

std::string two_digits(std::int64_t number);  // "07"; as it is from 10 on
// A whole, optionally signed decimal number and nothing else; none when it does not fit.
std::optional<std::int64_t> parse_int(std::string_view text);
// A decimal number with a point; none when anything is left over or it is not finite.
std::optional<double> parse_double(std::string_view text);

bool is_valid_utf8(std::string_view text);
// Number of code points; `text` must be valid UTF-8.
std::size_t utf8_length(std::string_view text);
// The first `code_points` of valid UTF-8.
std::string_view utf8_prefix(std::string_view text, std::size_t code_points);

// Latin letters without accents, lower case, œ to oe, æ to ae, ß to ss; both apostrophes to '.
// For comparing and for slugs. Anything that is not UTF-8 is dropped.
std::string fold(std::string_view text);
// "L'Écume des pages" -> "l-ecume-des-pages"; empty when nothing is left.
std::string slugify(std::string_view text);

// & < > " ' as entities: safe in HTML text and in quoted attributes.
std::string html_escape(std::string_view text);
// Percent-encoding of everything but unreserved characters (RFC 3986 §2.3).
std::string url_encode(std::string_view text);
// Reverses it, '+' as space; none when a '%' is not followed by two hexadecimal digits.
std::optional<std::string> url_decode(std::string_view text);

}  // namespace emplettes
