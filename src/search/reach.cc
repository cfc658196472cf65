#include "search/reach.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace emplettes::search {

static_assert(kGroupPlaces == 64, "a group's shops are one word of bits");

float distance_to(const Documents& documents, const LocalPlane::From& from, std::uint32_t shop) {
    constexpr float kNowhere = std::numeric_limits<float>::infinity();
    if (!documents.places.has_position(shop)) return kNowhere;
    const float distance_m = from.distance_m(documents.places.position(shop));
    return std::isnan(distance_m) ? kNowhere : distance_m;
}

void Reach::set_everywhere(const Documents& documents) {
    stretches_.clear();
    runs_.assign(1, {0, documents.shop_count() + 1});
}

void Reach::clear(const Documents& documents, const Columns& columns, const Query& query) {
    documents_ = &documents;
    here_ = documents.places.plane().from(query.from);
    const std::size_t groups = documents.shop_count() / kGroupPlaces + 1;
    walked_m_ = query.walked_m.get();
    reached_ = query.reached.get();
    check(walked_m_ == nullptr || walked_m_->size() == documents.shop_count());
    check(reached_ == nullptr || reached_->size() == groups);
    shops_.assign(groups, 0);
    nearest_m_.assign(groups, 0);
    nearest_of_far_m_.assign(groups / kFarGroups + 1, 0);
    columns.copy_open(open_);
    stretches_.clear();
    runs_.clear();
    is_everywhere_ = false;
}

void Reach::set_nothing(const Documents& documents, const Columns& columns, const Query& query) {
    clear(documents, columns, query);
}

void Reach::set_disc(const Documents& documents, const Columns& columns, const Query& query) {
    clear(documents, columns, query);
    const auto boxes = documents.places.groups();
    std::size_t nearest = 0;
    for (std::size_t group = 0; group < boxes.size(); ++group) {
        nearest_m_[group] = here_.distance_m_min(boxes[group].low, boxes[group].high);
        if (nearest_m_[group] < nearest_m_[nearest]) nearest = group;
    }
    for (std::size_t group = 0; group < nearest_m_.size(); ++group) {
        float& far_m = nearest_of_far_m_[group / kFarGroups];
        far_m = group % kFarGroups == 0 ? nearest_m_[group] : std::min(far_m, nearest_m_[group]);
    }
    add_stretches(nearest, static_cast<float>(query.radius_m));
}

// Those around the nearest group come first.
void Reach::add_stretches(std::size_t nearest, float radius_m) {
    const std::size_t groups = documents_->places.groups().size();
    const auto is_near = [&](std::size_t group) {
        return std::max(group, nearest) - std::min(group, nearest) < kNearGroups;
    };
    is_everywhere_ = groups * kGroupPlaces >= documents_->shop_count();
    for (std::size_t group = 0; group < groups; ++group) {
        const Within within = set_group(group, radius_m);
        if (within != Within::all) is_everywhere_ = false;
        if (within == Within::none) continue;
        const auto first = static_cast<std::uint32_t>(group * kGroupPlaces);
        const std::uint32_t end = std::min(first + kGroupPlaces, documents_->shop_count());
        const bool is_at_border = group > 0 && is_near(group) != is_near(group - 1);
        add_stretch({{first, end}, within == Within::all}, !is_at_border);
    }
    std::stable_partition(stretches_.begin(), stretches_.end(), [&](const Stretch& stretch) {
        return is_near(stretch.shops.begin / kGroupPlaces);
    });
}

void Reach::add_stretch(const Stretch& stretch, bool may_go_on) {
    const auto goes_on = [&](NumberRange before) { return before.end == stretch.shops.begin; };
    if (!runs_.empty() && goes_on(runs_.back()))
        runs_.back().end = stretch.shops.end;
    else
        runs_.push_back(stretch.shops);
    if (!stretches_.empty() && may_go_on && goes_on(stretches_.back().shops) &&
        stretches_.back().is_whole == stretch.is_whole)
        stretches_.back().shops.end = stretch.shops.end;
    else
        stretches_.push_back(stretch);
}

Reach::Within Reach::set_group(std::size_t group, float radius_m) {
    const PlaceTree& places = documents_->places;
    const PlaceTree::Box& box = places.groups()[group];
    if (!(nearest_m_[group] <= radius_m)) return Within::none;  // also when there is no position
    if (reached_ != nullptr && (*reached_)[group] == 0) return Within::none;
    const bool is_within =
        walked_m_ == nullptr && here_.distance_m_max(box.low, box.high) <= radius_m;
    shops_[group] = is_within ? places.placed_in_group(group) : near_in_group(group, radius_m);
    if (reached_ != nullptr) shops_[group] &= (*reached_)[group];
    if (shops_[group] == 0) return Within::none;
    const std::size_t shops =
        std::min<std::size_t>(documents_->shop_count() - group * kGroupPlaces, kGroupPlaces);
    const auto found = static_cast<std::size_t>(std::popcount(shops_[group]));
    return found == shops ? Within::all : Within::some;
}

float Reach::distance_m_min(NumberRange shops) const {
    float nearest_m = std::numeric_limits<float>::infinity();
    std::size_t group = shops.begin / kGroupPlaces;
    const std::size_t end = (shops.end + kGroupPlaces - 1) / kGroupPlaces;
    while (group < end) {
        const bool is_far = group % kFarGroups == 0 && group + kFarGroups <= end;
        nearest_m =
            std::min(nearest_m, is_far ? nearest_of_far_m_[group / kFarGroups] : nearest_m_[group]);
        group += is_far ? kFarGroups : 1;
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
        const float here_m = distance_m(shop);
        near |= std::uint64_t{here_m <= radius_m && std::isfinite(here_m) ? 1U : 0U} << i;
    }
    return near;
}

void Reach::set_shop(const Documents& documents, const Columns& columns, const Query& query,
                     std::uint32_t shop) {
    clear(documents, columns, query);
    shops_[shop / 64] |= std::uint64_t{1} << (shop % 64);
    runs_.assign(1, {shop, shop + 1});
    stretches_.assign(1, {{shop, shop + 1}, true});
    is_everywhere_ = documents.shop_count() == 1;
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
