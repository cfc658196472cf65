#include "search/tally.h"

#include <algorithm>
#include <numeric>

namespace emplettes::search {

Tally::Tally(const Sight& sight, std::size_t hits_max, TallyMemory& memory)
    : sight_(sight),
      best_(sight, hits_max, memory),
      memory_(memory),
      is_summary_enough_(!sight.filters.ask_of_offers() && sight.query.order != Order::cheapest &&
                         !sight.query.is_open),
      is_everywhere_(is_summary_enough_ && sight.reach.is_everywhere()),
      has_aside_(!sight.aside.is_empty()) {
    const std::size_t shared = sight.documents.shared_count();
    if (memory.met.size() < shared) memory.met.resize(shared);
    begin(0);
}

void Tally::begin(std::size_t words) {
    forget();
    words_asked_ = words;
    words_needed_ = 0;
    if (memory_.levels.size() <= words) memory_.levels.resize(words + 1);
}

void Tally::forget() {
    for (Level& level : memory_.levels) {
        level.is_used = false;
        for (const OpenProduct& open : level.open) memory_.met[open.product] &= kMetRanked;
        level.open.clear();
    }
    best_.clear();
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
    if (!is_everywhere_) __builtin_prefetch(&sight_.documents.cells[document]);
    if (++batch.size == kBlockPostings) look_at(level);
}

void Tally::add(const std::uint32_t* documents, std::span<const Impact> impacts,
                const Source& source) {
    Level& level = level_of(1);
    Batch& batch = level.batch;
    batch.may_rank = best_.may_have(documents, impacts, source);
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
    prefetch(batch);
    count_batch(level);
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
    if (is_everywhere_ && batch.size > 0) leave_out_followers(batch);
    count_batch(level);
}

void Tally::count_batch(Level& level) {
    Batch& batch = level.batch;
    if (has_aside_)
        leave_out(batch, [&](std::size_t i) { return sight_.aside.has(batch.documents[i]); });
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

template <typename F>
void Tally::leave_out(Batch& batch, F&& is_left_out) const {
    std::size_t left = 0;
    for (std::size_t i = 0; i < batch.size; ++i) {
        batch.documents[left] = batch.documents[i];
        batch.texts[left] = batch.texts[i];
        batch.typos[left] = batch.typos[i];
        batch.title_words[left] = batch.title_words[i];
        left += is_left_out(i) ? 0 : 1;
    }
    batch.size = left;
}

// Where all are within reach, the documents of a product behind its first one matter for ranks
// only.
void Tally::leave_out_followers(Batch& batch) const {
    const auto needed = best_.needed(batch);
    leave_out(batch, [&](std::size_t i) {
        return !sight_.documents.is_first(batch.documents[i]) &&
               !needed.is_met(batch.texts[i], batch.typos[i]);
    });
    prefetch(batch);
}

void Tally::prefetch(const Batch& batch) const {
    for (std::size_t i = 0; i < batch.size; ++i)
        __builtin_prefetch(&sight_.documents.cells[batch.documents[i]]);
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
    best_.add(level.batch, near.all());
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
        const bool is_spoken_for = is_everywhere_ && sight_.documents.is_shared(document) &&
                                   !sight_.documents.is_first(document);
        if (!is_spoken_for) count(level, document, met);
        if ((met & kMetPassing) != 0) passing.places[passing.count++] = place;
    }
    best_.add(level.batch, passing.all());
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
    PossibleOffer possible;
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
    if ((met & kMetPassing) != 0) best_.add(level.batch, place, possible);
}

Fails Tally::fails_of_product(const DocumentCell& cell) const {
    if (!sight_.filters.ask_of_products()) return 0;
    return sight_.filters.of_product(cell.category(),
                                     sight_.documents.product_maker[cell.product()]);
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
    best_.need(words);
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
    return best_.take();
}

}  // namespace emplettes::search
