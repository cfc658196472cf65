#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "emplettes/import_progress.h"
#include "geo/addresses/opened_addresses.h"
#include "geo/ground.h"
#include "geo/tiles/opened_tiles.h"

namespace emplettes {

// What the ground of a territory is made of.
struct GroundSources {
    std::string map;                     // an OpenStreetMap file
    std::vector<std::string> addresses;  // files of BAN or BANO, more trusted than the map's
    geo::Bounds bounds;                  // of the territory: so far its map is drawn
};

// What it is now, and what of it was made anew.
struct ImportedGround {
    geo::AllStreets streets;
    geo::OpenedAddresses addresses;
    geo::OpenedTiles tiles;

    static constexpr int kTasks = 3;
};

// Makes the parts of a ground that are not there yet, were made of other files, by other rules, or
// are damaged; the others stay. A server that uses the folder takes them over. Throws
// std::runtime_error with a sentence for people; then what was made before stays.
ImportedGround import_ground(const GroundSources& sources, const std::filesystem::path& folder,
                             ImportProgress& progress);

// What was found, and of what nothing could be made: some lines for people.
std::vector<std::string> report_lines(const ImportedGround& ground);

}  // namespace emplettes
