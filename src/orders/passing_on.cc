#include "orders/passing_on.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/check.h"
#include "orders/ending.h"
#include "orders/reservation_news.h"
#include "orders/reservation_table.h"

namespace emplettes::orders {
namespace {

// The shops that this wish has come by, the one it is at first.
std::vector<ShopId> asked_shops(store::Tx& tx, TerritoryId territory, const Reservation& at) {
    std::vector<ShopId> shops{at.shop};
    std::string before = at.asking.from;
    while (!before.empty() && std::ssize(shops) < kShopsAskedMax) {
        const auto reservation = find_reservation(tx, territory, before);
        check(reservation.has_value());
        shops.push_back(reservation->shop);
        before = reservation->asking.from;
    }
    return shops;
}

// None when nobody else can keep it. Each is locked in turn, whatever its id: of two that wait for
// each other the database stops one, and it is done again (store/database.h).
std::optional<KeptAtShop> keep_elsewhere(store::Tx& tx, const Reservation& from,
                                         const PassContext& context) {
    const TerritoryId territory = context.reserve.territory;
    if (from.asking.shops_before + 1 >= kShopsAskedMax) return std::nullopt;
    const auto offer = catalogue::find_offer(tx, territory, from.offer);
    if (!offer) return std::nullopt;
    const Wanted wanted{.reservation = from,
                        .condition = offer->condition,
                        .asked = asked_shops(tx, territory, from)};
    const auto offers = catalogue::load_offers_of(tx, territory, from.product);
    for (const catalogue::Offer& next :
         next_offers(wanted, offers, context.reserve.stock_lines, context.place_of)) {
        auto kept = keep(
            tx, next,
            {.offer = next.id,
             .quantity = from.quantity,
             .person_name = from.person_name,
             .contact = from.contact,
             .language = from.language},
            context.reserve,
            {.code = from.code, .shops_before = from.asking.shops_before + 1, .round = from.round});
        if (kept) return *std::move(kept);
    }
    return std::nullopt;
}

// `from` is locked. It ends as `to`, since it has gone on.
std::optional<Reservation> go_on(store::Tx& tx, Reservation& from, Status to,
                                 const PassContext& context) {
    const TerritoryId territory = context.reserve.territory;
    auto next = keep_elsewhere(tx, from, context);
    if (!next) return std::nullopt;
    from.changed_at = context.reserve.now;
    from.asking.to = next->reservation.code;
    bring_to(tx, territory, from, to);
    tell_passed_on(tx, territory,
                   {.from = from,
                    .from_shop = shop_of(tx, territory, from),
                    .to = next->reservation,
                    .to_shop = next->shop},
                   context.reserve.ids);
    return std::move(next->reservation);
}

void stay(store::Tx& tx, Reservation& reservation, const PassContext& context) {
    const TerritoryId territory = context.reserve.territory;
    reservation.asking.answer_by = {};
    update_row(tx, territory, reservation);
    tell_unanswered(tx, territory,
                    {.reservation = reservation,
                     .shop = shop_of(tx, territory, reservation),
                     .at = context.reserve.now},
                    context.reserve.ids);
}

}  // namespace

Result<Reservation, PassError> pass_on(store::Tx& tx, std::string_view code,
                                       const PassContext& context) {
    auto reservation = lock_row(tx, context.reserve.territory, code);
    if (!reservation) return PassError::unknown_code;
    if (!keeps_stock(reservation->status)) return PassError::not_allowed_now;
    auto next = go_on(tx, *reservation, Status::cancelled, context);
    if (!next) return PassError::nobody_else_has_it;
    return *std::move(next);
}

std::int64_t pass_on_unanswered(store::Tx& tx, const PassContext& context, std::int64_t limit) {
    const TerritoryId territory = context.reserve.territory;
    const Instant now = context.reserve.now;
    std::int64_t done = 0;
    for (const Due& due : load_unanswered(tx, territory, now, limit)) {
        auto reservation = lock_unanswered(tx, territory, due.id, now);
        if (!reservation) continue;  // answered meanwhile
        const bool goes_on = !reservation->asking.only_here &&
                             go_on(tx, *reservation, Status::expired, context).has_value();
        if (!goes_on) stay(tx, *reservation, context);
        ++done;
    }
    return done;
}

std::int64_t remind_unanswered(store::Tx& tx, TerritoryId territory, IdSource& ids, Instant now,
                               std::int64_t limit) {
    std::int64_t reminded = 0;
    for (const Due& due : load_to_remind(tx, territory, now, limit)) {
        auto reservation = lock_to_remind(tx, territory, due.id, now);
        if (!reservation) continue;
        reservation->asking.remind_at = {};
        update_row(tx, territory, *reservation);
        tell_reminder(
            tx, territory,
            {.reservation = *reservation, .shop = shop_of(tx, territory, *reservation), .at = now},
            ids);
        ++reminded;
    }
    return reminded;
}

std::string last_code_of(store::Tx& tx, TerritoryId territory, const Reservation& reservation) {
    std::string code = reservation.code;
    std::string next = reservation.asking.to;
    for (std::int64_t shop = 1; shop < kShopsAskedMax && !next.empty(); ++shop) {
        const auto found = find_reservation(tx, territory, next);
        check(found.has_value());
        code = next;
        next = found->asking.to;
    }
    return code;
}

Result<Reservation, StepError> set_only_here(store::Tx& tx, TerritoryId territory,
                                             std::string_view code, bool only_here, Instant now) {
    auto reservation = lock_row(tx, territory, code);
    if (!reservation) return StepError::unknown_code;
    if (reservation->status != Status::requested) return StepError::not_allowed_now;
    const bool is_over = reservation->asking.answer_by == Instant();
    if (is_over && reservation->asking.only_here && !only_here) reservation->asking.answer_by = now;
    reservation->asking.only_here = only_here;
    update_row(tx, territory, *reservation);
    return *reservation;
}

}  // namespace emplettes::orders
