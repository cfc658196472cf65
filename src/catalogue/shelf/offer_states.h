#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalogue/offer.h"
#include "catalogue/shelf/offer_rule.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// Offers as imports read and write them, many at once.
struct NamedState {
    OfferId offer;
    OfferState state;
    std::string_view sku = {};  // the shop's own number; empty: as it is
};

// Those there are, by offer. An own number may have gained a GTIN since, and the offer with it
// another product.
struct StandingOffer {
    ProductId product;
    OfferState state;
};
using OfferStates = std::unordered_map<OfferId, StandingOffer>;
OfferStates load_offer_states(store::Tx& tx, TerritoryId territory, std::span<const OfferId> ids);

// What a shop offers of things, in their order; no offer where it offers none.
struct ShopThing {
    ProductId product;
    Condition condition = Condition::new_;
};
std::vector<NamedState> load_states_of(store::Tx& tx, TerritoryId territory, ShopId shop,
                                       std::span<const ShopThing> things);

// None twice.
void save_offer_states(store::Tx& tx, TerritoryId territory, std::span<const NamedState> offers);

struct NewOffer {
    ShopThing thing;
    NamedState named;
};
void insert_offers(store::Tx& tx, TerritoryId territory, ShopId shop,
                   std::span<const NewOffer> offers);

}  // namespace emplettes::catalogue
