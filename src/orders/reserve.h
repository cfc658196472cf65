#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/id.h"
#include "base/id_source.h"
#include "base/random.h"
#include "base/result.h"
#include "catalogue/shop.h"
#include "catalogue/stock_age.h"
#include "orders/name.h"
#include "orders/reservation.h"
#include "orders/shop_times.h"
#include "store/tx.h"

namespace emplettes::orders {

// What the neighbour asks for, already parsed and trimmed.
struct ReserveRequest {
    OfferId offer;
    std::int64_t quantity = 1;
    std::string person_name;
    std::string contact;
    std::string language;
    bool only_here = false;  // never to be passed on to another shop

    bool operator==(const ReserveRequest&) const = default;
};

enum class ReserveError {
    quantity_not_positive,
    quantity_too_large,
    name_missing,
    name_too_long,
    name_not_valid,  // not UTF-8, or with control characters
    contact_not_valid,
    unknown_offer,
    sold_out,
};

struct ReserveLimits {
    std::int64_t quantity_max = 10;
};
inline constexpr std::size_t kCodeLength = 10;
inline constexpr std::size_t kPickupCodeLength = 4;

// The first thing that is wrong with a request, before any database is asked.
std::optional<ReserveError> find_fault(const ReserveRequest& request, const ReserveLimits& limits);

// The facts a reservation is made from besides the request.
struct ReserveContext {
    TerritoryId territory;
    Instant now;
    // Of this shop, as it is stored now.
    std::function<ShopTimes(const catalogue::Shop&)> times;
    catalogue::StockLines stock_lines;
    ReserveLimits limits;
    IdSource& ids;
    Random& random;
};

// Takes the stock and keeps it: atomic, never more than there is. A shop that is trusted (trust.h)
// has said yes by that. Writes the news of the change and the notices to both sides. An error has
// written nothing.
Result<Reservation, ReserveError> reserve(store::Tx& tx, const ReserveRequest& request,
                                          const ReserveContext& context);
// The same of an offer that was found in this transaction.
Result<Reservation, ReserveError> reserve(store::Tx& tx, const catalogue::Offer& offer,
                                          const ReserveRequest& request,
                                          const ReserveContext& context);

// The same without telling anybody but the readers of the outbox's offers, for a request that went
// on from another shop, or is one of several.
struct Origin {
    std::string code;  // of the request at the shop before; empty: none
    std::int64_t shops_before = 0;
    std::string round;  // code of the round (round.h); empty: none
};
struct KeptAtShop {
    Reservation reservation;
    catalogue::Shop shop;
};
Result<KeptAtShop, ReserveError> keep(store::Tx& tx, const catalogue::Offer& offer,
                                      const ReserveRequest& request, const ReserveContext& context,
                                      const Origin& origin);

}  // namespace emplettes::orders
