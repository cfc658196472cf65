#pragma once
#include <string>

#include "orders/reserve.h"
#include "site/visit.h"

namespace emplettes::site {

// What a form says of a wish that cannot be kept, and beside which of its fields.
struct ReserveFault {
    enum class Field { quantity, name, contact, other };
    Field field = Field::other;
    std::string text;
};

struct TypedWish {
    std::string contact;
    std::int64_t left = 0;  // on the shelf now
};
ReserveFault fault_told(const Visit& visit, orders::ReserveError error, const TypedWish& typed);

}  // namespace emplettes::site
