#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id_source.h"
#include "base/random.h"
#include "catalogue/offer.h"
#include "catalogue/shop.h"
#include "notices/notice.h"
#include "orders/passing_on.h"
#include "orders/reserve.h"
#include "orders/step.h"
#include "store/database.h"

namespace emplettes::orders {

// Where the contracts of orders play.
inline constexpr TerritoryId kTerritory{7};

// For tests: one territory with one shop, which sells one product.
class TestMarket {
  public:
    static constexpr ShopId kShop{11};
    static constexpr ProductId kProduct{12};
    static constexpr OfferId kOffer{13};
    static constexpr Instant kStart = instant_from_unix(1'800'000'000);
    static constexpr std::chrono::hours kHold{24};
    static constexpr std::chrono::minutes kAnswer{30};

    TestMarket(store::Database& database, TerritoryId territory, std::int64_t stock);

    static catalogue::Shop shop();
    void change_shop(const catalogue::Shop& changed);
    void add_offer(OfferId id, std::int64_t stock);

    // Another shop with the same thing, so many metres to the north.
    void add_shop(ShopId id, OfferId offer, std::int64_t stock, double north_m);
    FindPlace place_of() const;
    std::int64_t pass_on_unanswered();
    Result<Reservation, PassError> pass_on(const std::string& code);
    std::int64_t remind();

    static ReserveRequest request(std::int64_t quantity = 1);
    Result<Reservation, ReserveError> reserve(const ReserveRequest& wanted);
    // What everybody here reserves with: the shop has kAnswer to answer, whatever its hours.
    ReserveContext context();
    Result<Reservation, StepError> step(const StepRequest& wanted);
    Result<Reservation, StepError> step(const std::string& code, Step step_to_take);
    std::int64_t expire(std::int64_t limit = 1000);

    std::optional<Reservation> find(const std::string& code);
    std::int64_t stock(OfferId offer = kOffer);
    std::vector<Reservation> reservations(std::int64_t limit = 1000);
    // What is kept or has been collected.
    std::int64_t kept();
    std::vector<notices::Notice> waiting_notices();
    // "requested", "held" …: the statuses that the outbox has told, in order. PostgreSQL tells
    // news once all transactions that began before have ended, those of other tests too: hence a
    // mark at the end, and patience.
    std::vector<std::string> told();

    store::Database& database() { return database_; }
    TerritoryId territory() const { return territory_; }
    ManualClock& clock() { return clock_; }

  private:
    std::optional<std::vector<std::string>> told_before(std::int64_t mark);
    void save_offer(store::Tx& tx, OfferId id, catalogue::Condition condition, std::int64_t stock);

    store::Database& database_;
    const TerritoryId territory_;
    ManualClock clock_{kStart};
    IdSource ids_{clock_, 1};
    SeededRandom random_{42};
    std::map<ShopId, ShopPlace> places_{
        {kShop, {.position = shop().position, .is_open = true, .opens_at = std::nullopt}}};
};

}  // namespace emplettes::orders
