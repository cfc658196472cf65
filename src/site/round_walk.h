#pragma once
#include <optional>
#include <vector>

#include "catalogue/shop.h"
#include "orders/collection_round.h"
#include "orders/reservation.h"
#include "site/visit.h"

namespace emplettes::site {

// The walk of a round as a page shows it. Where one sets out is where the neighbour stands; where
// that is not known the walk begins at its first shop and ends at its last.

struct RoundShop {
    catalogue::Shop shop;
    Instant until;  // it keeps nothing after that

    bool operator==(const RoundShop&) const = default;
};

struct RoundWalk {
    std::vector<RoundShop> shops;
    orders::CollectionRound plan;  // its stops are numbers of `shops`
};

// Where something of a round still waits, each once, in the order of the reservations. A shop that
// keeps several things keeps them as long as the first of them.
std::vector<RoundShop> shops_of_round(const Visit& visit,
                                      const std::vector<orders::Reservation>& round);

// Over the streets where they are known. `earliest`: none: from now on. Beyond
// orders::kRoundStopsMax shops are left out of the plan, and stand in left_out.
RoundWalk plan_walk(const Visit& visit, std::vector<RoundShop> shops,
                    std::optional<Instant> earliest);

// Sets what the partial round_walk shows: walk_title, walk_text, stops, left_out and the form that
// asks for another start, which leads to `action`.
void set_walk(web::View& view, const Visit& visit, const RoundWalk& walk,
              const std::string& action);

// What the parameter `leave` says; none, too, when it cannot be used.
std::optional<Instant> asked_departure(const Visit& visit);

}  // namespace emplettes::site
