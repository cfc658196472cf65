#pragma once
#include <string>

#include "geo/point.h"

namespace emplettes {

// "48.8670,2.3640": latitude, longitude. Throws std::runtime_error, with what to write, when it is
// no place on Earth.
geo::Point read_point(const std::string& text);

}  // namespace emplettes
