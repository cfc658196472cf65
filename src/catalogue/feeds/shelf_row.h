#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/gtin.h"
#include "base/money.h"
#include "base/zone.h"
#include "catalogue/offer.h"

namespace emplettes::catalogue {

// What a file says of a thing where it gives no number.
enum class Availability : std::uint8_t { unsaid, in_stock, on_order, out_of_stock, discontinued };

// A book's price as its publisher sets it, tax included, on the days from `from` until `until`,
// both included; without either it is open.
struct PublisherPrice {
    Money price;
    std::optional<LocalDay> from;
    std::optional<LocalDay> until;

    bool operator==(const PublisherPrice&) const = default;
};

// One thing on a shelf, as a file of whatever format tells it. Empty where the file says nothing.
struct ShelfRow {
    std::int64_t line = 0;  // where it begins in the file, from 1
    std::optional<Gtin> gtin;
    std::string sku;  // the shop's own number for it: in-shop codes (02, 20-29) too
    std::string title;
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
    no_title,
    no_number,  // neither GTIN nor sku
    too_long,
    not_a_gtin,
    wrong_check_digit,
    not_a_price,
    no_decimals_known,  // 1,234: a thousand or a little more than one?
    foreign_currency,
    not_a_quantity,
    not_a_condition,
    not_a_moment,
    unknown_availability,
    unknown_category,  // the row is taken without it
    too_many_cells,
    bad_bytes,      // neither UTF-8 nor Windows-1252
    repeated,       // this thing was in the file before: the last one counts
    price_too_low,  // below the band of the book price law
    price_too_high,
    other_shop,  // of a local inventory file: another store_code
};

struct RowProblem {
    std::int64_t line = 0;
    std::string column;  // as the file calls it
    std::string value;
    RowFault fault = RowFault::no_title;
    bool is_row_taken = false;  // all the same, without this cell

    bool operator==(const RowProblem&) const = default;
};

}  // namespace emplettes::catalogue
