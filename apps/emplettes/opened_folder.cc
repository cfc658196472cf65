#include "emplettes/opened_folder.h"

#include <filesystem>
#include <stdexcept>

#include "emplettes/app.h"

namespace emplettes {

OpenedFolder::OpenedFolder(const std::string& root, const std::string& location, int node)
    : folder(root),
      database(open_database(location.empty() ? folder.database() : location, clock)),
      ids(clock, node) {}

catalogue::Territory OpenedFolder::territory(const std::string& slug) {
    auto territories = folder.read_territories();
    std::erase_if(territories, [&](const catalogue::Territory& territory) {
        return !slug.empty() && territory.slug != slug;
    });
    if (territories.empty())
        throw std::runtime_error(
            slug.empty() ? "there is no territory yet: import osm FILE.osm.pbf --new NAME makes one"
                         : "there is no territory called " + slug);
    if (territories.size() > 1)
        throw std::runtime_error("there are several territories: say which with --territory SLUG");
    return registered(std::move(territories.front()));
}

catalogue::Territory OpenedFolder::registered(catalogue::Territory territory) {
    territory.id = database->write([&](store::Tx& tx) {
        return catalogue::register_territory(tx, territory.slug, ids.next<TerritoryId>());
    });
    return territory;
}

void expect_data_folder(const std::string& folder) {
    if (std::filesystem::is_directory(folder)) return;
    throw std::runtime_error("there is no data folder " + folder +
                             ": begin with emplettes import osm FILE.osm.pbf --new NAME --data " +
                             folder);
}

}  // namespace emplettes
