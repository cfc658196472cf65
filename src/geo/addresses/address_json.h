#pragma once
#include "base/json.h"
#include "geo/addresses/address_index.h"

namespace emplettes::geo {

// {label, number, street, postcode, town, lat, lon, match, exactness, distance_m}
Json to_json(const FoundAddress& found);

}  // namespace emplettes::geo
