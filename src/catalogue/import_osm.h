#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/id_source.h"
#include "base/random.h"
#include "catalogue/kind.h"
#include "catalogue/territory.h"
#include "geo/osm_places.h"
#include "store/database.h"

namespace emplettes::catalogue {

// What an import of a map found and did, for its last sentence.
struct OsmImportReport {
    std::int64_t shops_new = 0;
    std::int64_t shops_changed = 0;
    std::int64_t shops_unchanged = 0;
    std::int64_t shops_gone = 0;         // no longer in the file: taken off the list, kept
    std::int64_t outside_territory = 0;  // skipped
    std::int64_t not_selling = 0;        // vacant and the like: skipped
    std::int64_t without_hours = 0;
    std::int64_t unreadable_hours = 0;  // kept and shown as text
    std::int64_t streets = 0;
};

struct OsmImport {
    store::Database& database;
    const Territory& territory;
    const Trades& trades;
    IdSource& ids;
    Random& random;
    Instant now;
    // A file that lacks more than half of the shops we know from the map is taken for a wrong one
    // and refused (WrongMap) unless this is set.
    bool may_unlist_most = false;
};

// More than half of the known shops would go: probably another place's file. Nothing was changed.
class WrongMap final : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// Brings the shops and streets of a map into one territory, in one transaction. Repeating it
// changes nothing: a shop is found again by its OSM reference and keeps its id, slug and secret.
OsmImportReport import_osm(const OsmImport& import, const geo::OsmPlaces& places);

}  // namespace emplettes::catalogue
