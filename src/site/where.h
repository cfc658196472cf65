#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/place.h"
#include "catalogue/snapshot.h"
#include "catalogue/territory.h"
#include "geo/addresses/address_index.h"
#include "geo/point.h"
#include "site/search_request.h"
#include "web/http.h"

namespace emplettes::site {

// Where the neighbour stands, as the URL says it: `lat` and `lon` (browser position, or the place
// chosen among several, then with its name in `near`), or `near` alone (a street, a shop or an
// address of the territory, typed), or nothing (the territory's centre). Kept in the URL only; no
// cookie.
//
// A form sends `lat` and `lon` back, with `near_known`, what stood in its field `near` when it was
// made. When `near` says something else now, the reader has edited it: the position is dropped.
struct Where {
    enum class Kind { centre, position, place };
    Kind kind = Kind::centre;
    geo::Point from;
    std::string near;  // what was typed, or the place's name
    // There is no such house in its street: `from` is between its neighbours.
    bool is_interpolated = false;
    // Typed, but it names several places far apart, or none, or one outside of the territory: from
    // is the centre then.
    bool is_unclear = false;
    bool is_position_outside = false;  // of the bounds: `from` is the centre
    bool is_outside = false;
    std::vector<catalogue::NamedPlace> choices;
};

inline constexpr std::size_t kChoicesMax = 8;
// Places of one name closer than this are taken for one.
inline constexpr double kSamePlaceMetres = 250;

// A position outside the territory's bounds, or one that cannot be read, counts as none. What is
// typed is the exact name of a street or shop, or else, when it has a number, an address; else a
// street or shop, or else an address. Without addresses (null) numbers of houses are set aside.
Where find_where(const web::Fields& query, const catalogue::Territory& territory,
                 const catalogue::Snapshot& snapshot, const geo::AddressIndex* addresses);

// lat, lon, near or near_known
bool is_where_parameter(std::string_view name);

// For programs, which cannot be asked: the first parameter that does not say where, when one is
// given: half a position, one that cannot be read or lies outside the bounds, a `near` that is too
// long or names no place or several. `where` is what find_where made of the query.
std::optional<FieldProblem> where_problem(const web::Fields& query,
                                          const catalogue::Territory& territory,
                                          const Where& where);

}  // namespace emplettes::site
