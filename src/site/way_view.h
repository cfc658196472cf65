#pragma once
#include <optional>
#include <string>

#include "geo/streets/journey.h"
#include "site/visit.h"

namespace emplettes::site {

// The way to a shop from where the neighbour stands; none where no streets are known, or nobody
// gets there.
std::optional<geo::Journey> find_journey(const Visit& visit, geo::Profile profile,
                                         const catalogue::Shop& shop);

// way_from, has_journeys, journeys: how one gets to a shop from where the neighbour stands, on foot
// and by bike, step by step; none where no streets are known. Returns the line on foot as GeoJSON;
// empty without one.
std::string set_journeys(web::View& view, const Visit& visit, const catalogue::Shop& shop);

}  // namespace emplettes::site
