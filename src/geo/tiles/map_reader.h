#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "geo/tiles/map_features.h"

namespace emplettes::geo {

// Reads what a map shows out of an .osm.pbf (or .osm, .osm.bz2, .osm.gz) file, in the order of the
// file. The map's bounds are those given; else those that the file states; else a box around its
// nodes that leaves the outermost thousandth on each side out, for one lost node must not make a
// map of the ocean. `on_progress(bytes_done, bytes_total)` is called now and then, on this thread.
// Throws std::runtime_error with a sentence that names the file, what is wrong (absent, truncated,
// not OSM data) and what to do. What is cut or broken is left out and counted.
MapFeatures read_map_features(
    const std::string& file, const std::optional<Bounds>& bounds = {},
    const std::function<void(std::int64_t, std::int64_t)>& on_progress = {});

}  // namespace emplettes::geo
