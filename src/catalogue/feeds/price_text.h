#pragma once
#include <string>
#include <string_view>

#include "base/money.h"
#include "base/result.h"
#include "catalogue/feeds/shelf_row.h"

namespace emplettes::catalogue {

// What a column's prices say of how it writes decimals: "12,90" and "1.234,50" say comma, "12.9"
// and "1,234.50" point, "1,234" nothing.
struct DecimalMark {
    bool is_comma = false;
    bool is_point = false;

    void learn(std::string_view price);
    void learn(const DecimalMark& other);
    bool is_known() const { return is_comma != is_point; }
};

// An amount from 0 to kShelfPriceMax: "12,90 €", "EUR 12.9", "1 234,50", "1.234,50", "12.900000".
// Decimals behind the second must be zeros. A sign or code of another currency than `currency`
// ("EUR") is foreign_currency; "1,234" where `mark` does not decide is no_decimals_known.
Result<Money, RowFault> read_price(std::string_view text, const DecimalMark& mark,
                                   std::string_view currency);

// Whether `text` looks like an amount with decimals or a currency, in whatever notation.
bool looks_like_price(std::string_view text);

}  // namespace emplettes::catalogue
