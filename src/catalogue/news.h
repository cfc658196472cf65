#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "store/tx.h"

namespace emplettes::catalogue {

struct Offer;

// Topics of the outbox (store/outbox.h) that this module writes.
//   stock      the subject is the offer, the payload {"stock":3,"source":"till","confirmed_at":…,
//              "price_cents":1290}: stock or price have changed
//   shelf      the same of many offers at once, {"offers":[[id,3,"till",confirmed_at,1290],…]}; no
//              subject
//   catalogue  shops, products or offers came, went or changed their text; no subject. The payload
//              says which: {"products":[…]}, ids of some products, or {"shops":true}, shops and
//              streets alone, or {}, anything
//   merchandising  what the operator pins and hides has changed; no subject
//   pictures       photographs of shops or products have changed; no subject
//   forgotten  words that people asked are to be forgotten; the payload {"words":…} has their mark
//              (questions.h), not the words
inline constexpr std::string_view kStockTopic = "stock";
inline constexpr std::string_view kShelfTopic = "shelf";
inline constexpr std::string_view kCatalogueTopic = "catalogue";
inline constexpr std::string_view kMerchandisingTopic = "merchandising";
inline constexpr std::string_view kPictureTopic = "pictures";
inline constexpr std::string_view kForgottenTopic = "forgotten";

void append_stock_news(store::Tx& tx, TerritoryId territory, const Offer& offer, Instant now);
// Nothing without offers.
void append_shelf_news(store::Tx& tx, TerritoryId territory, std::span<const Offer> offers,
                       Instant now);
void append_catalogue_news(store::Tx& tx, TerritoryId territory, Instant now);
// Nothing without products.
void append_product_news(store::Tx& tx, TerritoryId territory,
                         const std::vector<ProductId>& products, Instant now);
void append_shop_news(store::Tx& tx, TerritoryId territory, Instant now);
void append_merchandising_news(store::Tx& tx, TerritoryId territory, Instant now);
void append_picture_news(store::Tx& tx, TerritoryId territory, Instant now);
void append_forgotten_news(store::Tx& tx, TerritoryId territory, const std::string& mark,
                           Instant now);

}  // namespace emplettes::catalogue
