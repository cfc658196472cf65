#include "site/where.h"

#include <algorithm>

#include "base/text.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kNearLengthMax = 120;

std::optional<geo::Point> position_of(const web::Fields& query) {
    const auto lat = parse_double(query.get("lat"));
    const auto lon = parse_double(query.get("lon"));
    if (!lat || !lon) return std::nullopt;
    return geo::Point{.lat = *lat, .lon = *lon};
}

// One exact name, one only, or several of one name that touch each other: no question to ask.
bool is_one_place(const std::vector<catalogue::NamedPlace>& places) {
    return std::all_of(places.begin(), places.end(), [&](const catalogue::NamedPlace& place) {
        return geo::distance_m(place.position, places.front().position) <= kSamePlaceMetres;
    });
}

bool is_named(const catalogue::NamedPlace& place, std::string_view text) {
    return slugify(place.name) == slugify(text);
}

}  // namespace

Where find_where(const web::Fields& query, const catalogue::Territory& territory,
                 const catalogue::Snapshot& snapshot) {
    Where where{.from = territory.centre};
    if (const auto position = position_of(query);
        position && territory.bounds.contains(*position)) {
        where.kind = Where::Kind::position;
        where.from = *position;
        where.near = std::string(utf8_prefix(trim(query.get("near")), kNearLengthMax));
        return where;
    }
    where.near = std::string(utf8_prefix(trim(query.get("near")), kNearLengthMax));
    if (where.near.empty()) return where;
    const auto places = catalogue::find_places(snapshot, where.near, kChoicesMax);
    const bool is_clear =
        !places.empty() && (is_one_place(places) || (is_named(places.front(), where.near) &&
                                                     !is_named(places[1], where.near)));
    if (!is_clear) {
        where.is_unclear = true;
        where.choices = places;
        return where;
    }
    where.kind = Where::Kind::place;
    where.near = places.front().name;
    where.from = places.front().position;
    return where;
}

}  // namespace emplettes::site
