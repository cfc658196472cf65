#include "emplettes/reservation_jobs.h"

#include "orders/passing_on.h"
#include "orders/step.h"

namespace emplettes {
namespace {

constexpr std::int64_t kRequestsAtOnce = 200;
constexpr std::int64_t kPassedOnAtOnce = 50;  // each of them is several

}  // namespace

std::int64_t remind_shops_of_requests(const site::Context& context,
                                      catalogue::LiveCatalogue& live) {
    return context.database.write([&](store::Tx& tx) {
        return orders::remind_unanswered(tx, live.territory().id, context.ids, context.clock.now(),
                                         kRequestsAtOnce);
    });
}

std::int64_t pass_requests_on(const site::Context& context, catalogue::LiveCatalogue& live) {
    const auto view = live.view();
    const catalogue::Territory& territory = live.territory();
    const orders::ReserveContext reserve{
        .territory = territory.id,
        .now = view.now,
        .times =
            [&](const catalogue::Shop& shop) { return orders::shop_times(view, territory, shop); },
        .stock_lines = view.stock_lines,
        .limits = {.quantity_max = territory.quantity_max},
        .ids = context.ids,
        .random = context.random};
    const orders::PassContext pass{.reserve = reserve, .place_of = orders::place_of(view)};
    return context.database.write(
        [&](store::Tx& tx) { return orders::pass_on_unanswered(tx, pass, kPassedOnAtOnce); });
}

std::int64_t expire_reservations(const site::Context& context, catalogue::LiveCatalogue& live) {
    return context.database.write([&](store::Tx& tx) {
        return orders::expire_overdue(tx, live.territory().id, context.ids, context.clock.now(),
                                      kRequestsAtOnce);
    });
}

}  // namespace emplettes
