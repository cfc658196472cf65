#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id_source.h"
#include "base/result.h"
#include "catalogue/shop.h"
#include "orders/reservation.h"
#include "store/tx.h"

namespace emplettes::orders {

// What the neighbour may change of an open reservation. The shop is told of each change. Asking for
// what is so already succeeds, changes and tells nothing, but writes. An error has changed nothing.

enum class ChangeError {
    unknown_code,
    not_allowed_now,  // it has ended, or its time has passed
    extended_before,
    quantity_not_positive,
    quantity_too_large,
    promised,     // more than the shop has said yes to: a request of its own
    not_so_many,  // on the shelf
    name_too_long,
    name_not_valid,
};

struct ChangeContext {
    TerritoryId territory;
    Instant now;
    IdSource& ids;
};

// Keeps it until the shop closes on the next open day after the present end; once.
// `end_after(shop, end)` is that moment, later than `end`.
using EndAfter = std::function<Instant(const catalogue::Shop&, Instant end)>;
Result<Reservation, ChangeError> extend(store::Tx& tx, std::string_view code,
                                        const EndAfter& end_after, const ChangeContext& context);

// Fewer at any time; more, at the same price, only while the shop has not answered.
struct NewQuantity {
    std::string code;
    std::int64_t quantity = 1;
    std::int64_t quantity_max = 10;
};
Result<Reservation, ChangeError> change_quantity(store::Tx& tx, const NewQuantity& wanted,
                                                 const ChangeContext& context);

// Somebody else comes for it, with the code; an empty name: the person comes after all.
struct Collector {
    std::string code;
    std::string name;  // trimmed, at most kNameLengthMax code points
};
Result<Reservation, ChangeError> name_collector(store::Tx& tx, const Collector& collector,
                                                const ChangeContext& context);

}  // namespace emplettes::orders
