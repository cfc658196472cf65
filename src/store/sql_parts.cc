#include "store/sql_parts.h"

#include <array>

namespace emplettes::store {
namespace {

struct Place {
    std::string_view word;
    SqlPart::Kind kind;
};
constexpr std::array kPlacesOfRows{
    Place{"{values}", SqlPart::Kind::values}, Place{"{end}", SqlPart::Kind::end},
    Place{"{from rows}", SqlPart::Kind::from_rows}, Place{"{rows and}", SqlPart::Kind::rows_and}};
constexpr std::string_view kBreaks = "'\":{";  // what may end a plain piece
constexpr std::string_view kLettersOfNames =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

const Place* find_place_of_rows(std::string_view sql) {
    for (const Place& place : kPlacesOfRows)
        if (sql.starts_with(place.word)) return &place;
    return nullptr;
}

}  // namespace

std::vector<SqlPart> parts_of(std::string_view sql) {
    std::vector<SqlPart> parts;
    std::size_t plain = 0;  // where the plain piece before `at` begins
    std::size_t at = 0;
    const auto add = [&](SqlPart::Kind kind, std::string_view text, std::size_t end) {
        if (at > plain) parts.push_back({SqlPart::Kind::plain, sql.substr(plain, at - plain)});
        parts.push_back({kind, text});
        plain = at = end;
    };
    while ((at = sql.find_first_of(kBreaks, at)) < sql.size()) {
        const std::string_view rest = sql.substr(at + 1);
        if (sql[at] == ':') {
            const auto name = rest.substr(0, rest.find_first_not_of(kLettersOfNames));
            add(SqlPart::Kind::name, name, at + 1 + name.size());
        } else if (const Place* place = find_place_of_rows(sql.substr(at))) {
            add(place->kind, {}, at + place->word.size());
        } else if (sql[at] == '{') {
            ++at;
        } else {
            const std::size_t closing = rest.find(sql[at]);
            at = closing == std::string_view::npos ? sql.size() : at + closing + 2;
        }
    }
    if (plain < sql.size()) parts.push_back({SqlPart::Kind::plain, sql.substr(plain)});
    return parts;
}

}  // namespace emplettes::store
