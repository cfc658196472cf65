#include "search/tally.h"

#include <bit>
#include <numeric>
#include <optional>
#include <tuple>

namespace emplettes::search {
namespace {

// Behind every product.
constexpr Rank kLastRank{.words = -1, .key = kLastKey};

constexpr float kExactnessMax = exactness(1, 1);
static_assert(kRanking.in_stock_open <= 1 && kRanking.in_stock_closed <= 1 &&
                  kRanking.out_of_stock <= 1,
              "text_needed() takes the best availability for 1");

// What is known of a group of shops is rounded; what it promises may be a little more.
constexpr float kPromise = 1 + 1e-5F;

RankKey make_key(Order order, float distance_m, std::int32_t price_cents, Traits traits) {
    switch (order) {
        case Order::best: return descending(offer_weight(distance_m, traits));
        case Order::nearest: return ascending(distance_m);
        case Order::cheapest: break;
    }
    constexpr std::int64_t kLowest = std::numeric_limits<std::int32_t>::min();
    return static_cast<RankKey>(price_cents - kLowest) << 32 | ascending(distance_m);
}

SeenOffer see(const Sight& sight, std::uint32_t number) {
    const OfferCell& offer = sight.columns.cells()[number];
    const bool is_in_stock = offer.stock.load(std::memory_order_relaxed) > 0;
    const auto traits = sight.reach.traits(offer.shop()) | (is_in_stock ? kInStock : 0);
    return {.offer = number,
            .shop = offer.shop(),
            .price_cents = offer.price_cents.load(std::memory_order_relaxed),
            .traits = static_cast<Traits>(traits),
            .condition = offer.condition()};
}

Fails fails_of(const Sight& sight, const SeenOffer& seen) {
    if (!sight.filters.ask_of_offers()) return 0;
    return sight.filters.of_offer(seen.traits, seen.price_cents, seen.condition,
                                  sight.documents.shop_district[seen.shop]);
}

// The place of an offer among those of its product: the lesser comes first.
auto offer_place(const Sight& sight, const SeenOffer& seen) {
    const bool is_maker = sight.query.makers_first && (seen.traits & kMaker) != 0;
    const float distance_m = sight.reach.distance_m(seen.shop);
    const RankKey key = make_key(sight.query.order, distance_m, seen.price_cents, seen.traits);
    return std::tuple(!is_maker, key, seen.price_cents, distance_m,
                      sight.documents.offer_id[seen.offer]);
}

// The offers of a product that are within reach and pass the filters.
template <typename F>
void for_each_passing(const Sight& sight, std::uint32_t product, F&& f) {
    const NumberRange offers = sight.documents.offers_of(product);
    for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer) {
        if (!sight.reach.has(sight.columns.shop(offer))) continue;
        const SeenOffer seen = see(sight, offer);
        if (fails_of(sight, seen) == 0) f(seen);
    }
}

std::optional<SeenOffer> first_offer(const Sight& sight, std::uint32_t product) {
    std::optional<SeenOffer> first;
    for_each_passing(sight, product, [&](const SeenOffer& seen) {
        if (!first || offer_place(sight, seen) < offer_place(sight, *first)) first = seen;
    });
    return first;
}

}  // namespace

Tally::Tally(const Sight& sight, std::size_t hits_max, std::vector<Level>& levels)
    : sight_(sight),
      hits_max_(hits_max),
      levels_(levels),
      is_summary_enough_(!sight.filters.ask_of_offers() && sight.query.order != Order::cheapest &&
                         !sight.query.is_open),
      has_aside_(!sight.aside.is_empty()),
      last_(kLastRank) {
    begin(0);
}

void Tally::begin(std::size_t words) {
    words_asked_ = words;
    words_needed_ = 0;
    if (levels_.size() <= words) levels_.resize(words + 1);
    for (Level& level : levels_) level.is_used = false;
    ranks_.clear();
    last_ = kLastRank;
}

Level& Tally::level_of(int words) {
    Level& level = levels_[std::min(static_cast<std::size_t>(words), words_asked_)];
    if (!level.is_used) {
        level.is_used = true;
        level.batch.words = words;
        level.batch.size = 0;
        level.counts.clear(sight_.documents, sight_.query.counts_names);
    }
    return level;
}

void Tally::add(std::uint32_t product, const TextMatch& match) {
    Level& level = level_of(match.words);
    Batch& batch = level.batch;
    batch.products[batch.size] = product;
    batch.texts[batch.size] = match.text;
    batch.typos[batch.size] = static_cast<std::uint8_t>(match.typos);
    batch.title_words[batch.size] = static_cast<std::uint8_t>(match.title_words);
    __builtin_prefetch(sight_.columns.faces() + product);
    if (++batch.size == kBlockPostings) look_at(level);
}

void Tally::add(const BlockProducts& products, std::span<const Impact> impacts,
                const Source& source, Tiles tiles) {
    Level& level = level_of(1);
    Batch& batch = level.batch;
    batch.products = products;
    batch.size = impacts.size();
    batch.tiles = tiles;
    for (std::size_t i = 0; i < batch.size; ++i) {
        __builtin_prefetch(sight_.columns.faces() + products[i]);
        batch.texts[i] = (*source.weights)[impacts[i]];
        batch.title_words[i] = title_position(impacts[i]) < kTitlePositionMax ? 1 : 0;
    }
    std::fill_n(batch.typos.begin(), batch.size, static_cast<std::uint8_t>(source.typos));
    look_at(level);
    batch.tiles = kAllTiles;
}

void Tally::add_pinned() {
    look_at_all();
    has_aside_ = false;
    for (const Aside::Pin& pin : sight_.aside.pinned) {
        Level& level = level_of(pin.words);
        level.batch.words = pin.words;
        add(pin.product, {.words = pin.words, .text = 0});
        look_at(level);
    }
}

void Tally::look_at_all() {
    for (Level& level : levels_) {
        if (level.is_used) look_at(level);
    }
}

void Tally::look_at(Level& level) {
    if (has_aside_) leave_out_aside(level.batch);
    Near near;
    if (is_summary_enough_ && (level.batch.tiles & ~sight_.reach.whole_tiles()) == 0)
        take_all(level.batch, near);
    else
        find_near(level.batch, near);
    for (std::size_t i = 0; i < near.some_count; ++i)
        prefetch_offers(level.batch.products[near.some[i]]);
    if (sight_.filters.ask_of_products())
        count_whole_filtered(level, near);
    else
        count_whole(level, near);
    for (std::size_t i = 0; i < near.some_count; ++i) count_some(level, near.some[i]);
    level.batch.size = 0;
}

void Tally::prefetch_offers(std::uint32_t product) const {
    __builtin_prefetch(sight_.columns.cells() + sight_.documents.products[product].first_offer());
}

void Tally::take_all(const Batch& batch, Near& near) const {
    std::iota(near.whole.begin(), near.whole.end(), std::uint8_t{0});
    near.whole_count = batch.size;
}

void Tally::leave_out_aside(Batch& batch) const {
    std::size_t left = 0;
    for (std::size_t i = 0; i < batch.size; ++i) {
        batch.products[left] = batch.products[i];
        batch.texts[left] = batch.texts[i];
        batch.typos[left] = batch.typos[i];
        batch.title_words[left] = batch.title_words[i];
        left += sight_.aside.has(batch.products[i]) ? 0 : 1;
    }
    batch.size = left;
}

// Without branches: whether a product is near is as good as chance.
void Tally::find_near(const Batch& batch, Near& near) const {
    const ProductCell* const cells = sight_.documents.products.data();
    const std::uint64_t* const shops = sight_.reach.shops();
    const Tiles tiles = sight_.reach.tiles();
    const Tiles not_whole = ~sight_.reach.whole_tiles();
    const unsigned is_enough = is_summary_enough_ ? 1 : 0;
    const auto is_in = [&](std::uint32_t shop) {
        return static_cast<unsigned>(shops[shop / 64] >> (shop % 64)) & 1U;
    };
    for (std::size_t i = 0; i < batch.size; ++i) __builtin_prefetch(cells + batch.products[i]);
    for (std::size_t i = 0; i < batch.size; ++i) {
        const ProductCell& cell = cells[batch.products[i]];
        const unsigned is_widespread = cell.is_widespread() ? 1 : 0;
        const std::uint32_t is_a_shop = is_widespread - 1;  // all bits or none
        const unsigned first = is_in(cell.first_shop() & is_a_shop);
        const unsigned last = is_in(cell.last_shop() & is_a_shop);
        const unsigned touches = (cell.tiles() & tiles) != 0 ? 1 : 0;
        const unsigned is_inside = touches & ((cell.tiles() & not_whole) == 0 ? 1 : 0);
        const unsigned is_whole =
            ((is_widespread & is_inside) | (~is_widespread & first & last)) & is_enough;
        const unsigned is_near = (is_widespread & touches) | (~is_widespread & (first | last));
        near.whole[near.whole_count] = static_cast<std::uint8_t>(i);
        near.some[near.some_count] = static_cast<std::uint8_t>(i);
        near.whole_count += is_whole;
        near.some_count += is_near & ~is_whole & 1U;
    }
}

void Tally::count_whole(Level& level, const Near& near) {
    const BlockProducts& products = level.batch.products;
    const ProductFace* const faces = sight_.columns.faces();
    Counts& counts = level.counts;
    const std::uint32_t without_offer = counts.with_summary(0);
    for (std::size_t i = 0; i < near.whole_count; ++i) {
        const ProductFace& face = faces[products[near.whole[i]]];
        const Summary summary = face.summary.load(std::memory_order_relaxed);
        counts.add_summary(summary);
        counts.add_category(face.category, summary != 0);
    }
    const auto found =
        static_cast<std::int64_t>(near.whole_count) - (counts.with_summary(0) - without_offer);
    counts.in_reach += found;
    counts.total += found;
    if (sight_.query.counts_names) {
        for (std::size_t i = 0; i < near.whole_count; ++i) {
            const std::uint32_t product = products[near.whole[i]];
            if (sight_.columns.summary(product) != 0) count_names(counts, product);
        }
    }
    rank_whole(level.batch, near);
}

void Tally::count_whole_filtered(Level& level, const Near& near) {
    const Batch& batch = level.batch;
    Counts& counts = level.counts;
    Near passing;
    for (std::size_t i = 0; i < near.whole_count; ++i) {
        const std::uint32_t product = batch.products[near.whole[i]];
        const ProductFace& face = sight_.columns.faces()[product];
        const Summary summary = face.summary.load(std::memory_order_relaxed);
        if (summary == 0) continue;
        ++counts.in_reach;
        const Fails fails = fails_of_product(product);
        if (fails_at_most(fails, kFailsCategory)) counts.add_category(face.category);
        if (fails_at_most(fails, kFailsMaker) && sight_.query.counts_names)
            counts.add_maker(sight_.documents.product_maker[product]);
        if (fails != 0) continue;
        ++counts.total;
        counts.add_summary(summary);
        if (sight_.query.counts_names) count_districts(counts, product);
        passing.whole[passing.whole_count++] = near.whole[i];
    }
    rank_whole(batch, passing);
}

void Tally::rank_whole(const Batch& batch, const Near& near) {
    if (batch.words < last_.words || hits_max_ == 0) return;
    const float needed = text_needed(batch);
    const int typos = last_.typos;  // what is needed of those with as many
    for (std::size_t i = 0; i < near.whole_count; ++i) {
        const std::size_t place = near.whole[i];
        if (batch.typos[place] >= typos) {
            if (batch.texts[place] * kExactnessMax < needed) continue;
            if (batch.texts[place] * exactness_of(batch, place) < needed) continue;
        }
        const std::uint32_t product = batch.products[place];
        if (may_be_kept(batch, place, key_of(possible_of(product)))) keep_best(batch, place);
    }
}

// Products of the batch with a lesser text score, and no fewer typos than the last of the list, are
// not among the first, wherever they are.
float Tally::text_needed(const Batch& batch) const {
    if (batch.words > last_.words || last_.key == kLastKey) return 0;
    if (sight_.query.makers_first) return 0;
    const float distance_m = sight_.reach.distance_m_min(batch.tiles);
    if (sight_.query.order == Order::nearest)
        return ascending(distance_m) > last_.key ? std::numeric_limits<float>::infinity() : 0;
    return from_descending(last_.key) / (distance_factor(distance_m) * kPromise);
}

void Tally::count_names(Counts& counts, std::uint32_t product) const {
    counts.add_maker(sight_.documents.product_maker[product]);
    count_districts(counts, product);
}

// Of a product all of whose offers count.
void Tally::count_districts(Counts& counts, std::uint32_t product) const {
    const Documents& documents = sight_.documents;
    const ProductCell& cell = documents.products[product];
    if (!cell.is_widespread()) {
        counts.add_district(documents.shop_district[cell.first_shop()], product);
        counts.add_district(documents.shop_district[cell.last_shop()], product);
        return;
    }
    const NumberRange offers = documents.offers_of(product);
    for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer)
        counts.add_district(documents.shop_district[sight_.columns.shop(offer)], product);
}

void Tally::count_some(Level& level, std::size_t place) {
    const std::uint32_t product = level.batch.products[place];
    const Documents& documents = sight_.documents;
    Counts& counts = level.counts;
    const Fails of_product = fails_of_product(product);
    Possible possible;
    unsigned summary = 0;
    Fails least_fails = 0xFF;
    bool is_in_category = false;
    bool is_of_maker = false;
    const NumberRange offers = documents.offers_of(product);
    for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer) {
        if (!sight_.reach.has(sight_.columns.shop(offer))) continue;
        const SeenOffer seen = see(sight_, offer);
        const auto fails = static_cast<Fails>(of_product | fails_of(sight_, seen));
        summary |=
            summary_of(seen.traits, seen.condition, seen.price_cents) & counted_in_summary(fails);
        is_in_category |= fails_at_most(fails, kFailsCategory);
        is_of_maker |= fails_at_most(fails, kFailsMaker);
        if (sight_.query.counts_names && fails_at_most(fails, kFailsDistrict))
            counts.add_district(documents.shop_district[seen.shop], product);
        least_fails = std::min(least_fails, fails);
        if (fails == 0) possible.add(sight_.reach.distance_m_min(seen.shop), seen);
    }
    counts.in_reach += least_fails != 0xFF ? 1 : 0;
    counts.add_summary(static_cast<Summary>(summary));
    if (is_in_category) counts.add_category(sight_.columns.faces()[product].category);
    if (is_of_maker && sight_.query.counts_names)
        counts.add_maker(documents.product_maker[product]);
    if (least_fails != 0) return;
    ++counts.total;
    if (may_be_kept(level.batch, place, key_of(possible))) keep_best(level.batch, place);
}

Fails Tally::fails_of_product(std::uint32_t product) const {
    if (!sight_.filters.ask_of_products()) return 0;
    return sight_.filters.of_product(sight_.columns.faces()[product].category,
                                     sight_.documents.product_maker[product]);
}

Tally::OfferKey Tally::key_of(const SeenOffer& seen) const {
    return {.is_maker = sight_.query.makers_first && (seen.traits & kMaker) != 0,
            .key = make_key(sight_.query.order, sight_.reach.distance_m(seen.shop),
                            seen.price_cents, seen.traits)};
}

Tally::OfferKey Tally::key_of(const Possible& possible) const {
    const bool is_maker = sight_.query.makers_first && (possible.traits & kMaker) != 0;
    if (sight_.query.order == Order::cheapest)
        return {is_maker, make_key(Order::cheapest, 0, possible.price_cents, possible.traits)};
    if (sight_.query.order == Order::nearest) return {is_maker, ascending(possible.distance_m)};
    const float weight = offer_weight(possible.distance_m, possible.traits);
    return {is_maker, descending(weight * kPromise)};
}

// What all offers of a product promise, for orders that do not ask for the price.
Tally::Possible Tally::possible_of(std::uint32_t product) const {
    const Reach& reach = sight_.reach;
    const ProductCell& cell = sight_.documents.products[product];
    const float distance_m = cell.is_widespread()
                                 ? reach.distance_m_min(cell.tiles())
                                 : std::min(reach.distance_m_min(cell.first_shop()),
                                            reach.distance_m_min(cell.last_shop()));
    return {.distance_m = distance_m, .traits = traits_in(sight_.columns.summary(product))};
}

float Tally::exactness_of(const Batch& batch, std::size_t place) const {
    return exactness(batch.title_words[place], sight_.documents.title_words[batch.products[place]]);
}

Rank Tally::rank_of(const Batch& batch, std::size_t place, const OfferKey& best) const {
    const float text = batch.texts[place];
    const float exact = exactness_of(batch, place);
    const bool is_score = sight_.query.order == Order::best;
    return {.words = batch.words,
            .makers = best.is_maker ? 1 : 0,
            .typos = batch.typos[place],
            .text = text,
            .exactness = exact,
            .key = is_score ? descending(from_descending(best.key) * (text * exact)) : best.key};
}

inline bool Tally::may_be_kept(const Batch& batch, std::size_t place, const OfferKey& best) const {
    const Rank rank = rank_of(batch, place, best);
    if (rank.words != last_.words) return rank.words > last_.words;
    if (rank.makers != last_.makers) return rank.makers > last_.makers;
    return rank.typos < last_.typos || (rank.typos == last_.typos && rank.key <= last_.key);
}

// By its best offer; an offer may have changed since it was counted.
void Tally::keep_best(const Batch& batch, std::size_t place) {
    if (hits_max_ == 0) return;
    const auto best = first_offer(sight_, batch.products[place]);
    if (!best) return;
    Rank rank = rank_of(batch, place, key_of(*best));
    rank.shop = best->shop;
    rank.product = batch.products[place];
    rank.id = sight_.documents.product_id[rank.product].value;
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

std::int64_t Tally::in_reach(std::size_t words) {
    look_at_all();
    std::int64_t products = 0;
    for (std::size_t i = words; i <= words_asked_; ++i) {
        if (levels_[i].is_used) products += levels_[i].counts.in_reach;
    }
    return products;
}

void Tally::need(std::size_t words) {
    look_at_all();
    words_needed_ = words;
    std::erase_if(ranks_, [&](const Rank& rank) { return rank.words < static_cast<int>(words); });
    if (ranks_.size() < hits_max_) last_ = kLastRank;
}

// All levels that count, as one.
Counts& Tally::counts() {
    look_at_all();
    Level& top = level_of(static_cast<int>(words_asked_));
    for (std::size_t words = words_asked_; words-- > words_needed_;) {
        Level& level = levels_[words];
        if (level.is_used) top.counts.add(level.counts);
        level.is_used = false;
    }
    return top.counts;
}

std::vector<Rank> Tally::take_ranks() {
    look_at_all();
    std::sort(ranks_.begin(), ranks_.end());
    return std::move(ranks_);
}

std::vector<SeenOffer> offers_in_order(const Sight& sight, std::uint32_t product) {
    std::vector<SeenOffer> offers;
    for_each_passing(sight, product, [&](const SeenOffer& seen) { offers.push_back(seen); });
    std::sort(offers.begin(), offers.end(), [&](const SeenOffer& a, const SeenOffer& b) {
        return offer_place(sight, a) < offer_place(sight, b);
    });
    return offers;
}

}  // namespace emplettes::search
