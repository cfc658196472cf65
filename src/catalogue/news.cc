#include "catalogue/news.h"

#include "base/json.h"
#include "catalogue/offer.h"
#include "store/outbox.h"

namespace emplettes::catalogue {
namespace {

void append(store::Tx& tx, TerritoryId territory, std::string_view topic, const Json& payload,
            Instant now) {
    store::append_news(
        tx, {.territory = territory, .topic = std::string(topic), .payload_json = payload.dump()},
        now);
}

}  // namespace

void append_stock_news(store::Tx& tx, TerritoryId territory, const Offer& offer, Instant now) {
    const Json payload = {{"stock", offer.stock.quantity},
                          {"source", to_string(offer.stock.source)},
                          {"confirmed_at", to_unix(offer.stock.confirmed_at)},
                          {"price_cents", offer.price.cents}};
    store::append_news(tx,
                       {.territory = territory,
                        .topic = std::string(kStockTopic),
                        .subject_id = offer.id.value,
                        .payload_json = payload.dump()},
                       now);
}

void append_shelf_news(store::Tx& tx, TerritoryId territory, std::span<const Offer> offers,
                       Instant now) {
    if (offers.empty()) return;
    Json rows = Json::array();
    for (const Offer& offer : offers)
        rows.push_back({offer.id.value, offer.stock.quantity, to_string(offer.stock.source),
                        to_unix(offer.stock.confirmed_at), offer.price.cents});
    append(tx, territory, kShelfTopic, {{"offers", std::move(rows)}}, now);
}

void append_catalogue_news(store::Tx& tx, TerritoryId territory, Instant now) {
    append(tx, territory, kCatalogueTopic, Json::object(), now);
}

void append_product_news(store::Tx& tx, TerritoryId territory,
                         const std::vector<ProductId>& products, Instant now) {
    if (products.empty()) return;
    Json ids = Json::array();
    for (const ProductId product : products) ids.push_back(product.value);
    append(tx, territory, kCatalogueTopic, {{"products", ids}}, now);
}

void append_shop_news(store::Tx& tx, TerritoryId territory, Instant now) {
    append(tx, territory, kCatalogueTopic, {{"shops", true}}, now);
}

void append_merchandising_news(store::Tx& tx, TerritoryId territory, Instant now) {
    append(tx, territory, kMerchandisingTopic, Json::object(), now);
}

void append_picture_news(store::Tx& tx, TerritoryId territory, Instant now) {
    append(tx, territory, kPictureTopic, Json::object(), now);
}

void append_forgotten_news(store::Tx& tx, TerritoryId territory, const std::string& mark,
                           Instant now) {
    append(tx, territory, kForgottenTopic, {{"words", mark}}, now);
}

}  // namespace emplettes::catalogue
