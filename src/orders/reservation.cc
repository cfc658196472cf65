#include "orders/reservation.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/check.h"
#include "catalogue/shop_record.h"
#include "orders/reservation_news.h"

namespace emplettes::orders {
namespace {

constexpr int kCodeAttemptsMax = 8;
constexpr std::uint64_t kPickupCodes = 10'000;

const std::string kColumns =
    "reservation_id, code, pickup_code, offer_id, shop_id, product_id, product_title, price_cents,"
    " quantity, person_name, contact, language, status, decline_reason, created_at, changed_at,"
    " held_until, undo_to, is_undone, stock_before, stock_source_before, stock_confirmed_before";

constexpr std::string_view kInsert = R"sql(
    INSERT INTO reservation (territory_id, reservation_id, code, pickup_code, offer_id, shop_id,
        product_id, product_title, price_cents, quantity, person_name, contact, language, status,
        decline_reason, created_at, changed_at, held_until, writes)
    VALUES (:territory, :reservation, :code, :pickup_code, :offer, :shop, :product, :title, :price,
        :quantity, :person, :contact, :language, :status, :reason, :created, :changed, :held_until,
        1)
    ON CONFLICT (territory_id, code) DO NOTHING
)sql";

const std::string kSelectByCode = "SELECT " + kColumns + R"sql(
    FROM reservation
    WHERE territory_id = :territory AND code = :code
)sql";

const std::string kSelectOfShop = "SELECT " + kColumns + R"sql(
    FROM reservation
    WHERE territory_id = :territory AND shop_id = :shop
    ORDER BY CASE WHEN status IN ('requested', 'held', 'ready') THEN 0 ELSE 1 END,
             CASE WHEN status IN ('requested', 'held', 'ready')
                  THEN created_at ELSE -changed_at END,
             reservation_id
    LIMIT :limit
)sql";

const std::string kSelectAtCounter = "SELECT " + kColumns + R"sql(
    FROM reservation
    WHERE territory_id = :territory AND shop_id = :shop
      AND status IN ('requested', 'held', 'ready')
      AND (code = :typed OR pickup_code = :typed)
    ORDER BY created_at, reservation_id
    LIMIT :limit
)sql";

// Locks the row on both databases until the transaction ends, and is the write that an answer
// needs before it.
const std::string kLockByCode = R"sql(
    UPDATE reservation SET writes = writes + 1
    WHERE territory_id = :territory AND code = :code
    RETURNING )sql" + kColumns;

const std::string kLockOverdue = R"sql(
    UPDATE reservation SET writes = writes + 1
    WHERE territory_id = :territory AND reservation_id = :reservation
      AND status IN ('requested', 'held', 'ready') AND held_until <= :now
    RETURNING )sql" + kColumns;

constexpr std::string_view kSelectOverdue = R"sql(
    SELECT offer_id, reservation_id
    FROM reservation
    WHERE territory_id = :territory AND status IN ('requested', 'held', 'ready')
      AND held_until <= :now
    ORDER BY held_until, reservation_id
    LIMIT :limit
)sql";

constexpr std::string_view kUpdateStatus = R"sql(
    UPDATE reservation SET status = :status, decline_reason = :reason, changed_at = :changed,
        undo_to = :undo_to, is_undone = :is_undone, stock_before = :stock_before,
        stock_source_before = :source_before, stock_confirmed_before = :confirmed_before
    WHERE territory_id = :territory AND reservation_id = :reservation
)sql";

constexpr std::string_view kForget = R"sql(
    UPDATE reservation SET person_name = '', contact = ''
    WHERE territory_id = :territory AND reservation_id IN (
        SELECT reservation_id
        FROM reservation
        WHERE territory_id = :territory AND changed_at < :before AND contact <> ''
          AND status NOT IN ('requested', 'held', 'ready')
        ORDER BY changed_at
        LIMIT :limit)
)sql";

template <typename T>
T checked(std::optional<T> value) {
    check(value.has_value());
    return *std::move(value);
}

catalogue::Stock stock_before(std::int64_t quantity, std::string_view source, Instant at) {
    if (source.empty()) return {};
    return {.quantity = quantity,
            .source = checked(catalogue::parse_stock_source(source)),
            .confirmed_at = at};
}

std::vector<Reservation> load(store::Tx& tx, const std::string& sql, store::Params params) {
    std::vector<Reservation> reservations;
    for (auto& [id, code, pickup_code, offer, shop, product, title, price, quantity, person,
                contact, language, status, reason, created_at, changed_at, until, undo_to,
                is_undone, stock, source, confirmed_at] :
         tx.all<ReservationId, std::string, std::string, OfferId, ShopId, ProductId, std::string,
                Money, std::int64_t, std::string, std::string, std::string, std::string,
                std::string, Instant, Instant, Instant, std::string, std::int64_t, std::int64_t,
                std::string, Instant>(sql, params)) {
        reservations.push_back({.id = id,
                                .code = std::move(code),
                                .pickup_code = std::move(pickup_code),
                                .offer = offer,
                                .shop = shop,
                                .product = product,
                                .product_title = std::move(title),
                                .price = price,
                                .quantity = quantity,
                                .person_name = std::move(person),
                                .contact = std::move(contact),
                                .language = std::move(language),
                                .status = checked(parse_status(status)),
                                .decline_reason = checked(parse_decline_reason(reason)),
                                .created_at = created_at,
                                .changed_at = changed_at,
                                .held_until = until,
                                .undo_to = parse_status(undo_to),
                                .is_undone = is_undone == 1,
                                .stock_before = stock_before(stock, source, confirmed_at)});
    }
    return reservations;
}

std::optional<Reservation> load_one(store::Tx& tx, const std::string& sql, store::Params params) {
    auto found = load(tx, sql, params);
    check(found.size() <= 1);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::string pickup_code(Random& random) {
    const std::string digits = std::to_string(random.below(kPickupCodes));
    return std::string(kPickupCodeLength - digits.size(), '0') + digits;
}

bool insert(store::Tx& tx, TerritoryId territory, const Reservation& reservation) {
    return tx.run(kInsert, {{"territory", territory},
                            {"reservation", reservation.id},
                            {"code", reservation.code},
                            {"pickup_code", reservation.pickup_code},
                            {"offer", reservation.offer},
                            {"shop", reservation.shop},
                            {"product", reservation.product},
                            {"title", reservation.product_title},
                            {"price", reservation.price},
                            {"quantity", reservation.quantity},
                            {"person", reservation.person_name},
                            {"contact", reservation.contact},
                            {"language", reservation.language},
                            {"status", to_string(reservation.status)},
                            {"reason", to_string(reservation.decline_reason)},
                            {"created", reservation.created_at},
                            {"changed", reservation.changed_at},
                            {"held_until", reservation.held_until}}) == 1;
}

// Draws codes until one is free.
void insert_with_new_code(store::Tx& tx, Reservation& reservation, const ReserveContext& context) {
    for (int attempt = 0; attempt < kCodeAttemptsMax; ++attempt) {
        reservation.code = context.random.readable_code(kCodeLength);
        if (insert(tx, context.territory, reservation)) return;
    }
    check(false);  // eight collisions among 30^10 codes: the source of chance is broken
}

// What the new status says about goods that were kept; nothing while they still are.
std::optional<catalogue::KeptEnd> end_of(const Reservation& reservation) {
    using catalogue::KeptEnd;
    switch (reservation.status) {
        case Status::requested:
        case Status::held:
        case Status::ready: return std::nullopt;
        case Status::collected: return KeptEnd::collected;
        case Status::expired:
        case Status::cancelled: return KeptEnd::returned;
        case Status::declined: break;
    }
    switch (reservation.decline_reason) {
        case DeclineReason::sold_out: return KeptEnd::none_left;
        case DeclineReason::damaged: return KeptEnd::damaged;
        case DeclineReason::none:
        case DeclineReason::wrong_price:
        case DeclineReason::closing:
        case DeclineReason::other: break;
    }
    return KeptEnd::returned;
}

void write_status(store::Tx& tx, TerritoryId territory, const Reservation& reservation) {
    const bool can_undo = reservation.undo_to.has_value();
    const auto& before = reservation.stock_before;
    tx.run(kUpdateStatus, {{"status", to_string(reservation.status)},
                           {"reason", to_string(reservation.decline_reason)},
                           {"changed", reservation.changed_at},
                           {"undo_to", can_undo ? to_string(*reservation.undo_to) : ""},
                           {"is_undone", std::int64_t{reservation.is_undone}},
                           {"stock_before", before.quantity},
                           {"source_before", catalogue::to_string(before.source)},
                           {"confirmed_before", before.confirmed_at},
                           {"territory", territory},
                           {"reservation", reservation.id}});
}

// Brings a locked reservation to another status, and its goods to where that leaves them.
void change_status(store::Tx& tx, TerritoryId territory, Reservation& reservation, Status to,
                   IdSource& ids) {
    const bool is_by_shop = to != Status::cancelled && to != Status::expired;
    reservation.undo_to = is_by_shop ? std::optional(reservation.status) : std::nullopt;
    reservation.is_undone = false;
    reservation.status = to;
    if (const auto how = end_of(reservation))
        reservation.stock_before = catalogue::end_keeping(
            tx, territory, reservation.offer,
            {.quantity = reservation.quantity, .how = *how, .now = reservation.changed_at});
    write_status(tx, territory, reservation);
    const auto shop = checked(catalogue::find_shop(tx, territory, reservation.shop));
    tell_change(tx, territory, reservation, shop, ids);
}

// The first answer of the shop, for its monthly statement.
void note_answer(store::Tx& tx, TerritoryId territory, const Reservation& reservation, Status to) {
    const bool is_by_shop = to != Status::cancelled && to != Status::expired;
    if (reservation.status != Status::requested || !is_by_shop) return;
    catalogue::note_answer(tx, territory,
                           {.shop = reservation.shop,
                            .reservation_code = reservation.code,
                            .asked_at = reservation.created_at,
                            .answered_at = reservation.changed_at,
                            .is_kept = to != Status::declined});
}

// Brings a locked reservation back to where it was. False, with nothing written, when its goods
// cannot be kept again.
bool undo(store::Tx& tx, TerritoryId territory, Reservation& reservation, IdSource& ids,
          Instant now) {
    if (const auto how = end_of(reservation)) {
        const catalogue::MistakenEnd mistaken{
            .end = {.quantity = reservation.quantity, .how = *how, .now = reservation.changed_at},
            .before = reservation.stock_before,
            .now = now};
        if (!catalogue::keep_again(tx, territory, reservation.offer, mistaken)) return false;
    }
    reservation.status = checked(reservation.undo_to);
    reservation.decline_reason = DeclineReason::none;
    reservation.changed_at = now;
    reservation.undo_to = std::nullopt;
    reservation.is_undone = true;
    reservation.stock_before = {};
    write_status(tx, territory, reservation);
    const auto shop = checked(catalogue::find_shop(tx, territory, reservation.shop));
    tell_undo(tx, territory, reservation, shop, ids);
    return true;
}

}  // namespace

Result<Reservation, ReserveError> reserve(store::Tx& tx, const ReserveRequest& request,
                                          const ReserveContext& context) {
    if (const auto fault = find_fault(request, context.limits)) return *fault;
    const auto offer = catalogue::find_offer(tx, context.territory, request.offer);
    if (!offer) return ReserveError::unknown_offer;
    const auto shop = checked(catalogue::find_shop(tx, context.territory, offer->shop));
    if (!shop.is_listed) return ReserveError::unknown_offer;

    const auto taken =
        catalogue::take_stock(tx, context.territory, request.offer, request.quantity, context.now);
    if (!taken) {
        return taken.error() == catalogue::TakeError::not_enough ? ReserveError::sold_out
                                                                 : ReserveError::unknown_offer;
    }
    const auto product = checked(catalogue::find_product(tx, context.territory, offer->product));
    Reservation reservation{.id = context.ids.next<ReservationId>(),
                            .code = {},
                            .pickup_code = pickup_code(context.random),
                            .offer = offer->id,
                            .shop = offer->shop,
                            .product = offer->product,
                            .product_title = product.title,
                            .price = taken->price,
                            .quantity = request.quantity,
                            .person_name = request.person_name,
                            .contact = request.contact,
                            .language = request.language,
                            .status = Status::requested,
                            .decline_reason = DeclineReason::none,
                            .created_at = context.now,
                            .changed_at = context.now,
                            .held_until = context.held_until(shop),
                            .undo_to = std::nullopt,
                            .is_undone = false,
                            .stock_before = {}};
    insert_with_new_code(tx, reservation, context);
    tell_change(tx, context.territory, reservation, shop, context.ids);
    return reservation;
}

std::optional<Reservation> find_reservation(store::Tx& tx, TerritoryId territory,
                                            std::string_view code) {
    return load_one(tx, kSelectByCode, {{"territory", territory}, {"code", code}});
}

std::vector<Reservation> load_reservations_of_shop(store::Tx& tx, TerritoryId territory,
                                                   ShopId shop, std::int64_t limit) {
    return load(tx, kSelectOfShop, {{"territory", territory}, {"shop", shop}, {"limit", limit}});
}

std::vector<Reservation> find_reservations_at_counter(store::Tx& tx, TerritoryId territory,
                                                      ShopId shop, std::string_view typed) {
    return load(tx, kSelectAtCounter,
                {{"territory", territory},
                 {"shop", shop},
                 {"typed", code_from_typed(typed)},
                 {"limit", kCounterMatchesMax}});
}

Result<Reservation, StepError> take_step(store::Tx& tx, TerritoryId territory,
                                         const StepRequest& request, IdSource& ids, Instant now) {
    auto reservation =
        load_one(tx, kLockByCode, {{"territory", territory}, {"code", request.code}});
    if (!reservation) return StepError::unknown_code;
    const auto to = decide(*reservation, request, now);
    if (!to) return to.error();
    if (*to == reservation->status) return *reservation;
    if (request.step == Step::undo) {
        if (!undo(tx, territory, *reservation, ids, now)) return StepError::not_allowed_now;
        return *reservation;
    }

    reservation->changed_at = now;
    if (*to == Status::declined) reservation->decline_reason = request.reason;
    note_answer(tx, territory, *reservation, *to);
    change_status(tx, territory, *reservation, *to, ids);
    return *reservation;
}

std::int64_t expire_overdue(store::Tx& tx, TerritoryId territory, IdSource& ids, Instant now,
                            std::int64_t limit) {
    auto overdue = tx.all<OfferId, ReservationId>(
        kSelectOverdue, {{"territory", territory}, {"now", now}, {"limit", limit}});
    // Everybody who locks several offers does so in the order of their ids.
    std::sort(overdue.begin(), overdue.end());
    std::int64_t expired = 0;
    for (const auto& [offer, id] : overdue) {
        auto reservation = load_one(tx, kLockOverdue,
                                    {{"territory", territory}, {"reservation", id}, {"now", now}});
        if (!reservation) continue;  // ended meanwhile
        reservation->changed_at = now;
        change_status(tx, territory, *reservation, Status::expired, ids);
        ++expired;
    }
    return expired;
}

std::int64_t forget_persons(store::Tx& tx, TerritoryId territory, Instant before,
                            std::int64_t limit) {
    return tx.run(kForget, {{"territory", territory}, {"before", before}, {"limit", limit}});
}

}  // namespace emplettes::orders
