#pragma once
#include <nlohmann/json.hpp>

namespace emplettes {

// Objects keep the order in which they were written: answers read as they were composed.
using Json = nlohmann::ordered_json;

}  // namespace emplettes
