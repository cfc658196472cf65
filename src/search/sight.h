#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "search/filters.h"
#include "search/rank.h"
#include "search/reach.h"
#include "search/suggestions.h"

namespace emplettes::search {

// What one query reads. Lives as long as the query.
struct Sight {
    const Query& query;
    const Documents& documents;
    const Columns& columns;
    const Reach& reach;
    const Suggestions& titles;
    std::string asked;  // plain_words() of the query
    Filters filters;
    Aside aside;
};

// One offer as the query sees it.
struct SeenOffer {
    std::uint32_t offer = 0;
    std::uint32_t shop = 0;
    std::int32_t price_cents = 0;
    Traits traits = 0;
    std::uint8_t condition = 0;
};
SeenOffer see(const Sight& sight, std::uint32_t offer);
Fails fails_of(const Sight& sight, const SeenOffer& seen);

// Where an offer puts its product in the list, but for the words: the lesser comes first.
RankKey make_key(Order order, float distance_m, std::int32_t price_cents, Traits traits);

// The place of an offer among those of its product: the lesser comes first.
using OfferPlace = std::tuple<bool, RankKey, std::int32_t, float, OfferId>;
OfferPlace offer_place(const Sight& sight, const SeenOffer& seen);

// The first of the offers of a document that are within reach and pass the filters.
std::optional<SeenOffer> first_offer(const Sight& sight, std::uint32_t document);

// Those of a product, in all its documents, the first of them first.
std::vector<SeenOffer> offers_in_order(const Sight& sight, std::uint32_t product);

}  // namespace emplettes::search
