#include "search/tally.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string>

namespace emplettes::search {
namespace {

constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

// Both ends belong to a range, as they do in a query: what costs 10 euros is in two of them.
struct PriceRange {
    std::int64_t min_cents;
    std::int64_t max_cents;
    const char* name;
};
constexpr PriceRange kPriceRangesOfFacet[] = {{0, 1000, "0-1000"},
                                              {1000, 2500, "1000-2500"},
                                              {2500, 5000, "2500-5000"},
                                              {5000, 10000, "5000-10000"},
                                              {10000, kNoLimit, "10000-"}};

unsigned ranges_with(std::int64_t price_cents) {
    unsigned ranges = 0;
    unsigned bit = 1;
    for (const PriceRange& range : kPriceRangesOfFacet) {
        if (price_cents >= range.min_cents && price_cents <= range.max_cents) ranges |= bit;
        bit <<= 1;
    }
    return ranges;
}

SeenOffer see(const Sight& sight, std::uint32_t offer, std::uint32_t shop) {
    const bool is_open = (sight.reach.traits(shop) & kOpenNow) != 0;
    return {.offer = offer,
            .distance_m = sight.reach.distance_m(shop),
            .price_cents = sight.columns.price_cents(offer),
            .weight = static_cast<double>(sight.reach.distance_factor(shop)) *
                      availability(sight.columns.stock(offer), is_open)};
}

Traits traits_of(const Sight& sight, std::uint32_t offer, std::uint32_t shop) {
    const Traits stock = sight.columns.stock(offer) > 0 ? kInStock : Traits{0};
    return sight.reach.traits(shop) | stock;
}

bool is_within(std::int64_t price_cents, const Filters& filters) {
    return price_cents >= filters.price_cents_min && price_cents <= filters.price_cents_max;
}

}  // namespace

Filters make_filters(const Query& query, const Documents& documents) {
    Filters filters;
    if (query.open_now) filters.needed |= kOpenNow;
    if (query.makers_only) filters.needed |= kMaker;
    if (query.in_stock) filters.needed |= kInStock;
    filters.categories = documents.categories.subtree(query.category);
    filters.price_cents_min =
        query.price_min_cents.value_or(std::numeric_limits<std::int64_t>::min());
    filters.price_cents_max = query.price_max_cents.value_or(kNoLimit);
    return filters;
}

bool SeenOffer::is_before(const SeenOffer& other, Order order, const Documents& documents) const {
    if (order == Order::best && weight != other.weight) return weight > other.weight;
    if (order == Order::nearest && distance_m != other.distance_m) {
        return distance_m < other.distance_m;
    }
    if (price_cents != other.price_cents) return price_cents < other.price_cents;
    if (distance_m != other.distance_m) return distance_m < other.distance_m;
    return documents.offer_id[offer] < documents.offer_id[other.offer];
}

Tally::Tally(const Sight& sight, std::size_t hits_max)
    : sight_(sight), hits_max_(hits_max), in_category_(sight.documents.categories.size()) {}

bool Tally::add(std::uint32_t product, const TextMatch& match) {
    const Documents& documents = sight_.documents;
    const NumberRange categories = sight_.filters.categories;
    const std::uint32_t category = documents.category[product];
    const bool is_wanted = category >= categories.begin && category < categories.end;
    const NumberRange offers = documents.offers_of(product);
    bool is_in_reach = false;
    Found found;
    for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer) {
        const std::uint32_t shop = documents.offer_shop[offer];
        if (!sight_.reach.has(shop)) continue;
        is_in_reach = true;
        if (!is_wanted) break;
        look_at(offer, shop, found);
    }
    count(product, found);
    if (found.offers > 0) keep(product, match, found.best);
    return is_in_reach;
}

void Tally::look_at(std::uint32_t offer, std::uint32_t shop, Found& found) const {
    const Traits traits = traits_of(sight_, offer, shop);
    if ((sight_.filters.needed & ~traits) != 0) return;
    const SeenOffer seen = see(sight_, offer, shop);
    found.price_ranges |= ranges_with(seen.price_cents);
    if (!is_within(seen.price_cents, sight_.filters)) return;
    found.traits |= traits;
    if (found.offers++ == 0 || seen.is_before(found.best, sight_.order, sight_.documents)) {
        found.best = seen;
    }
}

void Tally::count(std::uint32_t product, const Found& found) {
    for (std::size_t i = 0; i < kPriceRanges; ++i) {
        in_price_range_[i] += found.price_ranges >> i & 1U;
    }
    if (found.offers == 0) return;
    ++total_;
    ++with_trait_[found.traits];
    ++in_category_[sight_.documents.category[product]];
}

void Tally::keep(std::uint32_t product, const TextMatch& match, const SeenOffer& best) {
    if (hits_max_ == 0) return;
    const auto text = static_cast<double>(match.text);
    const double distance = best.distance_m;
    Rank rank{.words = match.words,
              .id = sight_.documents.product_id[product].value,
              .product = product,
              .text = match.text};
    switch (sight_.order) {
        case Order::best: rank.keys[0] = -text * best.weight; break;
        case Order::nearest:
            rank.keys[0] = distance;
            rank.keys[1] = -text;
            break;
        case Order::cheapest:
            rank.keys[0] = static_cast<double>(best.price_cents);
            rank.keys[1] = distance;
            rank.keys[2] = -text;
            break;
    }
    if (ranks_.size() < hits_max_) {
        ranks_.push_back(rank);
        if (ranks_.size() == hits_max_) std::make_heap(ranks_.begin(), ranks_.end());
        return;
    }
    if (!(rank < ranks_.front())) return;
    std::pop_heap(ranks_.begin(), ranks_.end());
    ranks_.back() = rank;
    std::push_heap(ranks_.begin(), ranks_.end());
}

std::vector<Rank> Tally::take_ranks() {
    std::sort(ranks_.begin(), ranks_.end());
    return std::move(ranks_);
}

Facets Tally::facets(std::string_view asked_category) const {
    Facets facets;
    for (Traits traits = 0; traits < 8; ++traits) {
        if ((traits & kOpenNow) != 0) facets.open_now += with_trait_[traits];
        if ((traits & kInStock) != 0) facets.in_stock += with_trait_[traits];
        if ((traits & kMaker) != 0) facets.makers += with_trait_[traits];
    }
    for (std::size_t i = 0; i < kPriceRanges; ++i) {
        facets.price.push_back({kPriceRangesOfFacet[i].name, in_price_range_[i]});
    }
    const Categories& categories = sight_.documents.categories;
    const std::size_t below = asked_category.empty() ? 0 : asked_category.size() + 1;
    std::map<std::string, std::int64_t> products;
    const NumberRange range = sight_.filters.categories;
    for (std::uint32_t number = range.begin; number < range.end; ++number) {
        const std::string& key = categories.key(number);
        if (in_category_[number] == 0 || key.size() <= below) continue;
        products[key.substr(0, key.find('.', below))] += in_category_[number];
    }
    for (const auto& [key, count] : products) facets.category.push_back({key, count});
    std::stable_sort(facets.category.begin(), facets.category.end(),
                     [](const auto& a, const auto& b) { return a.products > b.products; });
    return facets;
}

std::vector<SeenOffer> offers_in_order(const Sight& sight, std::uint32_t product) {
    std::vector<SeenOffer> offers;
    const NumberRange range = sight.documents.offers_of(product);
    for (std::uint32_t offer = range.begin; offer < range.end; ++offer) {
        const std::uint32_t shop = sight.documents.offer_shop[offer];
        if (!sight.reach.has(shop)) continue;
        const Traits missing = sight.filters.needed & ~traits_of(sight, offer, shop);
        const SeenOffer seen = see(sight, offer, shop);
        if (missing == 0 && is_within(seen.price_cents, sight.filters)) offers.push_back(seen);
    }
    std::sort(offers.begin(), offers.end(), [&](const SeenOffer& a, const SeenOffer& b) {
        return a.is_before(b, sight.order, sight.documents);
    });
    return offers;
}

}  // namespace emplettes::search
