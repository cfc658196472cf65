#include "search/sight.h"

#include <algorithm>
#include <limits>

namespace emplettes::search {
namespace {

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

}  // namespace

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
    const std::int32_t held = offer.held_stock.load(std::memory_order_relaxed);
    const auto traits = sight.reach.traits(offer.shop()) | traits_of_stock(held);
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

OfferPlace offer_place(const Sight& sight, const SeenOffer& seen) {
    const bool is_maker = sight.query.makers_first && (seen.traits & kMaker) != 0;
    const float distance_m = sight.reach.distance_m(seen.shop);
    const RankKey key = make_key(sight.query.order, distance_m, seen.price_cents, seen.traits);
    return OfferPlace(!is_maker, key, seen.price_cents, distance_m,
                      sight.documents.offer_id[seen.offer]);
}

std::optional<SeenOffer> first_offer(const Sight& sight, std::uint32_t document) {
    std::optional<SeenOffer> first;
    for_each_passing(sight, document, [&](const SeenOffer& seen) {
        if (!first || offer_place(sight, seen) < offer_place(sight, *first)) first = seen;
    });
    return first;
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
