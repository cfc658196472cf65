#include "site/reserving.h"

#include "base/json.h"
#include "orders/contact.h"
#include "orders/contact_proof.h"
#include "orders/contact_rule.h"
#include "store/idempotency.h"

namespace emplettes::site {
namespace {

constexpr int kCreated = 201;

// Null when the shop has answered, or is asked until the end.
Json answer_by(const orders::Reservation& reservation) {
    if (reservation.asking.answer_by == Instant()) return nullptr;
    return to_unix(reservation.asking.answer_by);
}

}  // namespace

orders::ReserveContext reserve_context(const Visit& visit) {
    return {.territory = visit.territory().id,
            .now = visit.view.now,
            .times =
                [&](const catalogue::Shop& shop) {
                    return orders::shop_times(visit.view, visit.territory(), shop);
                },
            .stock_lines = visit.view.stock_lines,
            .limits = {.quantity_max = visit.territory().quantity_max},
            .ids = visit.context.ids,
            .random = visit.context.random};
}

std::string kept_json(const orders::Reservation& reservation) {
    const Json json = {{"code", reservation.code},
                       {"status", orders::to_string(reservation.status)},
                       {"held_until", to_unix(reservation.held_until)},
                       {"answer_by", answer_by(reservation)},
                       {"only_here", reservation.asking.only_here},
                       {"next_code", reservation.asking.to},
                       {"pickup_code", reservation.pickup_code},
                       {"offer_id", reservation.offer.value},
                       {"product_title", reservation.product_title},
                       {"quantity", reservation.quantity},
                       {"price_cents", reservation.price.cents}};
    return json.dump();
}

namespace {

// None when the contact may have one more kept.
std::optional<ReserveFailure> judge_contact(store::Tx& tx, const Visit& visit,
                                            const std::string& contact) {
    const orders::ContactRule rule;
    const auto history =
        orders::load_contact_history(tx, visit.territory().id, contact, rule, visit.view.now);
    switch (orders::judge(history, rule)) {
        case orders::ContactVerdict::fine: return std::nullopt;
        case orders::ContactVerdict::too_many_open: return TooManyOpen{};
        case orders::ContactVerdict::must_prove: break;
    }
    if (!orders::is_mail_address(contact)) return TooManyOpen{};
    return ProofWanted{};
}

Result<Kept, ReserveFailure> reserve_if_proven(const Visit& visit, const KeyedWish& wish) {
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
        if (const auto fault = orders::find_fault(wish.request, {visit.territory().quantity_max}))
            return ReserveFailure{*fault};
        if (const auto failure = judge_contact(tx, visit, wish.request.contact)) return *failure;
        const auto reservation = orders::reserve(tx, wish.request, reserve_context(visit));
        if (!reservation) return ReserveFailure{reservation.error()};
        Kept kept{.code = reservation->code, .json = kept_json(*reservation)};
        store::record_answer(tx, keyed, {.status = kCreated, .body = kept.json}, visit.view.now);
        return kept;
    });
}

// Sends a code, where none was typed.
ProofWanted want_proof(const Visit& visit, const KeyedWish& wish) {
    if (!wish.proof_code.empty()) return {.is_code_wrong = true};
    const auto sent = visit.context.database.write([&](store::Tx& tx) {
        return orders::ask_for_proof(
            tx, {.contact = wish.request.contact, .language = wish.request.language},
            {.territory = visit.territory().id,
             .now = visit.view.now,
             .ids = visit.context.ids,
             .random = visit.context.random});
    });
    return {.is_sent_before = sent == orders::ProofSent::sent_before};
}

}  // namespace

// The try of a code and the sending of one are kept whatever becomes of the wish: each is a
// transaction of its own.
Result<Kept, ReserveFailure> reserve_once(const Visit& visit, const KeyedWish& wish) {
    if (!wish.proof_code.empty())
        visit.context.database.write([&](store::Tx& tx) {
            orders::prove(tx, visit.territory().id, wish.request.contact, wish.proof_code,
                          visit.view.now);
        });
    const auto kept = reserve_if_proven(visit, wish);
    const bool is_proof_wanted = !kept && std::holds_alternative<ProofWanted>(kept.error());
    if (!is_proof_wanted) return kept;
    return ReserveFailure{want_proof(visit, wish)};
}

}  // namespace emplettes::site
