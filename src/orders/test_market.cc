#include "orders/test_market.h"

#include <stdexcept>

#include "base/json.h"
#include "catalogue/shop.h"
#include "store/outbox.h"

namespace emplettes::orders {

TestMarket::TestMarket(store::Database& database, TerritoryId territory, std::int64_t stock)
    : database_(database), territory_(territory) {
    database_.write([&](store::Tx& tx) {
        catalogue::save_shop(tx, territory_, shop());
        catalogue::save_product(tx, territory_,
                                {.id = kProduct,
                                 .key = "test:1",
                                 .gtin = std::nullopt,
                                 .title = "Thé vert",
                                 .maker = "",
                                 .category = "tea",
                                 .description = "",
                                 .language = "fr",
                                 .source = "test",
                                 .updated_at = kStart});
        save_offer(tx, kOffer, catalogue::Condition::new_, stock);
    });
}

catalogue::Shop TestMarket::shop() {
    return {.id = kShop,
            .slug = "ecume",
            .name = "L'Écume des pages",
            .kind = "books",
            .is_maker = false,
            .position = {.lat = 48.87, .lon = 2.34},
            .housenumber = "12",
            .street = "rue Cadet",
            .postcode = "75009",
            .city = "Paris",
            .phone = "+33 1 42 00 00 00",
            .website = "",
            .email = "shop@example.org",
            .opening_hours = "",
            .source = "test",
            .source_ref = "1",
            .is_listed = true,
            .secret = "shop-secret",
            .hold_open_days = 1,
            .updated_at = kStart};
}

void TestMarket::change_shop(const catalogue::Shop& changed) {
    database_.write([&](store::Tx& tx) { catalogue::save_shop(tx, territory_, changed); });
}

void TestMarket::add_offer(OfferId id, std::int64_t stock) {
    database_.write([&](store::Tx& tx) { save_offer(tx, id, catalogue::Condition::used, stock); });
}

void TestMarket::add_shop(ShopId id, OfferId offer, std::int64_t stock, double north_m) {
    catalogue::Shop other = shop();
    other.id = id;
    other.slug = "shop-" + std::to_string(id.value);
    other.name = "Boutique " + std::to_string(id.value);
    other.source_ref = std::to_string(id.value);
    other.secret = "secret-" + std::to_string(id.value);
    other.position.lat += north_m / 111'195;
    change_shop(other);
    places_[id] = {.position = other.position, .is_open = true, .opens_at = std::nullopt};
    database_.write([&](store::Tx& tx) {
        catalogue::save_offer(tx, territory_,
                              {.id = offer,
                               .shop = id,
                               .product = kProduct,
                               .condition = catalogue::Condition::new_,
                               .price = Money{1290},
                               .stock = {.quantity = stock,
                                         .source = catalogue::StockSource::demo,
                                         .confirmed_at = kStart}});
    });
}

FindPlace TestMarket::place_of() const {
    return [this](ShopId id) -> std::optional<ShopPlace> {
        const auto at = places_.find(id);
        return at == places_.end() ? std::nullopt : std::optional(at->second);
    };
}

std::int64_t TestMarket::pass_on_unanswered() {
    const ReserveContext reserve = context();
    return database_.write([&](store::Tx& tx) {
        return orders::pass_on_unanswered(tx, {.reserve = reserve, .place_of = place_of()}, 1000);
    });
}

Result<Reservation, PassError> TestMarket::pass_on(const std::string& code) {
    const ReserveContext reserve = context();
    return database_.write([&](store::Tx& tx) {
        return orders::pass_on(tx, code, {.reserve = reserve, .place_of = place_of()});
    });
}

std::int64_t TestMarket::remind() {
    return database_.write(
        [&](store::Tx& tx) { return remind_unanswered(tx, territory_, ids_, clock_.now(), 1000); });
}

ReserveRequest TestMarket::request(std::int64_t quantity) {
    return {.offer = kOffer,
            .quantity = quantity,
            .person_name = "Zoé Lœb",
            .contact = "zoe@example.org",
            .language = "fr"};
}

Result<Reservation, ReserveError> TestMarket::reserve(const ReserveRequest& wanted) {
    return database_.write([&](store::Tx& tx) { return orders::reserve(tx, wanted, context()); });
}

ReserveContext TestMarket::context() {
    const Instant now = clock_.now();
    return {.territory = territory_,
            .now = now,
            .times =
                [now](const auto&) {
                    return ShopTimes{.held_until = now + kHold,
                                     .remind_at = now + kAnswer / 2,
                                     .answer_by = now + kAnswer};
                },
            .stock_lines = catalogue::stock_lines({}, now),
            .limits = {},
            .ids = ids_,
            .random = random_};
}

Result<Reservation, StepError> TestMarket::step(const StepRequest& wanted) {
    return database_.write(
        [&](store::Tx& tx) { return take_step(tx, territory_, wanted, ids_, clock_.now()); });
}

Result<Reservation, StepError> TestMarket::step(const std::string& code, Step step_to_take) {
    return step({.code = code, .step = step_to_take});
}

std::int64_t TestMarket::expire(std::int64_t limit) {
    return database_.write(
        [&](store::Tx& tx) { return expire_overdue(tx, territory_, ids_, clock_.now(), limit); });
}

std::optional<Reservation> TestMarket::find(const std::string& code) {
    return database_.read([&](store::Tx& tx) { return find_reservation(tx, territory_, code); });
}

std::int64_t TestMarket::stock(OfferId offer) {
    return database_.read([&](store::Tx& tx) {
        return catalogue::find_offer(tx, territory_, offer).value().stock.quantity;
    });
}

std::vector<Reservation> TestMarket::reservations(std::int64_t limit) {
    return database_.read(
        [&](store::Tx& tx) { return load_reservations_of_shop(tx, territory_, kShop, limit); });
}

std::int64_t TestMarket::kept() {
    std::int64_t sum = 0;
    for (const Reservation& reservation : reservations(1'000'000)) {
        const bool has_goods =
            keeps_stock(reservation.status) || reservation.status == Status::collected;
        const bool is_collected = reservation.status == Status::collected;
        sum += has_goods ? (is_collected ? reservation.collected : reservation.quantity) : 0;
    }
    return sum;
}

std::vector<notices::Notice> TestMarket::waiting_notices() {
    return database_.read(
        [&](store::Tx& tx) { return notices::load_waiting(tx, territory_, Instant::max(), 1000); });
}

std::vector<std::string> TestMarket::told() {
    const auto mark = ids_.next<NoticeId>().value;
    database_.write([&](store::Tx& tx) {
        store::append_news(
            tx,
            {.territory = territory_, .topic = "mark", .subject_id = mark, .payload_json = "{}"},
            clock_.now());
    });
    std::uint64_t seen = 0;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (std::chrono::steady_clock::now() < deadline) {
        if (const auto statuses = told_before(mark)) return *statuses;
        seen = database_.wait_for_news(seen, std::chrono::milliseconds{20});
    }
    throw std::runtime_error("the outbox does not tell what was written");
}

std::optional<std::vector<std::string>> TestMarket::told_before(std::int64_t mark) {
    const auto news = database_.read(
        [&](store::Tx& tx) { return store::read_news_after(tx, territory_, {}, 1'000'000); });
    std::vector<std::string> statuses;
    for (const auto& entry : news) {
        if (entry.news.topic == "mark" && entry.news.subject_id == mark) return statuses;
        if (entry.news.topic != kReservationTopic) continue;
        statuses.push_back(parse_json(entry.news.payload_json).at("status"));
    }
    return std::nullopt;
}

void TestMarket::save_offer(store::Tx& tx, OfferId id, catalogue::Condition condition,
                            std::int64_t stock) {
    catalogue::save_offer(
        tx, territory_,
        {.id = id,
         .shop = kShop,
         .product = kProduct,
         .condition = condition,
         .price = Money{1290},
         .stock = {
             .quantity = stock, .source = catalogue::StockSource::demo, .confirmed_at = kStart}});
}

}  // namespace emplettes::orders
