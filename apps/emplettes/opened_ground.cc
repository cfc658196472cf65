#include "emplettes/opened_ground.h"

#include <filesystem>
#include <stdexcept>

#include "emplettes/data_folder.h"

namespace emplettes {

std::shared_ptr<const geo::Ground> open_ground(const std::string& data, const std::string& slug) {
    if (!std::filesystem::is_directory(data))
        throw std::runtime_error("there is no data folder " + data);
    const DataFolder folder(data);
    auto territories = folder.read_territories();
    std::erase_if(territories, [&](const catalogue::Territory& territory) {
        return !slug.empty() && territory.slug != slug;
    });
    if (territories.empty())
        throw std::runtime_error(slug.empty() ? "there is no territory in " + data
                                              : "there is no territory called " + slug);
    if (territories.size() > 1)
        throw std::runtime_error("there are several territories: say which with --territory SLUG");
    return geo::FollowedGround(folder.ground(territories.front().slug)).ground();
}

}  // namespace emplettes
