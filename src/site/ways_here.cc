#include "site/ways_here.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace emplettes::site {
namespace {

// Where no streets are known: riders are three times as fast as walkers.
constexpr double kRidersPace = 3;
// Ten minutes are ten minutes, whatever floats make of them.
constexpr double kRounding = 1e-3;
constexpr double kMinutesMax = 24 * 60;  // nobody walks for longer

}  // namespace

const catalogue::ShopWays::Travel* WaysHere::travel(geo::Profile profile) const {
    auto& travel = travels_[static_cast<std::size_t>(profile)];
    if (!travel) travel = ways_.travel(from_, profile);
    return travel->get();
}

std::shared_ptr<const search::WalkedMetres> WaysHere::walked_m() const {
    const auto* on_foot = travel(geo::Profile::foot);
    return on_foot == nullptr ? nullptr : on_foot->walked_m;
}

double WaysHere::metres_to(const catalogue::Shop& shop) const {
    const double straight_m = geo::distance_m(from_, shop.position);
    const auto* on_foot = travel(geo::Profile::foot);
    const auto number = ways_.number_of(shop.id);
    if (on_foot == nullptr || !number) return straight_m;
    return std::max<double>(straight_m, (*on_foot->walked_m)[*number]);
}

int WaysHere::walk_minutes(double metres) const {
    const bool is_walked = travel(geo::Profile::foot) != nullptr;
    const double walked_m = is_walked ? metres : metres * catalogue::kDetour;
    return static_cast<int>(std::clamp(
        std::ceil(walked_m / catalogue::kWalkMetresPerMinute - kRounding), 1.0, kMinutesMax));
}

std::optional<int> WaysHere::minutes_to(ShopId shop, geo::Profile profile) const {
    const auto* by = travel(profile);
    const auto number = ways_.number_of(shop);
    if (by == nullptr || !number || by->seconds[*number] < 0) return std::nullopt;
    return std::max(static_cast<int>(std::ceil(by->seconds[*number] / 60 - kRounding)), 1);
}

void WaysHere::limit(search::Query& query, const TravelLimit& limit) const {
    if (const auto* by = travel(limit.profile)) {
        query.radius_m = std::numeric_limits<double>::infinity();
        query.reached = by->within(limit.minutes);
        return;
    }
    const double pace = limit.profile == geo::Profile::foot ? 1 : kRidersPace;
    const double detour = travel(geo::Profile::foot) == nullptr ? catalogue::kDetour : 1;
    query.radius_m = limit.minutes * catalogue::kWalkMetresPerMinute * pace / detour;
}

}  // namespace emplettes::site
