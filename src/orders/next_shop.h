#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "catalogue/live_catalogue.h"
#include "catalogue/offer.h"
#include "geo/point.h"
#include "orders/reservation.h"

namespace emplettes::orders {

// Where a request goes that a shop leaves without an answer. Pure but for place_of.

// A shop as far as it matters to whoever is sent there.
struct ShopPlace {
    geo::Point position;
    bool is_open = false;
    std::optional<Instant> opens_at;  // when it is closed; none: nobody knows
};
using FindPlace = std::function<std::optional<ShopPlace>(ShopId)>;

// From what a server holds in memory, which must outlive it; none for shops that are not listed.
FindPlace place_of(const catalogue::LiveCatalogue::View& view);

// What has been asked for, and whoever was asked before.
struct Wanted {
    const Reservation& reservation;
    catalogue::Condition condition = catalogue::Condition::new_;
    std::vector<ShopId> asked;  // with the shop it is at
};

// Of the offers of its product those that may serve it, best first: of the same condition, not
// dearer, enough of them, of a stock that is not in doubt, in a shop that was not asked before.
// Open shops come first, the nearest to the shop it is at first; then those that open soonest.
std::vector<catalogue::Offer> next_offers(const Wanted& wanted,
                                          const std::vector<catalogue::Offer>& offers,
                                          const catalogue::StockLines& lines,
                                          const FindPlace& place_of);

}  // namespace emplettes::orders
