#pragma once
#include <nlohmann/json.hpp>
#include <string_view>

namespace emplettes {

// Objects keep the order in which they were written: answers read as they were composed.
using Json = nlohmann::ordered_json;

// For texts of our own, as those of the database: is_discarded() where one is not JSON. What comes
// from outside is read by web/form.h, with limits.
Json parse_json(std::string_view text);

}  // namespace emplettes

// Compiled once, in json.cc: in every file that uses it, it would take seconds.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;
