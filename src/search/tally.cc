#include "search/tally.h"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <string>
#include <tuple>

namespace emplettes::search {
namespace {

// A range has its lower end and not its upper one, as in a query: every price is in one of them.
constexpr std::int32_t kPriceBounds[] = {1000, 2500, 5000, 10000};
constexpr const char* kPriceRanges[] = {"0-1000", "1000-2500", "2500-5000", "5000-10000", "10000-"};

// As a set of one range, or of none.
unsigned price_range_with(std::int32_t price_cents) {
    unsigned range = 0;
    for (const std::int32_t bound : kPriceBounds) range += price_cents >= bound ? 1 : 0;
    return (price_cents < 0 ? 0U : 1U) << range;
}

// Behind every product.
constexpr Rank kLastRank{.words = -1, .key = kLastKey};

// Floats without a sign are ordered as their bits are.
RankKey ascending(float value) { return std::bit_cast<std::uint32_t>(value); }
RankKey descending(float value) { return ~std::bit_cast<std::uint32_t>(value); }
float from_descending(RankKey key) {
    return std::bit_cast<float>(~static_cast<std::uint32_t>(key));
}

RankKey make_key(Order order, float distance_m, std::int32_t price_cents, Traits traits) {
    switch (order) {
        case Order::best: return descending(offer_weight(distance_m, traits));
        case Order::nearest: return ascending(distance_m);
        case Order::cheapest: break;
    }
    constexpr std::int64_t kLowest = std::numeric_limits<std::int32_t>::min();
    return static_cast<RankKey>(price_cents - kLowest) << 32 | ascending(distance_m);
}

Traits traits_of(const Sight& sight, const OfferCell& offer) {
    const bool is_in_stock = offer.stock.load(std::memory_order_relaxed) > 0;
    return static_cast<Traits>(sight.reach.traits(offer.shop) | (is_in_stock ? kInStock : 0));
}

bool is_within(std::int64_t price_cents, const Filters& filters) {
    return (price_cents >= filters.price_cents_min) & (price_cents < filters.price_cents_end);
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

bool Aside::has(std::uint32_t product) const {
    return (gone != nullptr && gone->has(product)) ||
           std::binary_search(all.begin(), all.end(), product);
}

Aside make_aside(const Query& query, const Documents& documents, const Gone* gone) {
    Aside aside{.gone = gone};
    int words = kPinnedWords + static_cast<int>(query.pinned.size());
    for (const ProductId id : query.pinned) {
        const auto product = documents.find_product(id);
        if (product && (gone == nullptr || !gone->has(*product))) {
            aside.pinned.push_back({*product, words});
            aside.all.push_back(*product);
        }
        --words;
    }
    for (const ProductId id : query.hidden) {
        if (const auto product = documents.find_product(id)) aside.all.push_back(*product);
    }
    std::sort(aside.all.begin(), aside.all.end());
    return aside;
}

bool Rank::operator<(const Rank& other) const {
    const auto place = [](const Rank& rank) {
        return std::tuple(-rank.words, rank.typos, rank.key, -rank.text * rank.exactness, rank.id);
    };
    return place(*this) < place(other);
}

Tally::Tally(const Sight& sight, std::size_t hits_max)
    : sight_(sight),
      hits_max_(hits_max),
      has_aside_(!sight.aside.is_empty()),
      last_(kLastRank),
      in_category_(sight.documents.categories.size()) {}

void Tally::clear() {
    waiting_count_ = 0;
    in_reach_ = 0;
    ranks_.clear();
    last_ = kLastRank;
    std::fill(std::begin(with_traits_), std::end(with_traits_), 0);
    std::fill(std::begin(in_price_ranges_), std::end(in_price_ranges_), 0);
    std::fill(in_category_.begin(), in_category_.end(), 0);
}

// Without branches that nobody can foresee: whether an offer is near, and how many a product has,
// is as good as chance, and a wrong guess costs more than the work.
void Tally::look_at_waiting() {
    if (has_aside_) leave_out_aside();
    const std::size_t offers = find_near();
    look_at_offers(offers);
    for (std::size_t i = 0; i < near_count_; ++i) count(near_[i]);
    waiting_count_ = 0;
}

void Tally::leave_out_aside() {
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(waiting_count_);
    const auto left = std::remove_if(waiting_.begin(), end, [&](const Waiting& waiting) {
        return sight_.aside.has(waiting.product);
    });
    waiting_count_ = static_cast<std::size_t>(left - waiting_.begin());
}

void Tally::add_pinned() {
    if (!has_aside_) return;
    look_at_waiting();
    has_aside_ = false;
    for (const Aside::Pin& pin : sight_.aside.pinned)
        add(pin.product, {.words = pin.words, .text = 0});
}

// Those that may be within reach and are of the category; how many offers they have.
std::size_t Tally::find_near() {
    const ProductCell* const products = sight_.documents.products.data();
    const OfferCell* const cells = sight_.columns.cells();
    const Tiles tiles = sight_.reach.tiles();
    const NumberRange categories = sight_.filters.categories;
    std::size_t near = 0;
    std::size_t offers = 0;
    for (std::size_t i = 0; i < waiting_count_; ++i) {
        const ProductCell& cell = products[waiting_[i].product];
        __builtin_prefetch(cells + cell.first_offer);
        const bool may_be_near = (cell.tiles & tiles) != 0;
        const bool is_wanted = cell.category - categories.begin < categories.end - categories.begin;
        if (!is_wanted && may_be_near && in_reach_ < kRanking.hits_enough)
            in_reach_ += reaches(waiting_[i].product) ? 1 : 0;
        const NumberRange of_product{cell.first_offer, (&cell)[1].first_offer};
        near_[near].waiting = static_cast<std::uint32_t>(i);
        near_[near].category = cell.category;
        near_[near].title_words = cell.title_words;
        near_[near].offers = of_product;
        near_[near].key = kLastKey;
        near_[near].in_reach = near_[near].passing = 0;
        near_[near].price_ranges = near_[near].traits = 0;
        const bool is_near = may_be_near & is_wanted;
        offers += is_near ? of_product.end - of_product.begin : 0;
        near += is_near ? 1 : 0;
    }
    near_count_ = near;
    return offers;
}

// All offers of those that are near, as one row.
void Tally::look_at_offers(std::size_t left) {
    const OfferCell* const cells = sight_.columns.cells();
    const std::uint64_t* const shops = sight_.reach.shops();
    std::uint32_t near = 0;
    std::uint32_t offer = near_[0].offers.begin;
    while (left > 0) {
        const std::size_t some = std::min(left, kSeenMax);
        std::size_t seen = 0;
        for (std::size_t i = 0; i < some; ++i) {
            seen_[seen].near = near;
            seen_[seen].offer = offer;
            const std::uint32_t shop = cells[offer].shop;
            seen += shops[shop / 64] >> (shop % 64) & 1U;
            ++offer;
            const bool is_last = offer == near_[near].offers.end;
            near += is_last ? 1 : 0;
            offer = is_last ? near_[near].offers.begin : offer;
        }
        for (std::size_t i = 0; i < seen; ++i) look_at(cells[seen_[i].offer], near_[seen_[i].near]);
        left -= some;
    }
}

inline void Tally::look_at(const OfferCell& offer, Near& product) const {
    const Traits traits = traits_of(sight_, offer);
    const std::int32_t price_cents = offer.price_cents.load(std::memory_order_relaxed);
    const bool has_traits = (sight_.filters.needed & ~traits) == 0;
    const bool passes = has_traits & is_within(price_cents, sight_.filters);
    const float distance_m = sight_.reach.distance_m(offer.shop);
    const RankKey key = make_key(sight_.order, distance_m, price_cents, traits);
    ++product.in_reach;
    product.price_ranges |= has_traits ? price_range_with(price_cents) : 0;
    product.passing += passes ? 1 : 0;
    product.traits |= passes ? traits : 0;
    product.key = std::min(product.key, passes ? key : kLastKey);
}

inline void Tally::count(const Near& product) {
    const bool is_hit = product.passing > 0;
    in_reach_ += product.in_reach > 0 ? 1 : 0;
    ++in_price_ranges_[product.price_ranges];
    with_traits_[product.traits] += is_hit ? 1 : 0;
    in_category_[product.category] += is_hit ? 1 : 0;
    const Waiting& asked = waiting_[product.waiting];
    const float exact = exactness(asked.match.title_words, static_cast<int>(product.title_words));
    const RankKey key = sight_.order == Order::best
                            ? descending(from_descending(product.key) * (asked.match.text * exact))
                            : product.key;
    if (is_hit & may_be_kept(asked.match, key)) keep(asked, exact, key);
}

bool Tally::reaches(std::uint32_t product) const {
    if (has_aside_ && sight_.aside.has(product)) return false;
    const NumberRange offers = sight_.documents.offers_of(product);
    const OfferCell* const cells = sight_.columns.cells();
    return std::any_of(cells + offers.begin, cells + offers.end,
                       [&](const OfferCell& offer) { return sight_.reach.has(offer.shop); });
}

inline bool Tally::may_be_kept(const TextMatch& match, RankKey key) const {
    if (match.words != last_.words) return match.words > last_.words;
    return match.typos < last_.typos || (match.typos == last_.typos && key <= last_.key);
}

void Tally::keep(const Waiting& product, float exactness, RankKey key) {
    if (hits_max_ == 0) return;
    const Rank rank{.words = product.match.words,
                    .typos = product.match.typos,
                    .text = product.match.text,
                    .exactness = exactness,
                    .key = key,
                    .id = sight_.documents.product_id[product.product].value,
                    .product = product.product};
    if (ranks_.size() < hits_max_) {
        ranks_.push_back(rank);
        if (ranks_.size() < hits_max_) return;
        std::make_heap(ranks_.begin(), ranks_.end());
    } else if (rank < ranks_[0]) {
        std::pop_heap(ranks_.begin(), ranks_.end());
        ranks_.back() = rank;
        std::push_heap(ranks_.begin(), ranks_.end());
    }
    last_ = ranks_[0];
}

std::int64_t Tally::in_reach() {
    look_at_waiting();
    return in_reach_;
}

std::int64_t Tally::total() {
    look_at_waiting();
    return std::accumulate(std::begin(with_traits_), std::end(with_traits_), std::int64_t{0});
}

std::vector<Rank> Tally::take_ranks() {
    look_at_waiting();
    std::sort(ranks_.begin(), ranks_.end());
    return std::move(ranks_);
}

Facets Tally::facets(std::string_view asked_category) {
    look_at_waiting();
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
        return std::tuple(key, seen.price_cents, seen.distance_m,
                          sight.documents.offer_id[seen.offer]);
    };
    std::sort(offers.begin(), offers.end(),
              [&](const SeenOffer& a, const SeenOffer& b) { return place(a) < place(b); });
    return offers;
}

}  // namespace emplettes::search
