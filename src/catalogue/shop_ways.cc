#include "catalogue/shop_ways.h"

#include <algorithm>
#include <cmath>

namespace emplettes::catalogue {
namespace {

// Further from any street nobody is said to be on it.
constexpr double kDoorMetresMax = 300;
// Places are told apart by about ten metres: somebody who types does not move.
constexpr double kRememberedSteps = 1e4;
constexpr std::size_t kRememberedBytesMax = std::size_t{16} << 20;
constexpr std::size_t kRememberedMin = 8;
constexpr std::size_t kRememberedMax = 512;
constexpr float kUnknown = -1;

geo::Point remembered_place(geo::Point point) {
    return {.lat = std::round(point.lat * kRememberedSteps) / kRememberedSteps,
            .lon = std::round(point.lon * kRememberedSteps) / kRememberedSteps};
}

// From a door to the street one walks, whatever one rides.
float door_seconds(const geo::Snap& snap) {
    return static_cast<float>(snap.distance_m * 60 / kWalkMetresPerMinute);
}

std::vector<geo::Point> places_of(const Snapshot& snapshot) {
    std::vector<geo::Point> places;
    places.reserve(snapshot.index().shops().size());
    for (const ShopId shop : snapshot.index().shops())
        places.push_back(snapshot.find_shop(shop)->shop.position);
    return places;
}

}  // namespace

ShopWays::ShopWays(std::shared_ptr<const geo::Ground> ground, std::vector<ShopId> shops,
                   std::vector<geo::Point> places)
    : ground_(std::move(ground)), shops_(std::move(shops)), places_(std::move(places)) {
    for (std::size_t i = 0; i < shops_.size(); ++i) numbers_.emplace(shops_[i], i);
    for (const geo::Profile profile : geo::kProfiles) {
        const geo::StreetRouter* router = ground_->router(profile);
        if (router == nullptr) continue;
        Snaps& snaps = snaps_[static_cast<std::size_t>(profile)];
        snaps.reserve(places_.size());
        for (const geo::Point& place : places_)
            snaps.push_back(router->snap(place, kDoorMetresMax));
    }
}

std::shared_ptr<const ShopWays> ShopWays::build(const Snapshot& snapshot,
                                                std::shared_ptr<const geo::Ground> ground) {
    const auto numbered = snapshot.index().shops();
    return std::make_shared<const ShopWays>(std::move(ground),
                                            std::vector<ShopId>(numbered.begin(), numbered.end()),
                                            places_of(snapshot));
}

bool ShopWays::fit(const Snapshot& snapshot) const {
    return std::ranges::equal(shops_, snapshot.index().shops()) && places_ == places_of(snapshot);
}

std::unique_ptr<geo::ReachSearch> ShopWays::borrow(geo::Profile profile) const {
    const auto at = static_cast<std::size_t>(profile);
    {
        const std::lock_guard lock(mutex_);
        if (!free_[at].empty()) {
            auto search = std::move(free_[at].back());
            free_[at].pop_back();
            return search;
        }
    }
    return std::make_unique<geo::ReachSearch>(*ground_->router(profile));
}

void ShopWays::give_back(geo::Profile profile, std::unique_ptr<geo::ReachSearch> search) const {
    const std::lock_guard lock(mutex_);
    free_[static_cast<std::size_t>(profile)].push_back(std::move(search));
}

std::vector<float> ShopWays::seconds(const geo::Snap& from, geo::Profile profile) const {
    const int limit_s = kMinutesMax * 60;
    const Snaps& snaps = snaps_[static_cast<std::size_t>(profile)];
    auto search = borrow(profile);
    search->run(from, static_cast<std::uint32_t>(limit_s) * 1000);
    std::vector<float> all(places_.size(), kUnknown);
    for (std::size_t shop = 0; shop < all.size(); ++shop) {
        if (!snaps[shop]) continue;
        const std::uint32_t time_ms = search->time_to(*snaps[shop]);
        if (time_ms == geo::kFar) continue;
        const float whole_s =
            door_seconds(from) + static_cast<float>(time_ms) / 1000 + door_seconds(*snaps[shop]);
        if (whole_s <= static_cast<float>(limit_s)) all[shop] = whole_s;
    }
    give_back(profile, std::move(search));
    return all;
}

search::WalkedMetres ShopWays::walked_m(geo::Point from, const std::vector<float>& seconds) const {
    search::WalkedMetres metres(seconds.size());
    for (std::size_t shop = 0; shop < metres.size(); ++shop)
        metres[shop] = seconds[shop] < 0
                           ? static_cast<float>(geo::distance_m(from, places_[shop]) * kDetour)
                           : seconds[shop] * static_cast<float>(kWalkMetresPerMinute / 60);
    return metres;
}

std::shared_ptr<const ShopWays::Travel> ShopWays::look(geo::Point from,
                                                       geo::Profile profile) const {
    const geo::StreetRouter* router = ground_->router(profile);
    const auto here = router == nullptr ? std::nullopt : router->snap(from, kDoorMetresMax);
    if (!here) return nullptr;
    auto travel = std::make_shared<Travel>();
    travel->seconds = seconds(*here, profile);
    if (profile == geo::Profile::foot)
        travel->walked_m =
            std::make_shared<const search::WalkedMetres>(walked_m(from, travel->seconds));
    return travel;
}

std::shared_ptr<const ShopWays::Travel> ShopWays::find(geo::Point from,
                                                       geo::Profile profile) const {
    const std::lock_guard lock(mutex_);
    const auto known = std::ranges::find_if(remembered_, [&](const Remembered& one) {
        return one.from == from && one.profile == profile;
    });
    if (known == remembered_.end()) return nullptr;
    std::rotate(known, known + 1, remembered_.end());
    return remembered_.back().travel;
}

std::shared_ptr<const ShopWays::Travel> ShopWays::travel(geo::Point from,
                                                         geo::Profile profile) const {
    const geo::Point place = remembered_place(from);
    if (auto known = find(place, profile)) return known;
    auto travel = look(place, profile);
    if (!travel) return nullptr;
    const std::size_t bytes = std::max<std::size_t>(places_.size(), 1) * 2 * sizeof(float);
    const std::size_t kept =
        std::clamp(kRememberedBytesMax / bytes, kRememberedMin, kRememberedMax);
    const std::lock_guard lock(mutex_);
    if (remembered_.size() >= kept) remembered_.erase(remembered_.begin());
    remembered_.push_back({.from = place, .profile = profile, .travel = travel});
    return travel;
}

std::shared_ptr<const search::ShopBits> ShopWays::Travel::within(int minutes) const {
    search::ShopBits bits(seconds.size() / 64 + 1);
    const auto limit_s = static_cast<float>(minutes) * 60;
    for (std::size_t shop = 0; shop < seconds.size(); ++shop)
        if (seconds[shop] >= 0 && seconds[shop] <= limit_s)
            bits[shop / 64] |= std::uint64_t{1} << (shop % 64);
    return std::make_shared<const search::ShopBits>(std::move(bits));
}

std::optional<std::size_t> ShopWays::number_of(ShopId shop) const {
    const auto found = numbers_.find(shop);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace emplettes::catalogue
