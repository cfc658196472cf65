#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "geo/streets/street_router.h"

namespace emplettes::geo {

struct OpenedStreets {
    std::shared_ptr<const StreetRouter> router;
    std::string built_because;  // "it is damaged"; empty: it was read from its file
};

// The router of an OpenStreetMap file for one profile, kept in `folder` as PROFILE.streets: read
// from there when it was made of the same bytes, else built and written there, as when its file is
// damaged. Throws std::runtime_error when the OpenStreetMap file cannot be read or the folder not
// be written.
OpenedStreets open_streets(const std::filesystem::path& osm_file,
                           const std::filesystem::path& folder, Profile profile);

}  // namespace emplettes::geo
