#include "orders/reservation_table.h"

#include "base/check.h"
#include "orders/contact_rule.h"
#include "orders/round.h"

namespace emplettes::orders {
namespace {

const std::string kColumns =
    "reservation_id, code, pickup_code, offer_id, shop_id, product_id, product_title, price_cents,"
    " quantity, person_name, contact, language, status, decline_reason, created_at, changed_at,"
    " held_until, undo_to, is_undone, stock_before, stock_source_before, stock_confirmed_before,"
    " remind_at, answer_by, only_here, is_by_itself, passed_from, passed_to, shops_before,"
    " is_extended, collected, collector, is_no_show, round_code";

constexpr std::string_view kInsert = R"sql(
    INSERT INTO reservation (territory_id, reservation_id, code, pickup_code, offer_id, shop_id,
        product_id, product_title, price_cents, quantity, person_name, contact, language, status,
        decline_reason, created_at, changed_at, held_until, remind_at, answer_by, only_here,
        is_by_itself, passed_from, passed_to, shops_before,
        contact_key, round_code, writes)
    VALUES (:territory, :reservation, :code, :pickup_code, :offer, :shop, :product, :title, :price,
        :quantity, :person, :contact, :language, :status, :reason, :created, :changed, :held_until,
        :remind_at, :answer_by, :only_here, :is_by_itself, :passed_from, '', :shops_before,
        :contact_key, :round, 1)
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

const std::string kSelectRound = "SELECT " + kColumns + R"sql(
    FROM reservation
    WHERE territory_id = :territory AND round_code = :round AND round_code <> ''
      AND passed_to = ''
    ORDER BY reservation_id
)sql";

const std::string kLockByCode = R"sql(
    UPDATE reservation SET writes = writes + 1
    WHERE territory_id = :territory AND code = :code
    RETURNING )sql" + kColumns;

const std::string kLockOverdue = R"sql(
    UPDATE reservation SET writes = writes + 1
    WHERE territory_id = :territory AND reservation_id = :reservation
      AND status IN ('requested', 'held', 'ready') AND held_until <= :now
    RETURNING )sql" + kColumns;

const std::string kLockUnanswered = R"sql(
    UPDATE reservation SET writes = writes + 1
    WHERE territory_id = :territory AND reservation_id = :reservation
      AND status = 'requested' AND answer_by BETWEEN 1 AND :now
    RETURNING )sql" + kColumns;

const std::string kLockToRemind = R"sql(
    UPDATE reservation SET writes = writes + 1
    WHERE territory_id = :territory AND reservation_id = :reservation
      AND status = 'requested' AND remind_at BETWEEN 1 AND :now
    RETURNING )sql" + kColumns;

constexpr std::string_view kSelectOverdue = R"sql(
    SELECT offer_id, reservation_id
    FROM reservation
    WHERE territory_id = :territory AND status IN ('requested', 'held', 'ready')
      AND held_until <= :now
    ORDER BY held_until, reservation_id
    LIMIT :limit
)sql";

constexpr std::string_view kSelectUnanswered = R"sql(
    SELECT offer_id, reservation_id
    FROM reservation
    WHERE territory_id = :territory AND status = 'requested' AND answer_by BETWEEN 1 AND :now
    ORDER BY answer_by, reservation_id
    LIMIT :limit
)sql";

constexpr std::string_view kSelectOpenOfShop = R"sql(
    SELECT offer_id, reservation_id
    FROM reservation
    WHERE territory_id = :territory AND shop_id = :shop
      AND status IN ('requested', 'held', 'ready') AND held_until > :now
    ORDER BY offer_id, reservation_id
)sql";

const std::string kLockOpen = R"sql(
    UPDATE reservation SET writes = writes + 1
    WHERE territory_id = :territory AND reservation_id = :reservation
      AND status IN ('requested', 'held', 'ready') AND held_until > :now
    RETURNING )sql" + kColumns;

constexpr std::string_view kSelectToRemind = R"sql(
    SELECT offer_id, reservation_id
    FROM reservation
    WHERE territory_id = :territory AND status = 'requested' AND remind_at BETWEEN 1 AND :now
    ORDER BY remind_at, reservation_id
    LIMIT :limit
)sql";

constexpr std::string_view kUpdate = R"sql(
    UPDATE reservation SET status = :status, decline_reason = :reason, changed_at = :changed,
        held_until = :held_until, undo_to = :undo_to, is_undone = :is_undone,
        stock_before = :stock_before, stock_source_before = :source_before,
        stock_confirmed_before = :confirmed_before, remind_at = :remind_at,
        answer_by = :answer_by, only_here = :only_here, passed_to = :passed_to,
        quantity = :quantity, is_extended = :is_extended, collected = :collected,
        collector = :collector, is_no_show = :is_no_show
    WHERE territory_id = :territory AND reservation_id = :reservation
)sql";

constexpr std::string_view kForget = R"sql(
    UPDATE reservation SET person_name = '', contact = '', contact_key = '', collector = ''
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
                is_undone, stock, source, confirmed_at, remind_at, answer_by, only_here,
                is_by_itself, from, to, shops_before, is_extended, collected, collector, is_no_show,
                round] :
         tx.all<ReservationId, std::string, std::string, OfferId, ShopId, ProductId, std::string,
                Money, std::int64_t, std::string, std::string, std::string, std::string,
                std::string, Instant, Instant, Instant, std::string, std::int64_t, std::int64_t,
                std::string, Instant, Instant, Instant, std::int64_t, std::int64_t, std::string,
                std::string, std::int64_t, std::int64_t, std::int64_t, std::string, std::int64_t,
                std::string>(sql, params)) {
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
                                .stock_before = stock_before(stock, source, confirmed_at),
                                .asking = {.remind_at = remind_at,
                                           .answer_by = answer_by,
                                           .only_here = only_here == 1,
                                           .is_by_itself = is_by_itself == 1,
                                           .from = std::move(from),
                                           .to = std::move(to),
                                           .shops_before = shops_before},
                                .is_extended = is_extended == 1,
                                .collected = collected,
                                .collector = std::move(collector),
                                .is_no_show = is_no_show == 1,
                                .round = std::move(round)});
    }
    return reservations;
}

std::optional<Reservation> load_one(store::Tx& tx, const std::string& sql, store::Params params) {
    auto found = load(tx, sql, params);
    check(found.size() <= 1);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Due> load_due(store::Tx& tx, std::string_view sql, store::Params params) {
    std::vector<Due> due;
    tx.each<OfferId, ReservationId>(sql, params, [&](OfferId offer, ReservationId id) {
        due.push_back({offer, id});
    });
    return due;
}

}  // namespace

bool insert_row(store::Tx& tx, TerritoryId territory, const Reservation& reservation) {
    const Asking& asking = reservation.asking;
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
                            {"held_until", reservation.held_until},
                            {"remind_at", asking.remind_at},
                            {"answer_by", asking.answer_by},
                            {"only_here", std::int64_t{asking.only_here}},
                            {"is_by_itself", std::int64_t{asking.is_by_itself}},
                            {"passed_from", asking.from},
                            {"shops_before", asking.shops_before},
                            {"contact_key", contact_key(reservation.contact)},
                            {"round", reservation.round}}) == 1;
}

std::optional<Reservation> lock_row(store::Tx& tx, TerritoryId territory, std::string_view code) {
    return load_one(tx, kLockByCode, {{"territory", territory}, {"code", code}});
}

std::optional<Reservation> lock_overdue(store::Tx& tx, TerritoryId territory, ReservationId id,
                                        Instant now) {
    return load_one(tx, kLockOverdue,
                    {{"territory", territory}, {"reservation", id}, {"now", now}});
}

std::optional<Reservation> lock_unanswered(store::Tx& tx, TerritoryId territory, ReservationId id,
                                           Instant now) {
    return load_one(tx, kLockUnanswered,
                    {{"territory", territory}, {"reservation", id}, {"now", now}});
}

std::optional<Reservation> lock_to_remind(store::Tx& tx, TerritoryId territory, ReservationId id,
                                          Instant now) {
    return load_one(tx, kLockToRemind,
                    {{"territory", territory}, {"reservation", id}, {"now", now}});
}

std::vector<Due> load_overdue(store::Tx& tx, TerritoryId territory, Instant now,
                              std::int64_t limit) {
    return load_due(tx, kSelectOverdue, {{"territory", territory}, {"now", now}, {"limit", limit}});
}

std::vector<Due> load_unanswered(store::Tx& tx, TerritoryId territory, Instant now,
                                 std::int64_t limit) {
    return load_due(tx, kSelectUnanswered,
                    {{"territory", territory}, {"now", now}, {"limit", limit}});
}

std::vector<Due> load_to_remind(store::Tx& tx, TerritoryId territory, Instant now,
                                std::int64_t limit) {
    return load_due(tx, kSelectToRemind,
                    {{"territory", territory}, {"now", now}, {"limit", limit}});
}

std::vector<Reservation> lock_open_of_shop(store::Tx& tx, TerritoryId territory, ShopId shop,
                                           Instant now) {
    std::vector<Reservation> open;
    for (const Due& due : load_due(tx, kSelectOpenOfShop,
                                   {{"territory", territory}, {"shop", shop}, {"now", now}})) {
        auto locked = load_one(tx, kLockOpen,
                               {{"territory", territory}, {"reservation", due.id}, {"now", now}});
        if (locked) open.push_back(*std::move(locked));
    }
    return open;
}

catalogue::Shop shop_of(store::Tx& tx, TerritoryId territory, const Reservation& reservation) {
    return checked(catalogue::find_shop(tx, territory, reservation.shop));
}

void update_row(store::Tx& tx, TerritoryId territory, const Reservation& reservation) {
    const bool can_undo = reservation.undo_to.has_value();
    const auto& before = reservation.stock_before;
    const Asking& asking = reservation.asking;
    tx.run(kUpdate, {{"status", to_string(reservation.status)},
                     {"reason", to_string(reservation.decline_reason)},
                     {"changed", reservation.changed_at},
                     {"held_until", reservation.held_until},
                     {"undo_to", can_undo ? to_string(*reservation.undo_to) : ""},
                     {"is_undone", std::int64_t{reservation.is_undone}},
                     {"stock_before", before.quantity},
                     {"source_before", catalogue::to_string(before.source)},
                     {"confirmed_before", before.confirmed_at},
                     {"remind_at", asking.remind_at},
                     {"answer_by", asking.answer_by},
                     {"only_here", std::int64_t{asking.only_here}},
                     {"passed_to", asking.to},
                     {"quantity", reservation.quantity},
                     {"is_extended", std::int64_t{reservation.is_extended}},
                     {"collected", reservation.collected},
                     {"collector", reservation.collector},
                     {"is_no_show", std::int64_t{reservation.is_no_show}},
                     {"territory", territory},
                     {"reservation", reservation.id}});
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

std::vector<Reservation> find_round(store::Tx& tx, TerritoryId territory, std::string_view code) {
    return load(tx, kSelectRound, {{"territory", territory}, {"round", code}});
}

std::int64_t forget_persons(store::Tx& tx, TerritoryId territory, Instant before,
                            std::int64_t limit) {
    return tx.run(kForget, {{"territory", territory}, {"before", before}, {"limit", limit}});
}

}  // namespace emplettes::orders
