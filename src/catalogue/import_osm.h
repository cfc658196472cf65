#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
    // What the places were read from (input_of_shops), to be recorded; empty: nothing is.
    std::string input;
};

// More than half of the known shops would go: probably another place's file. Nothing was changed.
class WrongMap final : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// Everything that decides what an import of a map makes of it: the map itself, known by a hash, and
// what we make of it here.
std::string input_of_shops(const Territory& territory, const Trades& trades,
                           std::uint64_t map_hash);
// When shops were last brought in, if that was from just this input.
std::optional<Instant> imported_at(store::Tx& tx, TerritoryId territory, std::string_view input);

// Brings the shops and streets of a map into one territory, in one transaction. Repeating it
// changes nothing: a shop is found again by its OSM reference and keeps its id, slug and secret.
OsmImportReport import_osm(const OsmImport& import, const geo::OsmPlaces& places);

}  // namespace emplettes::catalogue
