#include "site/reserve_words.h"

namespace emplettes::site {

ReserveFault fault_told(const Visit& visit, orders::ReserveError error, const TypedWish& typed) {
    using orders::ReserveError;
    using enum ReserveFault::Field;
    const Say& say = visit.say;
    switch (error) {
        case ReserveError::quantity_not_positive:
            return {quantity, say.text("validation.quantity_least")};
        case ReserveError::quantity_too_large:
            return {quantity, say.text("validation.quantity_most",
                                       {std::to_string(visit.territory().quantity_max)})};
        case ReserveError::name_missing: return {name, say.text("validation.name_missing")};
        case ReserveError::name_not_valid: return {name, say.text("validation.name_invalid")};
        case ReserveError::name_too_long:
            return {name,
                    say.text("validation.name_long", {std::to_string(orders::kNameLengthMax)})};
        case ReserveError::contact_not_valid:
            return {contact, typed.contact.empty()
                                 ? say.text("validation.contact_missing")
                                 : say.text("validation.contact_invalid", {typed.contact})};
        case ReserveError::sold_out:
            return {quantity, typed.left > 0 ? say.plural("validation.quantity_left", typed.left)
                                             : say.text("validation.sold_out_title")};
        case ReserveError::unknown_offer: break;
    }
    return {other, say.text("validation.offer_unknown")};
}

}  // namespace emplettes::site
