#include "orders/walk_times.h"

#include <cmath>
#include <optional>

#include "catalogue/shop_ways.h"
#include "geo/streets/journey.h"

namespace emplettes::orders {
namespace {

constexpr double kMinuteS = 60;
constexpr std::uint32_t kSecondMs = 1000;

std::chrono::seconds straight(const geo::Point& from, const geo::Point& to) {
    const double metres = geo::distance_m(from, to) * catalogue::kDetour;
    return std::chrono::seconds(std::lround(metres / catalogue::kWalkMetresPerMinute * kMinuteS));
}

}  // namespace

WalkTimes walk_times(const geo::StreetRouter* streets, std::span<const geo::Point> places) {
    std::vector<std::optional<geo::Snap>> snaps(places.size());
    if (streets != nullptr)
        for (std::size_t i = 0; i < places.size(); ++i)
            snaps[i] = streets->snap(places[i], geo::kToStreetMetresMax);
    geo::RouteScratch scratch;
    WalkTimes times(places.size());
    for (std::size_t from = 0; from < places.size(); ++from) {
        for (std::size_t to = 0; to < places.size(); ++to) {
            if (from == to) continue;
            const std::uint32_t ms = snaps[from] && snaps[to]
                                         ? streets->time_ms(*snaps[from], *snaps[to], scratch)
                                         : geo::kFar;
            times.at(from, to) = ms == geo::kFar ? straight(places[from], places[to])
                                                 : std::chrono::seconds(ms / kSecondMs);
        }
    }
    return times;
}

}  // namespace emplettes::orders
