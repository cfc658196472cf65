#include "search/reach.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace emplettes::search {

float distance_to(const Documents& documents, const LocalPlane::From& from, std::uint32_t shop) {
    constexpr float kNowhere = std::numeric_limits<float>::infinity();
    if (!documents.places.has_position(shop)) return kNowhere;
    const float distance_m = from.distance_m(documents.places.position(shop));
    return std::isnan(distance_m) ? kNowhere : distance_m;
}

void Reach::set_nothing() { tiles_ = 0; }

void Reach::set_everywhere() { tiles_ = kAllTiles; }

void Reach::clear(const Documents& documents, const Columns& columns) {
    shops_.assign(documents.shop_count() / 64 + 1, 0);
    distances_m_.resize(std::max<std::size_t>(distances_m_.size(), documents.shop_count()));
    makers_ = &documents.makers;
    columns.copy_open(open_);
    tiles_ = 0;
}

void Reach::set_disc(const Documents& documents, const Columns& columns, geo::Point from,
                     double radius_m) {
    clear(documents, columns);
    const LocalPlane::From here = documents.places.plane().from(from);
    const auto radius = static_cast<float>(radius_m);
    documents.places.ranges_near(here, radius, ranges_);
    for (const NumberRange range : ranges_) {
        for (std::uint32_t shop = range.begin; shop < range.end; ++shop) {
            distances_m_[shop] = here.distance_m(documents.places.position(shop));
        }
        add_near(range, radius);
        tiles_ |= documents.tiles(range);
    }
}

// One word of bits at a time: 64 of them to a register, one store.
void Reach::add_near(NumberRange range, float radius_m) {
    for (std::uint32_t shop = range.begin; shop < range.end;) {
        const std::uint32_t word = shop / 64;
        const std::uint32_t end = std::min(range.end, (word + 1) * 64);
        std::uint64_t near = 0;
        for (; shop < end; ++shop)
            near |= std::uint64_t{distances_m_[shop] <= radius_m ? 1U : 0U} << (shop % 64);
        shops_[word] |= near;
    }
}

void Reach::set_shop(const Documents& documents, const Columns& columns, geo::Point from,
                     std::uint32_t shop) {
    clear(documents, columns);
    distances_m_[shop] = distance_to(documents, documents.places.plane().from(from), shop);
    add(shop);
    tiles_ = documents.tiles({shop, shop + 1});
}

}  // namespace emplettes::search
