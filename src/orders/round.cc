#include "orders/round.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/check.h"
#include "orders/reservation_news.h"
#include "orders/reservation_table.h"

namespace emplettes::orders {
namespace {

ReserveRequest request_of(const RoundRequest& round, const RoundLine& line) {
    return {.offer = line.offer,
            .quantity = line.quantity,
            .person_name = round.person_name,
            .contact = round.contact,
            .language = round.language};
}

// Everybody who locks several offers does so in the order of their ids.
std::vector<std::size_t> order_of_locks(const std::vector<RoundLine>& lines) {
    std::vector<std::size_t> order(lines.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, {}, [&](std::size_t i) { return lines[i].offer; });
    return order;
}

}  // namespace

bool is_of_person(ReserveError error) {
    switch (error) {
        case ReserveError::name_missing:
        case ReserveError::name_too_long:
        case ReserveError::name_not_valid:
        case ReserveError::contact_not_valid: return true;
        case ReserveError::quantity_not_positive:
        case ReserveError::quantity_too_large:
        case ReserveError::unknown_offer:
        case ReserveError::sold_out: break;
    }
    return false;
}

RoundFaults find_faults(const RoundRequest& request, const ReserveLimits& limits) {
    RoundFaults faults;
    for (const RoundLine& line : request.lines) {
        const auto error = find_fault(request_of(request, line), limits);
        if (!error) continue;
        if (is_of_person(*error)) return {{.offer = line.offer, .error = *error}};
        faults.push_back({.offer = line.offer, .error = *error});
    }
    return faults;
}

Result<std::vector<Reservation>, RoundFaults> reserve_round(store::Tx& tx,
                                                            const RoundRequest& request,
                                                            const ReserveContext& context) {
    check(!request.lines.empty() && request.lines.size() <= kRoundLinesMax);
    RoundFaults faults = find_faults(request, context.limits);
    if (!faults.empty()) return faults;
    const Origin origin{.code = {}, .round = context.random.readable_code(kCodeLength)};
    std::vector<Reservation> kept(request.lines.size());
    for (const std::size_t i : order_of_locks(request.lines)) {
        const RoundLine& line = request.lines[i];
        const auto offer = catalogue::find_offer(tx, context.territory, line.offer);
        if (!offer) {
            faults.push_back({.offer = line.offer, .error = ReserveError::unknown_offer});
            continue;
        }
        auto one = keep(tx, *offer, request_of(request, line), context, origin);
        if (one)
            kept[i] = std::move(one->reservation);
        else
            faults.push_back({.offer = line.offer, .error = one.error()});
    }
    if (!faults.empty()) return faults;
    tell_round(tx, context.territory, kept, context.ids);
    return kept;
}

}  // namespace emplettes::orders
