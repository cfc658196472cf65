#include "search/reach.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace emplettes::search {

static_assert(kGroupPlaces == 64, "a group's shops are one word of bits");

float distance_to(const Documents& documents, const LocalPlane::From& from, std::uint32_t shop) {
    constexpr float kNowhere = std::numeric_limits<float>::infinity();
    if (!documents.places.has_position(shop)) return kNowhere;
    const float distance_m = from.distance_m(documents.places.position(shop));
    return std::isnan(distance_m) ? kNowhere : distance_m;
}

void Reach::set_everywhere() { tiles_ = kAllTiles; }

void Reach::clear(const Documents& documents, const Columns& columns, geo::Point from) {
    documents_ = &documents;
    here_ = documents.places.plane().from(from);
    shops_.assign(documents.group_tiles.size(), 0);
    nearest_m_.assign(documents.group_tiles.size(), 0);
    nearest_in_tile_.fill(0);
    columns.copy_open(open_);
    tiles_ = whole_tiles_ = 0;
}

void Reach::set_nothing(const Documents& documents, const Columns& columns, geo::Point from) {
    clear(documents, columns, from);
}

void Reach::set_disc(const Documents& documents, const Columns& columns, geo::Point from,
                     double radius_m) {
    clear(documents, columns, from);
    nearest_in_tile_.fill(std::numeric_limits<float>::infinity());
    whole_tiles_ = kAllTiles;
    const auto groups = documents.places.groups();
    for (std::size_t group = 0; group < groups.size(); ++group)
        nearest_m_[group] = here_.distance_m_min(groups[group].low, groups[group].high);
    for (std::size_t group = 0; group < documents.group_tiles.size(); ++group) {
        if (group < groups.size()) set_group(group, static_cast<float>(radius_m));
        const std::size_t shops =
            std::min<std::size_t>(documents.shop_count() - group * kGroupPlaces, kGroupPlaces);
        if (static_cast<std::size_t>(std::popcount(shops_[group])) < shops)
            whole_tiles_ &= ~documents.group_tiles[group];
    }
}

void Reach::set_group(std::size_t group, float radius_m) {
    const PlaceTree& places = documents_->places;
    const PlaceTree::Box& box = places.groups()[group];
    if (!(nearest_m_[group] <= radius_m)) return;  // also when there is no position
    const bool is_within = here_.distance_m_max(box.low, box.high) <= radius_m;
    shops_[group] = is_within ? places.placed_in_group(group) : near_in_group(group, radius_m);
    if (shops_[group] == 0) return;
    tiles_ |= documents_->group_tiles[group];
    for (Tiles left = documents_->group_tiles[group]; left != 0; left &= left - 1) {
        float& nearest_m = nearest_in_tile_[static_cast<std::size_t>(std::countr_zero(left))];
        nearest_m = std::min(nearest_m, nearest_m_[group]);
    }
}

float Reach::distance_m_min(Tiles tiles) const {
    float nearest_m = std::numeric_limits<float>::infinity();
    for (; tiles != 0; tiles &= tiles - 1) {
        const auto tile = static_cast<std::size_t>(std::countr_zero(tiles));
        nearest_m = std::min(nearest_m, nearest_in_tile_[tile]);
    }
    return nearest_m;
}

std::uint64_t Reach::near_in_group(std::size_t group, float radius_m) const {
    const PlaceTree& places = documents_->places;
    const auto first = static_cast<std::uint32_t>(group * kGroupPlaces);
    const int count = std::popcount(places.placed_in_group(group));
    std::uint64_t near = 0;
    for (int i = 0; i < count; ++i) {
        const auto shop = first + static_cast<std::uint32_t>(i);
        near |= std::uint64_t{here_.distance_m(places.position(shop)) <= radius_m ? 1U : 0U} << i;
    }
    return near;
}

void Reach::set_shop(const Documents& documents, const Columns& columns, geo::Point from,
                     std::uint32_t shop) {
    clear(documents, columns, from);
    shops_[shop / 64] |= std::uint64_t{1} << (shop % 64);
    tiles_ = documents.tile_of(shop);
}

void Reach::set_open(const std::function<bool(ShopId)>& is_open) {
    for (std::size_t word = 0; word < shops_.size(); ++word) {
        open_[word] = 0;
        for (std::uint64_t left = shops_[word]; left != 0; left &= left - 1) {
            const auto shop = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
            if (is_open(documents_->shop_id[shop])) open_[word] |= left & (~left + 1);
        }
    }
}

}  // namespace emplettes::search
