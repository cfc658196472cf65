#include "search/tally.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <tuple>

namespace emplettes::search {
namespace {

// A range has its lower end and not its upper one, as in a query: every price is in one of them.
constexpr std::int64_t kPriceBounds[] = {1000, 2500, 5000, 10000};
constexpr const char* kPriceRanges[] = {"0-1000", "1000-2500", "2500-5000", "5000-10000", "10000-"};

// As a set of one range, or of none.
unsigned price_range_with(std::int64_t price_cents) {
    if (price_cents < 0) return 0;
    unsigned range = 0;
    for (const std::int64_t bound : kPriceBounds) range += price_cents >= bound ? 1 : 0;
    return 1U << range;
}

constexpr auto kAvailability = [] {
    std::array<double, kTraitSets> table{};
    for (std::size_t i = 0; i < table.size(); ++i) table[i] = availability(static_cast<Traits>(i));
    return table;
}();

RankKey make_key(Order order, float distance_m, std::int64_t price_cents, Traits traits) {
    const double distance = distance_m;
    switch (order) {
        case Order::best:
            return {-(static_cast<double>(distance_factor(distance_m)) * kAvailability[traits]), 0};
        case Order::nearest: return {distance, 0};
        case Order::cheapest: break;
    }
    return {static_cast<double>(price_cents), distance};
}

Traits traits_of(const Sight& sight, const OfferCell& offer) {
    const bool is_in_stock = offer.stock.load(std::memory_order_relaxed) > 0;
    return static_cast<Traits>(sight.reach.traits(offer.shop) | (is_in_stock ? kInStock : 0));
}

bool is_within(std::int64_t price_cents, const Filters& filters) {
    return price_cents >= filters.price_cents_min && price_cents < filters.price_cents_end;
}

}  // namespace

Filters make_filters(const Query& query, const Documents& documents) {
    Filters filters;
    if (query.open_now) filters.needed |= kOpenNow;
    if (query.makers_only) filters.needed |= kMaker;
    if (query.in_stock) filters.needed |= kInStock;
    filters.categories = documents.categories.subtree(query.category);
    filters.price_cents_min = query.price_min_cents.value_or(filters.price_cents_min);
    filters.price_cents_end = query.price_end_cents.value_or(filters.price_cents_end);
    return filters;
}

bool Rank::operator<(const Rank& other) const {
    const auto place = [](const Rank& rank) {
        return std::tuple(-rank.words, rank.typos, rank.key.first, rank.key.second, -rank.text,
                          rank.id);
    };
    return place(*this) < place(other);
}

Tally::Tally(const Sight& sight, std::size_t hits_max)
    : sight_(sight), hits_max_(hits_max), in_category_(sight.documents.categories.size()) {}

void Tally::clear() {
    ranks_.clear();
    std::fill(std::begin(with_traits_), std::end(with_traits_), 0);
    std::fill(std::begin(in_price_ranges_), std::end(in_price_ranges_), 0);
    std::fill(in_category_.begin(), in_category_.end(), 0);
}

bool Tally::add(std::uint32_t product, const TextMatch& match) {
    const ProductCell& cell = sight_.documents.products[product];
    if ((cell.tiles & sight_.reach.tiles()) == 0) return false;
    const NumberRange categories = sight_.filters.categories;
    if (cell.category < categories.begin || cell.category >= categories.end) {
        return reaches(product);
    }
    const NumberRange offers = sight_.documents.offers_of(product);
    const OfferCell* const cells = sight_.columns.cells();
    bool is_in_reach = false;
    Found found;
    for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer) {
        if (!sight_.reach.has(cells[offer].shop)) continue;
        is_in_reach = true;
        look_at(cells[offer], found);
    }
    ++in_price_ranges_[found.price_ranges];
    if (found.offers == 0) return is_in_reach;
    ++with_traits_[found.traits];
    ++in_category_[cell.category];
    keep(product, match, found.key);
    return true;
}

bool Tally::reaches(std::uint32_t product) const {
    const NumberRange offers = sight_.documents.offers_of(product);
    const OfferCell* const cells = sight_.columns.cells();
    return std::any_of(cells + offers.begin, cells + offers.end,
                       [&](const OfferCell& offer) { return sight_.reach.has(offer.shop); });
}

inline void Tally::look_at(const OfferCell& offer, Found& found) const {
    const Traits traits = traits_of(sight_, offer);
    if ((sight_.filters.needed & ~traits) != 0) return;
    const std::int64_t price_cents = offer.price_cents.load(std::memory_order_relaxed);
    found.price_ranges |= price_range_with(price_cents);
    if (!is_within(price_cents, sight_.filters)) return;
    found.traits |= traits;
    ++found.offers;
    const float distance_m = sight_.reach.distance_m(offer.shop);
    found.key = std::min(found.key, make_key(sight_.order, distance_m, price_cents, traits));
}

void Tally::keep(std::uint32_t product, const TextMatch& match, const RankKey& key) {
    if (hits_max_ == 0) return;
    Rank rank{.words = match.words,
              .typos = match.typos,
              .text = match.text,
              .key = key,
              .product = product};
    if (sight_.order == Order::best) rank.key.first *= static_cast<double>(match.text);
    const bool is_full = ranks_.size() == hits_max_;
    if (is_full && std::tuple(-rank.words, rank.typos, rank.key.first) >
                       std::tuple(-ranks_[0].words, ranks_[0].typos, ranks_[0].key.first))
        return;
    rank.id = sight_.documents.product_id[product].value;
    if (!is_full) {
        ranks_.push_back(rank);
        if (ranks_.size() == hits_max_) std::make_heap(ranks_.begin(), ranks_.end());
        return;
    }
    if (!(rank < ranks_[0])) return;
    std::pop_heap(ranks_.begin(), ranks_.end());
    ranks_.back() = rank;
    std::push_heap(ranks_.begin(), ranks_.end());
}

std::int64_t Tally::total() const {
    return std::accumulate(std::begin(with_traits_), std::end(with_traits_), std::int64_t{0});
}

std::vector<Rank> Tally::take_ranks() {
    std::sort(ranks_.begin(), ranks_.end());
    return std::move(ranks_);
}

Facets Tally::facets(std::string_view asked_category) const {
    Facets facets;
    for (std::size_t traits = 0; traits < kTraitSets; ++traits) {
        if ((traits & kOpenNow) != 0) facets.open_now += with_traits_[traits];
        if ((traits & kInStock) != 0) facets.in_stock += with_traits_[traits];
        if ((traits & kMaker) != 0) facets.makers += with_traits_[traits];
    }
    for (const char* name : kPriceRanges) {
        const unsigned range = 1U << facets.price.size();
        std::int64_t products = 0;
        for (std::size_t set = 0; set < kPriceRangeSets; ++set) {
            if ((set & range) != 0) products += in_price_ranges_[set];
        }
        facets.price.push_back({name, products});
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
    for (std::uint32_t number = range.begin; number < range.end; ++number) {
        const OfferCell& offer = sight.columns.cells()[number];
        if (!sight.reach.has(offer.shop)) continue;
        const SeenOffer seen{.offer = number,
                             .distance_m = sight.reach.distance_m(offer.shop),
                             .price_cents = sight.columns.price_cents(number),
                             .traits = traits_of(sight, offer)};
        const bool has_traits = (sight.filters.needed & ~seen.traits) == 0;
        if (has_traits && is_within(seen.price_cents, sight.filters)) offers.push_back(seen);
    }
    const auto place = [&](const SeenOffer& seen) {
        const RankKey key = make_key(sight.order, seen.distance_m, seen.price_cents, seen.traits);
        return std::tuple(key.first, seen.price_cents, seen.distance_m,
                          sight.documents.offer_id[seen.offer]);
    };
    std::sort(offers.begin(), offers.end(),
              [&](const SeenOffer& a, const SeenOffer& b) { return place(a) < place(b); });
    return offers;
}

}  // namespace emplettes::search
