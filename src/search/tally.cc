#include "search/tally.h"

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

// The offers of a document that are within reach and pass the filters.
template <typename F>
void for_each_passing(const Sight& sight, std::uint32_t document, F&& f) {
    if (!sight.reach.has(sight.documents.cells[document].shop())) return;
    const NumberRange offers = sight.documents.offers_of(document);
    for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer) {
        const SeenOffer seen = see(sight, offer);
        if (fails_of(sight, seen) == 0) f(seen);
    }
}

std::optional<SeenOffer> first_offer(const Sight& sight, std::uint32_t document) {
    std::optional<SeenOffer> first;
    for_each_passing(sight, document, [&](const SeenOffer& seen) {
        if (!first || offer_place(sight, seen) < offer_place(sight, *first)) first = seen;
    });
    return first;
}

}  // namespace

Tally::Tally(const Sight& sight, std::size_t hits_max, TallyMemory& memory)
    : sight_(sight),
      hits_max_(hits_max),
      memory_(memory),
      is_summary_enough_(!sight.filters.ask_of_offers() && sight.query.order != Order::cheapest &&
                         !sight.query.is_open),
      is_everywhere_(is_summary_enough_ && sight.reach.is_everywhere()),
      has_aside_(!sight.aside.is_empty()),
      last_(kLastRank) {
    const std::size_t products = sight.documents.product_count();
    if (memory.met.size() < products) memory.met.resize(products);
    begin(0);
}

void Tally::begin(std::size_t words) {
    forget();
    words_asked_ = words;
    words_needed_ = 0;
    if (memory_.levels.size() <= words) memory_.levels.resize(words + 1);
    ranks_.clear();
    last_ = kLastRank;
}

void Tally::forget() {
    for (Level& level : memory_.levels) {
        level.is_used = false;
        for (const OpenProduct& open : level.open) memory_.met[open.product] = 0;
        level.open.clear();
    }
    for (const std::uint32_t product : memory_.ranked) memory_.met[product] = 0;
    memory_.ranked.clear();
}

Level& Tally::level_of(int words) {
    Level& level = memory_.levels[std::min(static_cast<std::size_t>(words), words_asked_)];
    if (!level.is_used) {
        level.is_used = true;
        level.batch.words = words;
        level.batch.size = 0;
        level.counts.clear(sight_.documents, sight_.query.counts_names);
    }
    return level;
}

void Tally::enter(const Reach::Stretch& stretch) {
    look_at_all();
    is_whole_ = stretch.is_whole;
}

void Tally::add(std::uint32_t document, const TextMatch& match) {
    Level& level = level_of(match.words);
    Batch& batch = level.batch;
    batch.documents[batch.size] = document;
    batch.texts[batch.size] = match.text;
    batch.typos[batch.size] = static_cast<std::uint8_t>(match.typos);
    batch.title_words[batch.size] = static_cast<std::uint8_t>(match.title_words);
    batch.may_rank = true;
    __builtin_prefetch(&sight_.documents.cells[document]);
    if (++batch.size == kBlockPostings) look_at(level);
}

void Tally::add(const std::uint32_t* documents, std::span<const Impact> impacts,
                const Source& source) {
    Level& level = level_of(1);
    Batch& batch = level.batch;
    batch.may_rank = may_rank(documents, impacts, source);
    if (batch.may_rank) {
        for (std::size_t i = 0; i < impacts.size(); ++i) {
            batch.texts[i] = (*source.weights)[impacts[i]];
            batch.title_words[i] = title_position(impacts[i]) < kTitlePositionMax ? 1 : 0;
        }
        std::fill_n(batch.typos.begin(), impacts.size(), static_cast<std::uint8_t>(source.typos));
    }
    // Where all are within reach, the others matter for ranks only.
    const bool takes_firsts = is_everywhere_ && !batch.may_rank;
    for (std::size_t i = 0; i < impacts.size(); ++i) {
        batch.documents[batch.size] = documents[i];
        batch.size += !takes_firsts || sight_.documents.is_first(documents[i]) ? 1 : 0;
    }
    for (std::size_t i = 0; i < batch.size; ++i)
        __builtin_prefetch(&sight_.documents.cells[batch.documents[i]]);
    look_at(level);
}

// Whether one of the documents may be among the first: a greater impact weighs more, whatever its
// form.
bool Tally::may_rank(const std::uint32_t* documents, std::span<const Impact> impacts,
                     const Source& source) const {
    if (source.typos < last_.typos) return true;
    Impact best = 0;
    for (const Impact impact : impacts) best = std::max(best, impact);
    const float text = std::max((*source.weights)[best | 1], (*source.weights)[best & 0xFE]);
    return text * kExactnessMax >= text_needed(1, documents[0], documents[impacts.size() - 1]);
}

void Tally::add_pinned() {
    enter({});
    has_aside_ = false;
    for (const Aside::Pin& pin : sight_.aside.pinned) {
        Level& level = level_of(pin.words);
        level.batch.words = pin.words;
        for (const std::uint32_t document : sight_.documents.documents_of(pin.product))
            add(document, {.words = pin.words, .text = 0});
        look_at(level);
    }
}

void Tally::look_at_all() {
    for (Level& level : memory_.levels) {
        if (level.is_used) look_at(level);
    }
}

void Tally::look_at(Level& level) {
    Batch& batch = level.batch;
    if (has_aside_) leave_out_aside(batch);
    if (batch.size == 0) return;
    const Near near = find_near(batch);
    if (!is_summary_enough_)
        count_offers(level, near);
    else if (sight_.filters.ask_of_products())
        count_summaries_filtered(level, near);
    else
        count_summaries(level, near);
    batch.size = 0;
}

void Tally::leave_out_aside(Batch& batch) const {
    std::size_t left = 0;
    for (std::size_t i = 0; i < batch.size; ++i) {
        batch.documents[left] = batch.documents[i];
        batch.texts[left] = batch.texts[i];
        batch.typos[left] = batch.typos[i];
        batch.title_words[left] = batch.title_words[i];
        left += sight_.aside.has(batch.documents[i]) ? 0 : 1;
    }
    batch.size = left;
}

// The places of the documents that are within reach. Without branches: whether one of a stretch
// that is not whole is near is as good as chance.
Tally::Near Tally::find_near(const Batch& batch) const {
    Near near;
    if (is_whole_) {
        std::iota(near.places.begin(), near.places.end(), std::uint8_t{0});
        near.count = batch.size;
        return near;
    }
    const DocumentCell* const cells = sight_.documents.cells.data();
    for (std::size_t i = 0; i < batch.size; ++i) {
        near.places[near.count] = static_cast<std::uint8_t>(i);
        near.count += sight_.reach.has(cells[batch.documents[i]].shop()) ? 1 : 0;
    }
    return near;
}

void Tally::count_summaries(Level& level, const Near& near) {
    Places alone;
    Places shared;
    std::size_t alone_count = 0;
    std::size_t shared_count = 0;
    for (const std::uint8_t place : near.all()) {
        const bool is_shared = sight_.documents.is_shared(level.batch.documents[place]);
        alone[alone_count] = shared[shared_count] = place;
        alone_count += is_shared ? 0 : 1;
        shared_count += is_shared ? 1 : 0;
    }
    count_alone(level, std::span(alone).first(alone_count));
    count_shared(level, std::span(shared).first(shared_count));
    rank(level.batch, near.all());
}

// Documents that are all there is of their product.
void Tally::count_alone(Level& level, std::span<const std::uint8_t> places) {
    const BlockDocuments& documents = level.batch.documents;
    const auto& cells = sight_.documents.cells;
    Counts& counts = level.counts;
    for (const std::uint8_t place : places) {
        const DocumentCell& cell = cells[documents[place]];
        counts.add_summary(cell.summary());
        counts.add_category(cell.category());
    }
    counts.in_reach += static_cast<std::int64_t>(places.size());
    counts.total += static_cast<std::int64_t>(places.size());
    if (!sight_.query.counts_names) return;
    for (const std::uint8_t place : places) {
        const std::uint32_t document = documents[place];
        counts.add_maker(sight_.documents.product_maker[cells[document].product()]);
        count_districts(counts, document);
    }
}

void Tally::count_shared(Level& level, std::span<const std::uint8_t> places) {
    const BlockDocuments& documents = level.batch.documents;
    const auto& cells = sight_.documents.cells;
    if (is_everywhere_) {
        for (const std::uint8_t place : places) {
            if (!sight_.documents.is_first(documents[place])) continue;
            const DocumentCell& cell = cells[documents[place]];
            count_product(level.counts, {cell.product(), cell.category()},
                          summarised(cell, documents[place]));
        }
        return;
    }
    for (const std::uint8_t place : places)
        __builtin_prefetch(&memory_.met[cells[documents[place]].product()], 1);
    for (const std::uint8_t place : places) {
        const DocumentCell& cell = cells[documents[place]];
        put_together(level, cell, static_cast<Met>(kMetAll | cell.summary()));
    }
}

// What a document within reach adds to the counts when no filter asks of its offers. Where all are
// within reach, the first document of a product speaks for the others.
Met Tally::summarised(const DocumentCell& cell, std::uint32_t document) const {
    const bool speaks_for_all = is_everywhere_ && sight_.documents.is_first(document);
    const Summary summary =
        speaks_for_all ? sight_.columns.summary_of_product(cell.product()) : cell.summary();
    const Fails fails = fails_of_product(cell);
    return static_cast<Met>(kMetInReach |
                            (fails_at_most(fails, kFailsCategory) ? kMetInCategory : 0) |
                            (fails_at_most(fails, kFailsMaker) ? kMetOfMaker : 0) |
                            (fails == 0 ? kMetPassing | summary : 0));
}

void Tally::count_summaries_filtered(Level& level, const Near& near) {
    Near passing;
    for (const std::uint8_t place : near.all()) {
        const std::uint32_t document = level.batch.documents[place];
        const Met met = summarised(sight_.documents.cells[document], document);
        const bool is_counted = is_everywhere_ && sight_.documents.is_shared(document) &&
                                !sight_.documents.is_first(document);
        if (!is_counted) count(level, document, met);
        if ((met & kMetPassing) != 0) passing.places[passing.count++] = place;
    }
    rank(level.batch, passing.all());
}

// Counts a document, or notes what it is to its product.
void Tally::count(Level& level, std::uint32_t document, Met met) {
    const DocumentCell& cell = sight_.documents.cells[document];
    if (is_everywhere_ || !cell.is_shared())
        count_product(level.counts, {cell.product(), cell.category()}, met);
    else
        put_together(level, cell, met);
}

inline void Tally::put_together(Level& level, const DocumentCell& cell, Met met) {
    Met& known = memory_.met[cell.product()];
    if ((known & kMetInReach) == 0) level.open.push_back({cell.product(), cell.category()});
    known |= met;
}

// A product of which all is known.
inline void Tally::count_product(Counts& counts, const OpenProduct& product, Met met) const {
    ++counts.in_reach;
    counts.total += (met & kMetPassing) != 0 ? 1 : 0;
    counts.add_summary(static_cast<Summary>(met & kMetSummary));
    counts.add_category(product.category, (met & kMetInCategory) != 0);
    if (!sight_.query.counts_names) return;
    if ((met & kMetOfMaker) != 0) counts.add_maker(sight_.documents.product_maker[product.product]);
    for (const std::uint32_t document : sight_.documents.documents_of(product.product))
        count_districts(counts, document);
}

// Products that are found in several documents.
void Tally::count_open(Level& level) {
    for (const OpenProduct& product : level.open) {
        Met& met = memory_.met[product.product];
        count_product(level.counts, product, met);
        met &= kMetRanked;
    }
    level.open.clear();
}

void Tally::rank(const Batch& batch, std::span<const std::uint8_t> places) {
    if (!batch.may_rank || batch.words < last_.words || hits_max_ == 0) return;
    const float needed =
        text_needed(batch.words, batch.documents[0], batch.documents[batch.size - 1]);
    const int typos = last_.typos;  // what is needed of those with as many
    for (const std::uint8_t place : places) {
        if (needed > 0 && batch.typos[place] >= typos) {
            if (batch.texts[place] * kExactnessMax < needed) continue;
            if (batch.texts[place] * exactness_of(batch, place) < needed) continue;
        }
        const DocumentCell& cell = sight_.documents.cells[batch.documents[place]];
        Possible best = possible_of(cell);
        if (!may_be_kept(batch, place, key_of(best))) continue;
        best.distance_m = sight_.reach.distance_m(cell.shop());
        if (may_be_kept(batch, place, key_of(best))) keep_best(batch, place);
    }
}

// Documents from the first to the last one with so many words, a lesser text score and no fewer
// typos than the last of the list are not among the first, wherever they are.
float Tally::text_needed(int words, std::uint32_t first, std::uint32_t last) const {
    if (words > last_.words || last_.key == kLastKey || sight_.query.makers_first) return 0;
    const auto& cells = sight_.documents.cells;
    const float distance_m =
        sight_.reach.distance_m_min({cells[first].shop(), cells[last].shop() + 1});
    if (sight_.query.order == Order::nearest)
        return ascending(distance_m) > last_.key ? std::numeric_limits<float>::infinity() : 0;
    if (sight_.query.order == Order::cheapest) return 0;
    return from_descending(last_.key) / (distance_factor(distance_m) * kPromise);
}

// The district where the document is on offer within reach, as far as the other filters go.
void Tally::count_districts(Counts& counts, std::uint32_t document) const {
    const Documents& documents = sight_.documents;
    const DocumentCell& cell = documents.cells[document];
    if (!sight_.reach.has(cell.shop()) || fails_of_product(cell) != 0) return;
    const auto passes = [&](std::uint32_t offer) {
        return fails_at_most(fails_of(sight_, see(sight_, offer)), kFailsDistrict);
    };
    const NumberRange offers = documents.offers_of(document);
    bool is_counted = !sight_.filters.ask_of_offers();
    for (std::uint32_t offer = offers.begin; offer < offers.end && !is_counted; ++offer)
        is_counted = passes(offer);
    if (is_counted) counts.add_district(documents.shop_district[cell.shop()], cell.product());
}

void Tally::count_offers(Level& level, const Near& near) {
    for (const std::uint8_t place : near.all()) {
        const std::uint32_t document = level.batch.documents[place];
        __builtin_prefetch(sight_.columns.cells() + sight_.documents.cells[document].first_offer());
    }
    for (const std::uint8_t place : near.all()) count_offers_of(level, place);
}

void Tally::count_offers_of(Level& level, std::size_t place) {
    const std::uint32_t document = level.batch.documents[place];
    const Fails of_product = fails_of_product(sight_.documents.cells[document]);
    Possible possible;
    Met met = 0;
    const NumberRange offers = sight_.documents.offers_of(document);
    for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer) {
        const SeenOffer seen = see(sight_, offer);
        const auto fails = static_cast<Fails>(of_product | fails_of(sight_, seen));
        const unsigned summary =
            summary_of(seen.traits, seen.condition, seen.price_cents) & counted_in_summary(fails);
        met |= static_cast<Met>(
            kMetInReach | summary | (fails_at_most(fails, kFailsCategory) ? kMetInCategory : 0) |
            (fails_at_most(fails, kFailsMaker) ? kMetOfMaker : 0) | (fails == 0 ? kMetPassing : 0));
        if (fails == 0) possible.add(sight_.reach.distance_m_min(seen.shop), seen);
    }
    count(level, document, met);
    if ((met & kMetPassing) == 0) return;
    if (may_be_kept(level.batch, place, key_of(possible))) keep_best(level.batch, place);
}

Fails Tally::fails_of_product(const DocumentCell& cell) const {
    if (!sight_.filters.ask_of_products()) return 0;
    return sight_.filters.of_product(cell.category(),
                                     sight_.documents.product_maker[cell.product()]);
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

// What all offers of a document promise, for orders that do not ask for the price.
Tally::Possible Tally::possible_of(const DocumentCell& cell) const {
    return {.distance_m = sight_.reach.distance_m_min(cell.shop()),
            .traits = traits_in(cell.summary())};
}

float Tally::exactness_of(const Batch& batch, std::size_t place) const {
    const std::uint32_t product = sight_.documents.cells[batch.documents[place]].product();
    return exactness(batch.title_words[place], sight_.documents.title_words[product]);
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
    if (batch.words != last_.words) return batch.words > last_.words;
    const int makers = best.is_maker ? 1 : 0;
    if (makers != last_.makers) return makers > last_.makers;
    if (batch.typos[place] != last_.typos) return batch.typos[place] < last_.typos;
    if (sight_.query.order != Order::best) return best.key <= last_.key;
    return rank_of(batch, place, best).key <= last_.key;
}

// By its best offer; an offer may have changed since it was counted.
void Tally::keep_best(const Batch& batch, std::size_t place) {
    if (hits_max_ == 0) return;
    const std::uint32_t document = batch.documents[place];
    const auto best = first_offer(sight_, document);
    if (!best) return;
    Rank rank = rank_of(batch, place, key_of(*best));
    rank.shop = best->shop;
    rank.offer = best->offer;
    rank.product = sight_.documents.cells[document].product();
    rank.id = sight_.documents.product_id[rank.product].value;
    if (sight_.documents.is_shared(document) && is_kept_already(rank)) return;
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

// Whether the product is in the list by another document, from now on by the better of the two.
bool Tally::is_kept_already(const Rank& rank) {
    Met& known = memory_.met[rank.product];
    if ((known & kMetRanked) == 0) {
        known |= kMetRanked;
        memory_.ranked.push_back(rank.product);
        return false;
    }
    const auto kept = std::find_if(ranks_.begin(), ranks_.end(), [&](const Rank& other) {
        return other.product == rank.product;
    });
    if (kept == ranks_.end()) return false;
    const auto place = [&](const Rank& one) { return offer_place(sight_, see(sight_, one.offer)); };
    if (!(place(rank) < place(*kept))) return true;
    *kept = rank;
    if (ranks_.size() == hits_max_) {
        std::make_heap(ranks_.begin(), ranks_.end());
        last_ = ranks_[0];
    }
    return true;
}

std::int64_t Tally::in_reach(std::size_t words) {
    look_at_all();
    std::int64_t products = 0;
    for (std::size_t i = words; i <= words_asked_; ++i) {
        const Level& level = memory_.levels[i];
        if (level.is_used)
            products += level.counts.in_reach + static_cast<std::int64_t>(level.open.size());
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
    count_open(top);
    for (std::size_t words = words_asked_; words-- > words_needed_;) {
        Level& level = memory_.levels[words];
        if (!level.is_used) continue;
        count_open(level);
        top.counts.add(level.counts);
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
    for (const std::uint32_t document : sight.documents.documents_of(product))
        for_each_passing(sight, document, [&](const SeenOffer& seen) { offers.push_back(seen); });
    std::sort(offers.begin(), offers.end(), [&](const SeenOffer& a, const SeenOffer& b) {
        return offer_place(sight, a) < offer_place(sight, b);
    });
    return offers;
}

}  // namespace emplettes::search
