#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "geo/point.h"

namespace emplettes::geo {

// A shop, workshop or pharmacy as OpenStreetMap knows it: tags as they came, nothing interpreted.
struct OsmPlace {
    std::string osm_ref;    // "node/123", "way/45", "relation/6": stable key for re-imports
    std::string key;        // "shop", "craft", "amenity"
    std::string value;      // "books"
    std::string name;
    std::string brand;
    std::string housenumber;
    std::string street;
    std::string postcode;
    std::string city;
    std::string phone;
    std::string website;
    std::string email;
    std::string opening_hours;
    Point position;         // of an area: the middle of its nodes
};

// A named street and one point on it: for "near rue Cadet".
struct OsmStreet {
    std::string name;
    Point position;
};

struct OsmPlaces {
    std::vector<OsmPlace> places;
    std::vector<OsmStreet> streets;    // one per name and neighbourhood (same name within 1 km joined)
    std::int64_t nodes_read = 0;
    std::int64_t ways_read = 0;
    std::int64_t missing_nodes = 0;    // referred to by ways we use, absent from the file; skipped
    std::int64_t without_position = 0; // places dropped because no node of theirs was there
    std::int64_t without_name = 0;     // places without a name: kept out of `places`, counted
};

// Reads an .osm.pbf (or .osm, .osm.bz2) file. `on_progress(bytes_done, bytes_total)` is called now
// and then. Throws std::runtime_error with a sentence that names the file, what is wrong (absent,
// truncated, not OSM data) and what to do; nothing is returned then.
OsmPlaces read_osm_places(const std::string& file,
                          const std::function<void(std::int64_t, std::int64_t)>& on_progress = {});

}  // namespace emplettes::geo
