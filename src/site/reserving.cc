#include "site/reserving.h"

#include <functional>

#include "base/json.h"
#include "store/idempotency.h"

namespace emplettes::site {
namespace {

constexpr int kCreated = 201;
constexpr std::chrono::seconds kTimeToAnswer{1};

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

namespace {

Json json_of(const orders::Reservation& reservation) {
    return {{"code", reservation.code},
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
}

}  // namespace

std::string kept_json(const orders::Reservation& reservation) {
    return json_of(reservation).dump();
}

std::string round_json(std::string_view code, const std::vector<orders::Reservation>& round) {
    Json list = Json::array();
    for (const orders::Reservation& reservation : round) list.push_back(json_of(reservation));
    return Json({{"code", code}, {"reservations", std::move(list)}}).dump();
}

namespace {

template <typename Failure>
Failure failure_of(const ContactFault& fault) {
    return std::visit([](const auto& one) { return Failure{one}; }, fault);
}

Result<Kept, ReserveFailure> reserve_if_proven(const Visit& visit, const KeyedWish& wish) {
    using Outcome = Result<Kept, ReserveFailure>;
    const auto until = visit.request.deadline - kTimeToAnswer;
    // Its key makes it harmless to ask again when nobody knows what became of it.
    return visit.context.database.write_patiently(until, [&](store::Tx& tx) -> Outcome {
        const store::KeyedRequest keyed{
            .territory = visit.territory().id, .key = wish.key, .content = wish.content};
        const auto before = store::find_answer(tx, keyed);
        if (std::holds_alternative<store::OtherRequest>(before))
            return ReserveFailure{KeyOfOtherWish{}};
        if (const auto* stored = std::get_if<store::StoredAnswer>(&before))
            return Kept{.code = parse_json(stored->body).at("code"), .json = stored->body};
        const auto offer = catalogue::find_offer(tx, visit.territory().id, wish.request.offer);
        if (!offer) return ReserveFailure{orders::ReserveError::unknown_offer};
        if (visit.view.merchandising->find_hidden_everywhere(offer->product))
            return ReserveFailure{Withdrawn{offer->product}};
        if (visit.view.trust(offer->stock) == catalogue::StockTrust::hidden)
            return ReserveFailure{NotConfirmed{offer->product}};
        if (const auto fault = orders::find_fault(wish.request, {visit.territory().quantity_max}))
            return ReserveFailure{*fault};
        if (const auto fault = find_contact_fault(tx, visit, wish.request.contact, 1))
            return failure_of<ReserveFailure>(*fault);
        const auto reservation = orders::reserve(tx, *offer, wish.request, reserve_context(visit));
        if (!reservation) return ReserveFailure{reservation.error()};
        Kept kept{.code = reservation->code, .json = kept_json(*reservation)};
        store::record_answer(tx, keyed, {.status = kCreated, .body = kept.json}, visit.view.now);
        return kept;
    });
}

// A line that no page would show: nobody can ask for it but who has kept it in a basket for long.
bool is_offered(store::Tx& tx, const Visit& visit, OfferId id) {
    const auto offer = catalogue::find_offer(tx, visit.territory().id, id);
    return offer && !visit.view.merchandising->find_hidden_everywhere(offer->product) &&
           visit.view.trust(offer->stock) != catalogue::StockTrust::hidden;
}

orders::RoundFaults find_not_offered(store::Tx& tx, const Visit& visit,
                                     const orders::RoundRequest& request) {
    orders::RoundFaults faults;
    for (const orders::RoundLine& line : request.lines)
        if (!is_offered(tx, visit, line.offer))
            faults.push_back({.offer = line.offer, .error = orders::ReserveError::unknown_offer});
    return faults;
}

Result<Kept, RoundFailure> reserve_round_if_proven(const Visit& visit, const KeyedRound& wish) {
    using Outcome = Result<Kept, RoundFailure>;
    const auto until = visit.request.deadline - kTimeToAnswer;
    return visit.context.database.write_patiently(until, [&](store::Tx& tx) -> Outcome {
        const store::KeyedRequest keyed{
            .territory = visit.territory().id, .key = wish.key, .content = wish.content};
        const auto before = store::find_answer(tx, keyed);
        if (std::holds_alternative<store::OtherRequest>(before))
            return RoundFailure{KeyOfOtherWish{}};
        if (const auto* stored = std::get_if<store::StoredAnswer>(&before))
            return Kept{.code = parse_json(stored->body).at("code"), .json = stored->body};
        auto faults = find_not_offered(tx, visit, wish.request);
        if (faults.empty())
            faults = orders::find_faults(wish.request, {visit.territory().quantity_max});
        if (!faults.empty()) return RoundFailure{std::move(faults)};
        if (const auto fault =
                find_contact_fault(tx, visit, wish.request.contact, std::ssize(wish.request.lines)))
            return failure_of<RoundFailure>(*fault);
        const auto round = orders::reserve_round(tx, wish.request, reserve_context(visit));
        if (!round) return RoundFailure{round.error()};
        const std::string code = round->front().round;
        Kept kept{.code = code, .json = round_json(code, *round)};
        store::record_answer(tx, keyed, {.status = kCreated, .body = kept.json}, visit.view.now);
        return kept;
    });
}

// Of what reserve_once and its like did not keep: asks for a proof where that is what is missing.
template <typename Failure>
Result<Kept, Failure> proven(const Visit& visit, const Asker& asker,
                             const std::function<Result<Kept, Failure>()>& reserve) {
    try_proof(visit, asker);
    const auto kept = reserve();
    const bool is_proof_wanted = !kept && std::holds_alternative<ProofWanted>(kept.error());
    if (!is_proof_wanted) return kept;
    return Failure{want_proof(visit, asker)};
}

}  // namespace

Result<Kept, ReserveFailure> reserve_once(const Visit& visit, const KeyedWish& wish) {
    return proven<ReserveFailure>(visit,
                                  {wish.request.contact, wish.request.language, wish.proof_code},
                                  [&] { return reserve_if_proven(visit, wish); });
}

Result<Kept, RoundFailure> reserve_round_once(const Visit& visit, const KeyedRound& wish) {
    return proven<RoundFailure>(visit,
                                {wish.request.contact, wish.request.language, wish.proof_code},
                                [&] { return reserve_round_if_proven(visit, wish); });
}

}  // namespace emplettes::site
