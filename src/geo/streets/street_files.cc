#include "geo/streets/street_files.h"

#include <algorithm>
#include <optional>

namespace emplettes::geo {
namespace {

// What the reading of a map is of the whole work, beside the building for each profile.
constexpr std::int64_t kReadingParts = 3;
constexpr std::int64_t kParts = kReadingParts + kProfileCount;

// Why an image cannot be used; empty: it can.
std::string fault_of(const Result<std::shared_ptr<const StreetRouter>, ImageError>& loaded,
                     Profile profile, std::uint64_t source) {
    if (!loaded) return std::string(to_string(loaded.error()));
    const StreetRouter::Origin& origin = (*loaded)->origin();
    if (origin.profile != profile) return "it is for " + std::string(to_string(origin.profile));
    if (origin.rules != kStreetRules) return "it was made by other rules";
    return origin.source == source ? "" : "it was made of another file";
}

OpenedStreets load_streets(const std::filesystem::path& folder, Profile profile,
                           std::uint64_t source) {
    const auto loaded = StreetRouter::load(street_file(folder, profile));
    OpenedStreets opened{.built_because = fault_of(loaded, profile, source)};
    if (opened.built_because.empty()) opened.router = *loaded;
    return opened;
}

}  // namespace

std::filesystem::path street_file(const std::filesystem::path& folder, Profile profile) {
    return folder / (std::string(to_string(profile)) + ".streets");
}

bool AllStreets::is_new() const {
    return std::ranges::any_of(
        of, [](const OpenedStreets& opened) { return !opened.built_because.empty(); });
}

AllStreets open_all_streets(const std::filesystem::path& osm_file, std::uint64_t source,
                            const std::filesystem::path& folder,
                            const std::function<void(std::int64_t, std::int64_t)>& on_progress) {
    std::optional<StreetMap> map;
    AllStreets all;
    for (const Profile profile : kProfiles) {
        OpenedStreets& opened = all.of[static_cast<std::size_t>(profile)];
        opened = load_streets(folder, profile, source);
        if (opened.router) continue;
        if (!map)
            map = read_street_map(osm_file.string(), [&](std::int64_t done, std::int64_t bytes) {
                if (bytes > 0) on_progress(done * kReadingParts, bytes * kParts);
            });
        opened.router = StreetRouter::build(*map, profile, source);
        opened.router->save(street_file(folder, profile));
        on_progress(kReadingParts + static_cast<std::int64_t>(profile) + 1, kParts);
    }
    return all;
}

}  // namespace emplettes::geo
