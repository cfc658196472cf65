#include "emplettes/ground_import.h"

#include <algorithm>

#include "geo/file_hash.h"

namespace emplettes {
namespace {

std::string counted(std::int64_t number, const std::string& what) {
    return std::to_string(number) + " " + what;
}

const geo::StreetRouter& foot(const geo::AllStreets& streets) {
    return *streets.of[static_cast<std::size_t>(geo::Profile::foot)].router;
}

std::string street_line(const geo::AllStreets& streets) {
    std::string line;
    for (const geo::Profile profile : geo::kProfiles) {
        const auto& router = *streets.of[static_cast<std::size_t>(profile)].router;
        const auto& report = router.network().report();
        line += (line.empty() ? "" : "; ") + std::string(to_string(profile)) + " " +
                counted(router.network().edge_count(), "pieces");
        if (report.parts_left_out > 0)
            line += " (" + counted(report.edges_left_out, "more in ") +
                    counted(report.parts_left_out, "parts not connected to them)");
    }
    return line;
}

std::string tile_line(const geo::TileSet& tiles) {
    return "map: " + counted(static_cast<std::int64_t>(tiles.size()), "tiles of ") +
           counted(static_cast<std::int64_t>(tiles.bytes()), "bytes");
}

std::string address_line(const geo::AddressIndex& addresses) {
    const auto& report = addresses.origin().report;
    const std::int64_t left_out =
        report.without_number + report.without_street + report.without_position;
    return "addresses: " +
           counted(static_cast<std::int64_t>(addresses.house_count()), "houses in ") +
           counted(static_cast<std::int64_t>(addresses.street_count()), "streets") +
           (left_out > 0 ? ", " + counted(left_out,
                                          "left out for want of a number, street or "
                                          "position")
                         : "");
}

}  // namespace

ImportedGround import_ground(const GroundSources& sources, const std::filesystem::path& folder,
                             ImportProgress& progress) {
    std::filesystem::create_directories(folder);
    ImportedGround ground;
    const std::uint64_t map_hash = geo::file_hash(sources.map);
    progress.begin("streets");
    ground.streets = geo::open_all_streets(sources.map, map_hash, folder, progress.on_progress());
    progress.begin("addresses");
    std::vector<std::string> files = sources.addresses;
    files.push_back(sources.map);
    std::uint64_t files_hash = 0;
    for (const std::string& file : files) files_hash = geo::file_hash(file, files_hash);
    ground.addresses = geo::open_addresses(files, files_hash, geo::GroundFolder(folder).addresses(),
                                           progress.on_progress());
    progress.begin("map");
    if (geo::has_tiles_enough(sources.bounds))
        ground.tiles = geo::open_tiles(sources.map, {.bounds = sources.bounds, .source = map_hash},
                                       geo::GroundFolder(folder).tiles(), progress.on_progress());
    return ground;
}

std::vector<std::string> report_lines(const ImportedGround& ground) {
    const auto as_before = [](bool is_new) { return is_new ? "" : " (as before)"; };
    std::vector<std::string> lines;
    lines.push_back("streets to go along: " + street_line(ground.streets) +
                    as_before(ground.streets.is_new()));
    lines.push_back(address_line(*ground.addresses.index) +
                    as_before(!ground.addresses.built_because.empty()));
    if (ground.tiles.tiles)
        lines.push_back(tile_line(*ground.tiles.tiles) +
                        as_before(!ground.tiles.built_because.empty()));
    else
        lines.push_back(
            "map: none, for the territory is too wide for one: narrow the setting bounds in its "
            "file and import again");
    if (ground.addresses.has_fewer_files)
        lines.push_back(
            "the addresses were made of more files before: give them again with --addresses");
    const geo::StreetMapReport& map = foot(ground.streets).origin().map;
    if (map.missing_nodes > 0)
        lines.push_back("the map is a cut one: " +
                        counted(map.missing_nodes, "missing nodes of streets were skipped"));
    if (map.duplicates > 0)
        lines.push_back(counted(map.duplicates, "nodes and ways came twice: the first one counts"));
    if (map.unread_restrictions > 0)
        lines.push_back(counted(map.unread_restrictions,
                                "signs that forbid a turn could not be read and are not obeyed"));
    return lines;
}

}  // namespace emplettes
