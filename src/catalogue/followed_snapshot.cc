#include "catalogue/followed_snapshot.h"

#include <tuple>
#include <utility>

#include "base/json.h"
#include "catalogue/changed_products.h"
#include "catalogue/news.h"

namespace emplettes::catalogue {

void take_hidden(std::vector<Offer>& offers, const StockLines& lines, HiddenOffers& hidden) {
    std::erase_if(offers, [&](const Offer& offer) {
        const bool is_hidden = lines.trust(offer.stock) == StockTrust::hidden;
        if (is_hidden) hidden.emplace(offer.id, offer.product);
        return is_hidden;
    });
}

void FollowedSnapshot::hear_of(ProductId product) {
    heard_of_.insert(product);
    needs_rebuild_ = needs_rebuild_ || heard_of_.size() > kHeardMax;
}

void FollowedSnapshot::age(const StockLines& lines) {
    for (const ProductId product : snapshot_->index().products_confirmed_before(lines.hidden))
        hear_of(product);
}

void FollowedSnapshot::hear(const store::OutboxEntry& entry) {
    place_ = entry.place;
    if (entry.news.topic == kStockTopic) hear_stock(entry.news);
    if (entry.news.topic == kShelfTopic) hear_shelf(entry.news);
    if (entry.news.topic == kCatalogueTopic) hear_catalogue(entry.news);
}

void FollowedSnapshot::hear_stock(const store::OutboxNews& news) {
    const Json payload = parse_json(news.payload_json);
    set_stock(OfferId{news.subject_id}, {.stock = payload.at("stock"),
                                         .source = payload.at("source"),
                                         .confirmed_at = payload.at("confirmed_at"),
                                         .price_cents = payload.at("price_cents")});
}

void FollowedSnapshot::hear_shelf(const store::OutboxNews& news) {
    const Json payload = parse_json(news.payload_json);
    for (const Json& row : payload.at("offers"))
        set_stock(OfferId{row.at(0).get<std::int64_t>()}, {.stock = row.at(1),
                                                           .source = row.at(2),
                                                           .confirmed_at = row.at(3),
                                                           .price_cents = row.at(4)});
}

void FollowedSnapshot::set_stock(OfferId offer, const ToldStock& told) {
    if (const auto hidden = hidden_.find(offer); hidden != hidden_.end()) {
        hear_of(hidden->second);  // perhaps it is shown again
        hidden_.erase(hidden);
    }
    const search::Index& index = snapshot_->index();
    const auto source = parse_stock_source(told.source);
    index.set_stock(offer, told.stock, instant_from_unix(told.confirmed_at),
                    source.value_or(StockSource::import));
    index.set_price(offer, told.price_cents);
}

void FollowedSnapshot::hear_catalogue(const store::OutboxNews& news) {
    const Json payload = parse_json(news.payload_json);
    if (payload.contains("products")) {
        for (const Json& id : payload.at("products")) hear_of(ProductId{id.get<std::int64_t>()});
    } else if (payload.contains("shops")) {
        has_heard_of_shops_ = true;
    } else {
        needs_rebuild_ = true;
    }
}

void FollowedSnapshot::fetch(store::Database& database, TerritoryId territory,
                             const StockLines& lines) {
    if (has_heard_of_shops_) {
        std::tie(shops_, streets_) = database.read([&](store::Tx& tx) {
            return std::pair(load_shops(tx, territory), load_streets(tx, territory));
        });
        has_heard_of_shops_ = false;
        has_shops_ = true;
    }
    // More than that are read by the rebuild, once.
    if (heard_of_.empty() || heard_of_.size() > kHeardMax) return;
    const std::vector<ProductId> heard(heard_of_.begin(), heard_of_.end());
    products_ =
        database.read([&](store::Tx& tx) { return load_changed_products(tx, territory, heard); });
    take_hidden(products_.offers, lines, hidden_);
    heard_of_.clear();
}

void FollowedSnapshot::apply() {
    if (has_shops_) {
        auto next = snapshot_->with(std::exchange(shops_, {}), std::exchange(streets_, {}));
        needs_rebuild_ = needs_rebuild_ || next == nullptr;
        if (next) snapshot_ = std::move(next);
        has_shops_ = false;
    }
    if (products_.products.empty() && products_.gone.empty()) return;
    snapshot_ = snapshot_->with(std::exchange(products_, {}));
}

}  // namespace emplettes::catalogue
