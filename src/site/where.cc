#include "site/where.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "site/links.h"
#include "site/near_address.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kNearLengthMax = 120;
constexpr std::array<std::string_view, 4> kWhereParameters{"lat", "lon", "near", "near_known"};

bool is_near_edited(const web::Fields& query) {
    const auto known = query.find("near_known");
    return known && trim(*known) != trim(query.get("near"));
}

std::optional<geo::Point> position_of(const web::Fields& query) {
    if (is_near_edited(query)) return std::nullopt;
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

bool may_be_address(std::string_view text, const std::vector<catalogue::NamedPlace>& places) {
    if (places.empty()) return true;
    return has_house_number(text) && !is_named(places.front(), text);
}

// A house that somebody names comes before the street of that name, but not one of another street
// or of another town.
bool is_better(const NearAddress& read, const std::vector<catalogue::NamedPlace>& places) {
    if (read.kind == NearAddress::Kind::none) return false;
    if (places.empty()) return true;
    const geo::AddressFit& fit = read.addresses.front().fit;
    return read.kind != NearAddress::Kind::outside && fit.typos == 0 && fit.left_out == 0;
}

// `where` with the place that was meant.
Where where_of(const std::vector<catalogue::NamedPlace>& places, Where where) {
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

Where where_of(const NearAddress& read, Where where) {
    const geo::FoundAddress& first = read.addresses.front();
    if (read.kind == NearAddress::Kind::one) {
        where.kind = Where::Kind::place;
        where.near = first.label();
        where.from = first.position;
        where.is_interpolated = first.match == geo::AddressMatch::interpolated;
        return where;
    }
    where.is_unclear = true;
    where.is_outside = read.kind == NearAddress::Kind::outside;
    if (where.is_outside) {
        where.near = first.label();
        return where;
    }
    for (const geo::FoundAddress& address : read.addresses)
        where.choices.push_back({.kind = catalogue::NamedPlace::Kind::address,
                                 .name = address.label(),
                                 .position = address.position});
    return where;
}

struct Coordinate {
    std::string name;
    std::string other;  // comes with it
    double min = 0;     // of the territory
    double max = 0;
};

std::optional<FieldProblem> coordinate_problem(const web::Fields& query, const Coordinate& asked) {
    if (query.get(asked.name).empty()) {
        if (query.get(asked.other).empty()) return std::nullopt;
        return FieldProblem{asked.name, "must come together with " + asked.other};
    }
    const auto value = parse_double(query.get(asked.name));
    if (value && *value >= asked.min && *value <= asked.max) return std::nullopt;
    return FieldProblem{asked.name, "must be a number of degrees from " + degrees(asked.min) +
                                        " to " + degrees(asked.max) +
                                        ", within the territory (setting bounds)"};
}

std::string names_of(const std::vector<catalogue::NamedPlace>& places) {
    std::string names;
    for (const auto& place : places) names += (names.empty() ? "" : ", ") + place.name;
    return names;
}

}  // namespace

Where find_where(const web::Fields& query, const catalogue::Territory& territory,
                 const catalogue::Snapshot& snapshot, const geo::AddressIndex* addresses) {
    Where where{.from = territory.centre};
    where.near = std::string(utf8_prefix(trim(query.get("near")), kNearLengthMax));
    const auto position = position_of(query);
    where.is_position_outside = position && !territory.bounds.contains(*position);
    if (position && !where.is_position_outside) {
        where.kind = Where::Kind::position;
        where.from = *position;
        return where;
    }
    if (where.near.empty()) return where;
    const auto places = catalogue::find_places(snapshot, where.near, kChoicesMax);
    if (addresses != nullptr && may_be_address(where.near, places)) {
        const auto read = read_near_address(*addresses, where.near, territory);
        if (is_better(read, places)) return where_of(read, where);
    }
    return where_of(places, where);
}

bool is_where_parameter(std::string_view name) {
    return std::find(kWhereParameters.begin(), kWhereParameters.end(), name) !=
           kWhereParameters.end();
}

std::optional<FieldProblem> where_problem(const web::Fields& query,
                                          const catalogue::Territory& territory,
                                          const Where& where) {
    const geo::Bounds& bounds = territory.bounds;
    if (const auto fault = coordinate_problem(
            query, {.name = "lat", .other = "lon", .min = bounds.south, .max = bounds.north}))
        return fault;
    if (const auto fault = coordinate_problem(
            query, {.name = "lon", .other = "lat", .min = bounds.west, .max = bounds.east}))
        return fault;
    if (utf8_length(query.get("near")) > kNearLengthMax)
        return FieldProblem{"near",
                            "must have at most " + std::to_string(kNearLengthMax) + " characters"};
    if (!where.is_unclear) return std::nullopt;
    if (where.is_outside)
        return FieldProblem{"near", "is outside of the territory (setting bounds): " + where.near};
    if (where.choices.empty())
        return FieldProblem{"near", "names no street, shop or address of this territory"};
    return FieldProblem{"near", "names several places (" + names_of(where.choices) +
                                    "): write one of them, or send lat and lon"};
}

}  // namespace emplettes::site
