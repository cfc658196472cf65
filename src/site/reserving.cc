#include "site/reserving.h"

#include "base/json.h"
#include "orders/hold.h"
#include "store/idempotency.h"

namespace emplettes::site {
namespace {

constexpr int kCreated = 201;

}  // namespace

// The closure as it is stored, which the snapshot may not know yet. Where nothing is known of the
// days after it, they count from its end.
Instant held_until(const Visit& visit, const catalogue::Shop& shop) {
    std::vector<catalogue::OpenSpan> spans;
    if (visit.snapshot().find_shop(shop.id))
        spans = visit.view.opening->spans(visit.snapshot().number_of(shop.id));
    if (shop.closure) spans = catalogue::without(spans, *shop.closure);
    const Zone& zone = visit.territory().zone;
    const Instant until = orders::held_until(visit.view.now, spans, shop.hold_open_days, zone);
    const bool is_shut = shop.closure && shop.closure->until && shop.closure->covers(until);
    if (!is_shut) return until;
    return orders::held_until(*shop.closure->until, {}, shop.hold_open_days, zone);
}

std::string kept_json(const orders::Reservation& reservation) {
    const Json json = {{"code", reservation.code},
                       {"status", orders::to_string(reservation.status)},
                       {"held_until", to_unix(reservation.held_until)},
                       {"pickup_code", reservation.pickup_code},
                       {"offer_id", reservation.offer.value},
                       {"product_title", reservation.product_title},
                       {"quantity", reservation.quantity},
                       {"price_cents", reservation.price.cents}};
    return json.dump();
}

Result<Kept, ReserveFailure> reserve_once(const Visit& visit, const KeyedWish& wish) {
    using Outcome = Result<Kept, ReserveFailure>;
    return visit.context.database.write([&](store::Tx& tx) -> Outcome {
        const store::KeyedRequest keyed{
            .territory = visit.territory().id, .key = wish.key, .content = wish.content};
        const auto before = store::find_answer(tx, keyed);
        if (std::holds_alternative<store::OtherRequest>(before))
            return ReserveFailure{KeyOfOtherWish{}};
        if (const auto* stored = std::get_if<store::StoredAnswer>(&before))
            return Kept{.code = parse_json(stored->body).at("code"), .json = stored->body};
        const auto offer = catalogue::find_offer(tx, visit.territory().id, wish.request.offer);
        if (offer && visit.view.merchandising->find_hidden_everywhere(offer->product))
            return ReserveFailure{Withdrawn{offer->product}};
        if (offer && visit.view.trust(offer->stock) == catalogue::StockTrust::hidden)
            return ReserveFailure{NotConfirmed{offer->product}};
        const orders::ReserveContext context{
            .territory = visit.territory().id,
            .now = visit.view.now,
            .held_until = [&](const catalogue::Shop& shop) { return held_until(visit, shop); },
            .limits = {.quantity_max = visit.territory().quantity_max},
            .ids = visit.context.ids,
            .random = visit.context.random};
        const auto reservation = orders::reserve(tx, wish.request, context);
        if (!reservation) return ReserveFailure{reservation.error()};
        Kept kept{.code = reservation->code, .json = kept_json(*reservation)};
        store::record_answer(tx, keyed, {.status = kCreated, .body = kept.json}, visit.view.now);
        return kept;
    });
}

}  // namespace emplettes::site
