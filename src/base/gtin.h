#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace emplettes {

// A global trade item number (GTIN-8/12/13/14, ISBN): as GS1 and ISO 2108 define it, normalised
// to at most 14 digits held as a number. In-shop codes (prefixes 02, 20-29) are not global.
struct Gtin {
    std::int64_t digits = 0;

    auto operator<=>(const Gtin&) const = default;
    // 13 digits (8 for a GTIN-8, 14 when there is a packaging digit), as printed under the bars.
    std::string text() const;
    bool is_book() const;  // 978, 979 except 979-0 (music)
};

enum class GtinError { empty, not_digits, wrong_length, wrong_check_digit, in_shop_code };

// Accepts hyphens and spaces, ISBN-10 with a final X, leading zeros.
Result<Gtin, GtinError> parse_gtin(std::string_view text);

}  // namespace emplettes
