#include "emplettes/read_point.h"

#include <cmath>
#include <optional>
#include <stdexcept>

#include "base/text.h"

namespace emplettes {

geo::Point read_point(const std::string& text) {
    const auto parts = split(text, ',');
    const auto lat = parts.size() == 2 ? parse_double(trim(parts[0])) : std::nullopt;
    const auto lon = parts.size() == 2 ? parse_double(trim(parts[1])) : std::nullopt;
    if (!lat || !lon || std::abs(*lat) > 90 || std::abs(*lon) > 180)
        throw std::runtime_error("\"" + text +
                                 "\" is no place: write latitude,longitude, as 48.8670,2.3640");
    return {.lat = *lat, .lon = *lon};
}

}  // namespace emplettes
