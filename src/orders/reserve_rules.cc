#include "orders/contact.h"
#include "orders/name.h"
#include "orders/reserve.h"

namespace emplettes::orders {
namespace {

ReserveError error_of(NameFault fault) {
    switch (fault) {
        case NameFault::missing: return ReserveError::name_missing;
        case NameFault::too_long: return ReserveError::name_too_long;
        case NameFault::not_valid: break;
    }
    return ReserveError::name_not_valid;
}

}  // namespace

std::optional<ReserveError> find_fault(const ReserveRequest& request, const ReserveLimits& limits) {
    if (request.quantity < 1) return ReserveError::quantity_not_positive;
    if (request.quantity > limits.quantity_max) return ReserveError::quantity_too_large;
    if (const auto fault = find_fault_of_name(request.person_name)) return error_of(*fault);
    if (!is_valid_contact(request.contact)) return ReserveError::contact_not_valid;
    return std::nullopt;
}

}  // namespace emplettes::orders
