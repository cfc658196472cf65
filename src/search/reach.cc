#include "search/reach.h"

#include <cmath>
#include <limits>

namespace emplettes::search {

float distance_to(const Documents& documents, const LocalPlane::From& from, std::uint32_t shop) {
    constexpr float kNowhere = std::numeric_limits<float>::infinity();
    if (!documents.places.has_position(shop)) return kNowhere;
    const float distance_m = from.distance_m(documents.places.position(shop));
    return std::isnan(distance_m) ? kNowhere : distance_m;
}

float distance_factor(float distance_m) {
    constexpr auto kPivot = static_cast<float>(kRanking.distance_pivot_m);
    return kPivot / (kPivot + distance_m);
}

double availability(std::int32_t stock, bool is_open) {
    if (stock <= 0) return kRanking.out_of_stock;
    return is_open ? kRanking.in_stock_open : kRanking.in_stock_closed;
}

void Reach::clear(std::size_t shop_count) {
    shops_.assign(shop_count / 64 + 1, 0);
    if (facts_.size() < shop_count) facts_.resize(shop_count);
    tiles_ = 0;
}

void Reach::set_nothing() { clear(0); }

void Reach::set_everywhere() {
    clear(0);
    tiles_ = kAllTiles;
}

void Reach::set_disc(const Documents& documents, const Columns& columns, geo::Point from,
                     double radius_m) {
    clear(documents.shop_count());
    const LocalPlane::From here = documents.places.plane().from(from);
    const auto radius = static_cast<float>(radius_m);
    documents.places.ranges_near(here, radius, ranges_);
    for (const NumberRange range : ranges_) {
        for (std::uint32_t shop = range.begin; shop < range.end; ++shop) {
            const float distance_m = here.distance_m(documents.places.position(shop));
            if (distance_m <= radius) add(documents, columns, shop, distance_m);
        }
    }
}

void Reach::set_shop(const Documents& documents, const Columns& columns, geo::Point from,
                     std::uint32_t shop) {
    clear(documents.shop_count());
    const LocalPlane::From here = documents.places.plane().from(from);
    add(documents, columns, shop, distance_to(documents, here, shop));
}

void Reach::add(const Documents& documents, const Columns& columns, std::uint32_t shop,
                float distance_m) {
    shops_[shop / 64] |= std::uint64_t{1} << (shop % 64);
    tiles_ |= documents.tile(shop);
    const Traits open = columns.is_open(shop) ? kOpenNow : Traits{0};
    const Traits maker = documents.shop_is_maker[shop] != 0 ? kMaker : Traits{0};
    facts_[shop] = {distance_m, search::distance_factor(distance_m), static_cast<Traits>(open | maker)};
}

}  // namespace emplettes::search
