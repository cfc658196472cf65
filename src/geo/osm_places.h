#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "geo/point.h"

namespace emplettes::geo {

// Which objects are places: pairs of key and value as the trades of the catalogue name them,
// {"shop", "books"}; the value "*" takes any. The first pair that fits gives key and value.
struct PlaceFilter {
    std::vector<std::pair<std::string, std::string>> tags;
};

// A shop, workshop or pharmacy as OpenStreetMap knows it: tags as they came, nothing interpreted.
struct OsmPlace {
    std::string osm_ref;  // "node/123", "way/45", "relation/6": stable key for re-imports
    std::string key;      // "shop", "craft", "amenity"
    std::string value;    // "books"
    std::string name;     // else the brand, else the operator; may be empty
    std::string brand;
    std::string housenumber;
    std::string street;
    std::string postcode;
    std::string city;
    std::string phone;
    std::string website;
    std::string email;
    std::string opening_hours;
    Point position;  // of an area: the middle of its nodes
};

// A named street and one point on it, near its middle: for "near rue Cadet". Names come from
// highways, and from addresses where the file holds no highway of that name.
struct OsmStreet {
    std::string name;
    Point position;
};

struct OsmPlaces {
    std::vector<OsmPlace> places;    // nodes, then ways, then relations, each as in the file
    std::vector<OsmStreet> streets;  // by name; pieces less than about 1 km apart are one
    std::int64_t nodes_read = 0;
    std::int64_t ways_read = 0;
    std::int64_t missing_nodes = 0;     // referred to by ways we use, absent from the file; skipped
    std::int64_t without_position = 0;  // places dropped because no node of theirs was there
    std::int64_t without_name = 0;      // of `places`: neither name nor brand nor operator known
};

// Reads an .osm.pbf (or .osm, .osm.bz2, .osm.gz) file. `on_progress(bytes_done, bytes_total)` is
// called now and then, on this thread. Throws std::runtime_error with a sentence that names the
// file, what is wrong (absent, truncated, not OSM data) and what to do; nothing is returned then.
// A .pbf cut exactly between two of its blocks is a smaller valid file: nobody can tell.
// Text that is not UTF-8 is read as absent.
OsmPlaces read_osm_places(const std::string& file, const PlaceFilter& filter,
                          const std::function<void(std::int64_t, std::int64_t)>& on_progress = {});

}  // namespace emplettes::geo
