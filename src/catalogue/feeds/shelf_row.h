#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/gtin.h"
#include "base/money.h"
#include "catalogue/offer.h"
#include "catalogue/publisher_price.h"

namespace emplettes::catalogue {

// What a file says of a thing where it gives no number.
enum class Availability : std::uint8_t { unsaid, in_stock, on_order, out_of_stock, discontinued };
std::string_view to_string(Availability availability);

inline constexpr Money kShelfPriceMax{10'000'000};
inline constexpr std::int64_t kShelfQuantityMax = 1'000'000;
inline constexpr std::size_t kShelfTitleLengthMax = 300;  // code points, as the next
inline constexpr std::size_t kShelfTextLengthMax = 5000;
inline constexpr std::size_t kShelfPicturesMax = 10;

// One thing on a shelf, as a file of whatever format tells it. Empty where the file says nothing.
struct ShelfRow {
    std::int64_t line = 0;  // where it begins in the file, from 1
    std::optional<Gtin> gtin;
    std::string sku;    // the shop's own number for it: in-shop codes (02, 20-29) too
    std::string title;  // may be empty when there is a number: the reference may know it
    std::string maker;
    std::string category;  // a key of ours when the reader knew it, else as the file says
    std::string description;
    std::string language;
    Condition condition = Condition::new_;
    std::optional<Money> price;
    std::optional<std::int64_t> quantity;
    Availability availability = Availability::unsaid;
    std::optional<Instant> counted_at;
    std::vector<std::string> pictures;  // addresses, the first is the front
    std::vector<PublisherPrice> publisher_prices;
    bool is_deleted = false;  // the file takes it off: ONIX notification 05

    bool operator==(const ShelfRow&) const = default;
};

// Why a row, or a part of it, was not understood. Each has a sentence in every language (site).
enum class RowFault : std::uint8_t {
    no_title,   // and nothing of that number is known
    no_number,  // neither GTIN nor sku
    too_long,
    not_a_gtin,
    wrong_check_digit,
    damaged_number,  // 9,78207E+12: a spreadsheet has thrown the last digits away
    not_a_price,
    no_decimals_known,  // 1,234: a thousand or a little more than one?
    foreign_currency,
    not_a_quantity,
    below_zero,  // a stock of -2 counts as none
    not_a_condition,
    not_a_moment,
    unknown_availability,
    unknown_category,  // the row is taken without it
    too_many_cells,
    bad_bytes,       // neither UTF-8 nor Windows-1252
    unknown_parent,  // a variation of a product that is not in the file
    repeated,        // this thing was in the file before: the last one counts
    price_too_low,   // below the band of the book price law
    price_too_high,
    other_shop,  // of a local inventory file: another store_code
};

std::string_view to_string(RowFault fault);

struct RowProblem {
    std::int64_t line = 0;
    std::string column;  // as the file calls it
    std::string value;
    RowFault fault = RowFault::no_title;
    bool is_row_taken = false;  // all the same, without this cell

    bool operator==(const RowProblem&) const = default;
};

}  // namespace emplettes::catalogue
