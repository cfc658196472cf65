#include "geo/ground.h"

#include <sys/stat.h>

#include "base/log.h"

namespace emplettes::geo {
namespace {

constexpr std::int64_t kNanosecondsInSecond = 1'000'000'000;

bool is_by_our_rules(const StreetRouter& streets) { return streets.origin().rules == kStreetRules; }
bool is_by_our_rules(const AddressIndex& addresses) {
    return addresses.origin().rules == kAddressRules;
}
bool is_by_our_rules(const TileSet& tiles) { return tiles.origin().rules == kTileRules; }

}  // namespace

FollowedGround::FollowedGround(std::filesystem::path folder)
    : folder_(std::move(folder)), ground_(std::make_shared<const Ground>()) {
    look();
}

FollowedGround::Stamp FollowedGround::stamp_of(const std::filesystem::path& file) {
    struct ::stat found {};
    if (::stat(file.c_str(), &found) != 0) return {};
    return {.file = found.st_ino,
            .size = found.st_size,
            .written_ns = found.st_mtim.tv_sec * kNanosecondsInSecond + found.st_mtim.tv_nsec};
}

template <typename Part>
bool FollowedGround::look_at(const std::filesystem::path& file, Stamp& stamp,
                             std::shared_ptr<const Part>& part) const {
    const Stamp now = stamp_of(file);
    if (now == stamp) return false;
    stamp = now;
    part = nullptr;
    if (now == Stamp{}) return true;
    auto loaded = Part::load(file);
    const std::string fault = !loaded                     ? std::string(to_string(loaded.error()))
                              : is_by_our_rules(**loaded) ? std::string()
                                                          : "it was made by other rules";
    if (fault.empty())
        part = *loaded;
    else
        log_warning(file.string() + " is not used: " + fault +
                    ". `emplettes import osm` makes it anew");
    return true;
}

bool FollowedGround::look() {
    if (folder_.path().empty()) return false;
    Ground next = *ground_;
    bool is_new = false;
    for (const Profile profile : kProfiles) {
        const auto at = static_cast<std::size_t>(profile);
        is_new |= look_at(folder_.streets(profile), streets_[at], next.streets[at]);
    }
    is_new |= look_at(folder_.addresses(), addresses_, next.addresses);
    is_new |= look_at(folder_.tiles(), tiles_, next.tiles);
    if (is_new) ground_ = std::make_shared<const Ground>(std::move(next));
    return is_new;
}

}  // namespace emplettes::geo
