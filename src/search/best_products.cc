#include "search/best_products.h"

#include "search/fold.h"

namespace emplettes::search {
namespace {

// Behind every product.
constexpr Rank kLastRank{.words = -1, .key = kLastKey};

constexpr float kExactnessMax = exactness(1, 1);
static_assert(kRanking.in_stock_open <= 1 && kRanking.in_stock_closed <= 1 &&
                  kRanking.stock_in_doubt <= 1 && kRanking.out_of_stock <= 1,
              "needed() takes the best availability for 1");
static_assert(kRanking.stock_in_doubt >= kRanking.out_of_stock,
              "possible_of() takes what is not in stock for doubtful");

// What is known of a group of shops is rounded; what it promises may be a little more.
constexpr float kPromise = 1 + 1e-5F;

}  // namespace

BestProducts::BestProducts(const Sight& sight, std::size_t count, TallyMemory& memory)
    : sight_(sight), count_(count), memory_(memory), last_(kLastRank) {}

void BestProducts::clear() {
    for (const std::uint32_t product : memory_.ranked)
        memory_.met[product] &= static_cast<Met>(~kMetRanked);
    memory_.ranked.clear();
    ranks_.clear();
    last_ = kLastRank;
}

// A greater impact weighs more, whatever its form.
bool BestProducts::may_have(const std::uint32_t* documents, std::span<const Impact> impacts,
                            const Source& source) const {
    Impact best = 0;
    for (const Impact impact : impacts) best = std::max(best, impact);
    const float text = std::max((*source.weights)[best | 1], (*source.weights)[best & 0xFE]);
    return needed(1, documents[0], documents[impacts.size() - 1]).is_met(text, source.typos);
}

BestProducts::Needed BestProducts::needed(const Batch& batch) const {
    return needed(batch.words, batch.documents[0], batch.documents[batch.size - 1]);
}

void BestProducts::add(const Batch& batch, std::span<const std::uint8_t> places) {
    if (!batch.may_rank || batch.words < last_.words || count_ == 0) return;
    const Needed needed = this->needed(batch);
    for (const std::uint8_t place : places) {
        if (!needed.is_met(batch.texts[place], batch.typos[place])) continue;
        const DocumentCell& cell = sight_.documents.cells[batch.documents[place]];
        PossibleOffer best = possible_of(cell);
        if (!may_be_kept(batch, place, key_of(best))) continue;
        best.distance_m = sight_.reach.distance_m(cell.shop());
        if (may_be_kept(batch, place, key_of(best))) keep_best(batch, place);
    }
}

// Of documents from the first to the last one with so many words, wherever they are.
BestProducts::Needed BestProducts::needed(int words, std::uint32_t first,
                                          std::uint32_t last) const {
    if (count_ == 0) return {.text = std::numeric_limits<float>::infinity(), .typos = 0};
    if (words > last_.words || last_.key == kLastKey || sight_.query.makers_first) return {};
    const float distance_m = sight_.reach.distance_m_min(sight_.documents.shops_of(first, last));
    Needed needed{.typos = last_.typos};
    if (sight_.query.order == Order::nearest && ascending(distance_m) > last_.key)
        needed.text = std::numeric_limits<float>::infinity();
    if (sight_.query.order == Order::best)
        needed.text =
            from_descending(last_.key) / (distance_factor(distance_m) * kPromise * kExactnessMax);
    return needed;
}

BestProducts::OfferKey BestProducts::key_of(const SeenOffer& seen) const {
    return {.is_maker = sight_.query.makers_first && (seen.traits & kMaker) != 0,
            .key = make_key(sight_.query.order, sight_.reach.distance_m(seen.shop),
                            seen.price_cents, seen.traits)};
}

BestProducts::OfferKey BestProducts::key_of(const PossibleOffer& possible) const {
    const bool is_maker = sight_.query.makers_first && (possible.traits & kMaker) != 0;
    if (sight_.query.order == Order::cheapest)
        return {is_maker, make_key(Order::cheapest, 0, possible.price_cents, possible.traits)};
    if (sight_.query.order == Order::nearest) return {is_maker, ascending(possible.distance_m)};
    const float weight = offer_weight(possible.distance_m, possible.traits);
    return {is_maker, descending(weight * kPromise)};
}

// What all offers of a document promise, for orders that do not ask for the price.
PossibleOffer BestProducts::possible_of(const DocumentCell& cell) const {
    return {.distance_m = sight_.reach.distance_m_min(cell.shop()),
            .traits = static_cast<Traits>(traits_in(cell.summary()) | kInDoubt)};
}

float BestProducts::exactness_of(const Batch& batch, std::size_t place) const {
    const std::uint32_t product = sight_.documents.cells[batch.documents[place]].product();
    return exactness(batch.title_words[place], sight_.documents.title_words[product]);
}

Rank BestProducts::rank_of(const Batch& batch, std::size_t place, const OfferKey& best) const {
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

inline bool BestProducts::may_be_kept(const Batch& batch, std::size_t place,
                                      const OfferKey& best) const {
    if (batch.words != last_.words) return batch.words > last_.words;
    const int makers = best.is_maker ? 1 : 0;
    if (makers != last_.makers) return makers > last_.makers;
    if (batch.typos[place] != last_.typos) return batch.typos[place] < last_.typos;
    if (sight_.query.order != Order::best) return best.key <= last_.key;
    return rank_of(batch, place, best).key <= last_.key;
}

// By its best offer; an offer may have changed since it was counted.
void BestProducts::keep_best(const Batch& batch, std::size_t place) {
    if (count_ == 0) return;
    const std::uint32_t document = batch.documents[place];
    const auto best = first_offer(sight_, document);
    if (!best) return;
    Rank rank = rank_of(batch, place, key_of(*best));
    rank.shop = best->shop;
    rank.offer = best->offer;
    rank.product = sight_.documents.cells[document].product();
    rank.id = sight_.documents.product_id[rank.product].value;
    rank.is_as_asked = rank.exactness == kExactnessMax &&
                       plain_words(sight_.titles.title(rank.product)) == sight_.asked;
    if (sight_.documents.is_shared(document) && is_kept_already(rank)) return;
    if (ranks_.size() < count_) {
        ranks_.push_back(rank);
        if (ranks_.size() < count_) return;
        std::make_heap(ranks_.begin(), ranks_.end());
    } else if (rank < ranks_[0]) {
        std::pop_heap(ranks_.begin(), ranks_.end());
        ranks_.back() = rank;
        std::push_heap(ranks_.begin(), ranks_.end());
    }
    last_ = ranks_[0];
}

// Whether the product is in the list by another document, from now on by the better of the two.
bool BestProducts::is_kept_already(const Rank& rank) {
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
    if (ranks_.size() == count_) {
        std::make_heap(ranks_.begin(), ranks_.end());
        last_ = ranks_[0];
    }
    return true;
}

void BestProducts::add(const Batch& batch, std::size_t place, const PossibleOffer& possible) {
    if (may_be_kept(batch, place, key_of(possible))) keep_best(batch, place);
}

void BestProducts::need(std::size_t words) {
    std::erase_if(ranks_, [&](const Rank& rank) { return rank.words < static_cast<int>(words); });
    if (ranks_.size() < count_) last_ = kLastRank;
}

std::vector<Rank> BestProducts::take() {
    std::sort(ranks_.begin(), ranks_.end());
    return std::move(ranks_);
}

}  // namespace emplettes::search
