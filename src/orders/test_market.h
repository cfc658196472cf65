#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id_source.h"
#include "base/json.h"
#include "base/random.h"
#include "catalogue/offer.h"
#include "catalogue/shop.h"
#include "notices/notice.h"
#include "orders/reservation.h"
#include "store/database.h"
#include "store/outbox.h"

namespace emplettes::orders {

// For tests: one territory with one shop, which sells one product.
class TestMarket {
  public:
    static constexpr ShopId kShop{11};
    static constexpr ProductId kProduct{12};
    static constexpr OfferId kOffer{13};
    static constexpr Instant kStart = instant_from_unix(1'800'000'000);
    static constexpr std::chrono::hours kHold{24};

    TestMarket(store::Database& database, TerritoryId territory, std::int64_t stock)
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

    static catalogue::Shop shop() {
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
    void change_shop(const catalogue::Shop& changed) {
        database_.write([&](store::Tx& tx) { catalogue::save_shop(tx, territory_, changed); });
    }
    void add_offer(OfferId id, std::int64_t stock) {
        database_.write(
            [&](store::Tx& tx) { save_offer(tx, id, catalogue::Condition::used, stock); });
    }

    static ReserveRequest request(std::int64_t quantity = 1) {
        return {.offer = kOffer,
                .quantity = quantity,
                .person_name = "Zoé Lœb",
                .contact = "zoe@example.org",
                .language = "fr"};
    }
    Result<Reservation, ReserveError> reserve(const ReserveRequest& wanted) {
        return database_.write([&](store::Tx& tx) {
            return orders::reserve(tx, wanted,
                                   {.territory = territory_,
                                    .now = clock_.now(),
                                    .held_until = [&](const auto&) { return clock_.now() + kHold; },
                                    .limits = {},
                                    .ids = ids_,
                                    .random = random_});
        });
    }
    Result<Reservation, StepError> step(const StepRequest& wanted) {
        return database_.write(
            [&](store::Tx& tx) { return take_step(tx, territory_, wanted, ids_, clock_.now()); });
    }
    Result<Reservation, StepError> step(const std::string& code, Step step_to_take) {
        return step({.code = code, .step = step_to_take});
    }
    std::int64_t expire(std::int64_t limit = 1000) {
        return database_.write([&](store::Tx& tx) {
            return expire_overdue(tx, territory_, ids_, clock_.now(), limit);
        });
    }

    std::optional<Reservation> find(const std::string& code) {
        return database_.read(
            [&](store::Tx& tx) { return find_reservation(tx, territory_, code); });
    }
    std::int64_t stock(OfferId offer = kOffer) {
        return database_.read([&](store::Tx& tx) {
            return catalogue::find_offer(tx, territory_, offer).value().stock.quantity;
        });
    }
    std::vector<Reservation> reservations(std::int64_t limit = 1000) {
        return database_.read(
            [&](store::Tx& tx) { return load_reservations_of_shop(tx, territory_, kShop, limit); });
    }
    // What is kept or has been collected.
    std::int64_t kept() {
        std::int64_t sum = 0;
        for (const Reservation& reservation : reservations(1'000'000)) {
            const bool has_goods =
                keeps_stock(reservation.status) || reservation.status == Status::collected;
            sum += has_goods ? reservation.quantity : 0;
        }
        return sum;
    }
    std::vector<notices::Notice> waiting_notices() {
        return database_.read([&](store::Tx& tx) {
            return notices::load_waiting(tx, territory_, Instant::max(), 1000);
        });
    }
    // "requested", "held" …: the statuses that the outbox has told, in order. PostgreSQL tells
    // news once all transactions that began before have ended, those of other tests too: hence a
    // mark at the end, and patience.
    std::vector<std::string> told() {
        const auto mark = ids_.next<NoticeId>().value;
        database_.write([&](store::Tx& tx) {
            store::append_news(tx,
                               {.territory = territory_,
                                .topic = "mark",
                                .subject_id = mark,
                                .payload_json = "{}"},
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

    store::Database& database() { return database_; }
    TerritoryId territory() const { return territory_; }
    ManualClock& clock() { return clock_; }

  private:
    std::optional<std::vector<std::string>> told_before(std::int64_t mark) {
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
    void save_offer(store::Tx& tx, OfferId id, catalogue::Condition condition, std::int64_t stock) {
        catalogue::save_offer(tx, territory_,
                              {.id = id,
                               .shop = kShop,
                               .product = kProduct,
                               .condition = condition,
                               .price = Money{1290},
                               .stock = {.quantity = stock,
                                         .source = catalogue::StockSource::demo,
                                         .confirmed_at = kStart}});
    }

    store::Database& database_;
    const TerritoryId territory_;
    ManualClock clock_{kStart};
    IdSource ids_{clock_, 1};
    SeededRandom random_{42};
};

}  // namespace emplettes::orders
