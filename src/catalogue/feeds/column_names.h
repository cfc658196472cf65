#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/feeds/shelf_reader.h"

namespace emplettes::catalogue {

// What a column of this name holds, by the names that people, tills and Google give them in French
// and English; accents, case and signs do not count. Ignored when the name says nothing.
ShelfField field_of_column_name(std::string_view name);

// Of names that mean one thing only when nothing better is there ("id", "code", "prix ht" never):
// the field, for columns that field_of_column_name ignores.
ShelfField weak_field_of_column_name(std::string_view name);

// As the file writes them, but each only once: "Prix", "Prix (2)"; "1", "2" for empty ones.
std::vector<std::string> distinct_names(const std::vector<std::string>& header);

}  // namespace emplettes::catalogue
