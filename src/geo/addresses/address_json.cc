#include "geo/addresses/address_json.h"

#include <cmath>

namespace emplettes::geo {

Json to_json(const FoundAddress& found) {
    return {{"label", found.label()},
            {"number", found.number},
            {"street", found.street},
            {"postcode", found.postcode},
            {"town", found.town},
            {"lat", rounded_degrees(found.position.lat)},
            {"lon", rounded_degrees(found.position.lon)},
            {"match", to_string(found.match)},
            {"exactness", to_string(found.exactness)},
            {"distance_m", std::round(found.distance_m * 10) / 10}};
}

}  // namespace emplettes::geo
