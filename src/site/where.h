#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/place.h"
#include "catalogue/snapshot.h"
#include "catalogue/territory.h"
#include "geo/point.h"
#include "web/http.h"

namespace emplettes::site {

// Where the neighbour stands, as the URL says it: `lat` and `lon` (browser position), or `near`
// (a street or shop of the territory, typed), or nothing (the territory's centre). Kept in the
// URL only; no cookie.
struct Where {
    enum class Kind { centre, position, place };
    Kind kind = Kind::centre;
    geo::Point from;
    std::string near;  // what was typed, or the found place's name; empty unless `place`
    // Typed, but it names several places far apart, or none: from is the centre then.
    bool is_unclear = false;
    std::vector<catalogue::NamedPlace> choices;
};

inline constexpr std::size_t kChoicesMax = 8;
// Places of one name closer than this are taken for one.
inline constexpr double kSamePlaceMetres = 250;

// A position outside the territory's bounds, or one that cannot be read, counts as none.
Where find_where(const web::Fields& query, const catalogue::Territory& territory,
                 const catalogue::Snapshot& snapshot);

}  // namespace emplettes::site
