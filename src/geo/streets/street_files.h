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

// The routers of an OpenStreetMap file, kept in `folder`: each is read from there when it was made
// of the same bytes by the same rules, else built and written there, as when its file is damaged;
// the map is read once at most. `source`: file_hash() of it. on_progress(done, all) in parts of the
// whole work. Throws std::runtime_error when the map cannot be read or the folder not be written.
struct AllStreets {
    std::array<OpenedStreets, kProfileCount> of;

    bool is_new() const;  // something was built
};
AllStreets open_all_streets(const std::filesystem::path& osm_file, std::uint64_t source,
                            const std::filesystem::path& folder,
                            const std::function<void(std::int64_t, std::int64_t)>& on_progress);

}  // namespace emplettes::geo
