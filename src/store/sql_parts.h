#pragma once
#include <string_view>
#include <vector>

namespace emplettes::store {

// A piece of a statement as it is written here: plain text with its quoted words, the name of a
// parameter without its colon, or a place where rows are meant (rows.h), which has no text.
struct SqlPart {
    enum class Kind { plain, name, values, end, from_rows, rows_and };
    Kind kind = Kind::plain;
    std::string_view text;
};

// In their order. Quotes hide colons, comments do not: they have none (dialect.h).
std::vector<SqlPart> parts_of(std::string_view sql);

}  // namespace emplettes::store
