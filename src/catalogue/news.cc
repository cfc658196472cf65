#include "catalogue/news.h"

#include "base/json.h"
#include "catalogue/offer.h"
#include "store/outbox.h"

namespace emplettes::catalogue {
namespace {

void append_bare(store::Tx& tx, TerritoryId territory, std::string_view topic, Instant now) {
    store::append_news(
        tx, {.territory = territory, .topic = std::string(topic), .payload_json = "{}"}, now);
}

}  // namespace

void append_stock_news(store::Tx& tx, TerritoryId territory, const Offer& offer, Instant now) {
    const Json payload = {{"stock", offer.stock.quantity},
                          {"source", to_string(offer.stock.source)},
                          {"confirmed_at", to_unix(offer.stock.confirmed_at)}};
    store::append_news(tx,
                       {.territory = territory,
                        .topic = std::string(kStockTopic),
                        .subject_id = offer.id.value,
                        .payload_json = payload.dump()},
                       now);
}

void append_catalogue_news(store::Tx& tx, TerritoryId territory, Instant now) {
    append_bare(tx, territory, kCatalogueTopic, now);
}

void append_merchandising_news(store::Tx& tx, TerritoryId territory, Instant now) {
    append_bare(tx, territory, kMerchandisingTopic, now);
}

}  // namespace emplettes::catalogue
