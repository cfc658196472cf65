#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "geo/streets/street_router.h"

namespace emplettes::geo {

// Where the router of a profile is kept in a folder: PROFILE.streets.
std::filesystem::path street_file(const std::filesystem::path& folder, Profile profile);

struct OpenedStreets {
    std::shared_ptr<const StreetRouter> router;
    std::string built_because;  // "it is damaged"; empty: it was read from its file
};

// The router of an OpenStreetMap file for one profile, kept in `folder`: read from there when it
// was made of the same bytes, else built and written there, as when its file is damaged. Throws
// std::runtime_error when the OpenStreetMap file cannot be read or the folder not be written.
OpenedStreets open_streets(const std::filesystem::path& osm_file,
                           const std::filesystem::path& folder, Profile profile);

// The same for every profile, with one reading of the map at most. `source`: file_hash() of it.
// on_progress(done, all) in parts of the whole work.
struct AllStreets {
    std::array<OpenedStreets, kProfileCount> of;

    bool is_new() const;  // something was built
};
AllStreets open_all_streets(const std::filesystem::path& osm_file, std::uint64_t source,
                            const std::filesystem::path& folder,
                            const std::function<void(std::int64_t, std::int64_t)>& on_progress);

}  // namespace emplettes::geo
