#include "emplettes/read_point.h"

#include <stdexcept>

namespace emplettes {

geo::Point read_point(const std::string& text) {
    if (const auto point = geo::parse_point(text)) return *point;
    throw std::runtime_error("\"" + text +
                             "\" is no place: write latitude,longitude, as 48.8670,2.3640");
}

}  // namespace emplettes
