#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include "geo/point.h"
#include "geo/streets/travel_profile.h"

namespace emplettes::geo {

// A position in ten-millionths of a degree, as OpenStreetMap keeps them: about a centimetre.
struct FixedPoint {
    std::int32_t lat_e7 = 0;
    std::int32_t lon_e7 = 0;

    auto operator<=>(const FixedPoint&) const = default;
    Point point() const { return {.lat = lat_e7 * 1e-7, .lon = lon_e7 * 1e-7}; }
};

// What a file said, and what of it could not be used.
struct StreetMapReport {
    std::int64_t nodes_read = 0;
    std::int64_t ways_read = 0;
    std::int64_t missing_nodes = 0;        // references of streets to nodes that the file lacks
    std::int64_t duplicates = 0;           // nodes and ways that came again: the first one counts
    std::int64_t restrictions = 0;         // forbidden and compulsory turns
    std::int64_t unread_restrictions = 0;  // over ways, at times, or without a member: not obeyed
};

// The streets of a file with what each profile may do there: still as in the file, nothing joined.
struct StreetMap {
    static constexpr std::uint32_t kMissing = std::numeric_limits<std::uint32_t>::max();

    struct Way {
        std::int64_t id = 0;
        std::uint32_t name = 0;        // of `names`
        std::uint32_t first_node = 0;  // of `way_nodes`
        std::uint32_t node_count = 0;
        std::array<WayRule, kProfileCount> rules;
    };
    // A sign at `via` for who comes along `from`: to go along `to` is forbidden, or all else is.
    struct Restriction {
        std::int64_t from_way = 0;
        std::int64_t to_way = 0;
        std::uint32_t via = 0;  // of `points`
        bool is_compulsory = false;
    };

    std::vector<Way> ways;
    std::vector<std::uint32_t> way_nodes;  // of `points`, or kMissing
    std::vector<FixedPoint> points;
    std::unordered_map<std::uint32_t, std::array<NodeRule, kProfileCount>> node_rules;
    std::vector<Restriction> restrictions;
    std::vector<std::string> names;  // the first is empty: streets without a name
    StreetMapReport report;
};

// Reads an .osm.pbf (or .osm, .osm.bz2, .osm.gz) file. `on_progress(bytes_done, bytes_total)` is
// called now and then, on this thread. Throws std::runtime_error with a sentence that names the
// file, what is wrong (absent, truncated, not OSM data) and what to do. A file without any street
// is a map without streets.
StreetMap read_street_map(const std::string& file,
                          const std::function<void(std::int64_t, std::int64_t)>& on_progress = {});

}  // namespace emplettes::geo
