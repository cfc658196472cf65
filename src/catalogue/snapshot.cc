#include "catalogue/snapshot.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace emplettes::catalogue {
namespace {

// The names of a category and of all above it, in every language: searchable words.
std::string searchable_names(const Trades& trades, const std::string& key) {
    std::string names;
    const Category* category = trades.find_category(key);
    while (category) {
        for (const auto& [language, name] : category->names) names += name + " ";
        category = trades.find_category(category->parent);
    }
    return names;
}

search::Catalogue index_input(const Snapshot::Rows& rows, const std::vector<ListedShop>& shops,
                              const Trades& trades) {
    search::Catalogue input;
    input.products.reserve(rows.products.size());
    for (const Product& product : rows.products)
        input.products.push_back({.id = product.id,
                                  .title = product.title,
                                  .maker = product.maker,
                                  .category = product.category,
                                  .category_name = searchable_names(trades, product.category),
                                  .description = product.description,
                                  .gtin = product.gtin ? product.gtin->text() : std::string()});
    for (const ListedShop& listed : shops)
        input.shops.push_back({.id = listed.shop.id,
                               .position = listed.shop.position,
                               .name = listed.shop.name,
                               .is_maker = listed.shop.is_maker});
    return input;
}

std::vector<FindablePlace> findable_places(const std::vector<Street>& streets,
                                           const std::vector<ListedShop>& shops) {
    using Kind = NamedPlace::Kind;
    std::vector<FindablePlace> places;
    places.reserve(streets.size() + shops.size());
    for (const Street& street : streets)
        places.push_back(make_findable(
            {.kind = Kind::street, .name = street.name, .position = street.position}));
    for (const ListedShop& listed : shops)
        places.push_back(make_findable(
            {.kind = Kind::shop, .name = listed.shop.name, .position = listed.shop.position}));
    return places;
}

search::OfferRow offer_row(const Offer& offer) {
    return {.id = offer.id,
            .product = offer.product,
            .shop = offer.shop,
            .price_cents = offer.price.cents,
            .stock = static_cast<std::int32_t>(offer.stock.quantity),
            .stock_confirmed_at = offer.stock.confirmed_at,
            .stock_source = offer.stock.source,
            .condition = static_cast<std::uint8_t>(offer.condition)};
}

}  // namespace

std::shared_ptr<const Snapshot> Snapshot::build(Rows rows, const Trades& trades) {
    auto snapshot = std::make_shared<Snapshot>();
    for (Shop& shop : rows.shops) {
        if (!shop.is_listed) continue;
        auto hours = geo::OpeningHours::parse(shop.opening_hours);
        const Kind* kind = trades.find_kind(shop.kind);
        snapshot->shops_.push_back(
            {.shop = std::move(shop), .kind = kind, .hours = std::move(hours)});
    }
    std::sort(snapshot->shops_.begin(), snapshot->shops_.end(),
              [](const ListedShop& a, const ListedShop& b) {
                  return std::pair(fold(a.shop.name), a.shop.id) <
                         std::pair(fold(b.shop.name), b.shop.id);
              });
    for (std::size_t i = 0; i < snapshot->shops_.size(); ++i) {
        snapshot->shop_by_id_.emplace(snapshot->shops_[i].shop.id, i);
        snapshot->shop_by_slug_.emplace(snapshot->shops_[i].shop.slug, i);
    }
    search::Catalogue input = index_input(rows, snapshot->shops_, trades);
    for (const Offer& offer : rows.offers)
        if (snapshot->shop_by_id_.contains(offer.shop)) input.offers.push_back(offer_row(offer));
    snapshot->index_ = search::Index::build(input);
    snapshot->products_ = std::move(rows.products);
    for (std::size_t i = 0; i < snapshot->products_.size(); ++i)
        snapshot->product_by_id_.emplace(snapshot->products_[i].id, i);
    snapshot->places_ = findable_places(rows.streets, snapshot->shops_);
    return snapshot;
}

const ListedShop* Snapshot::find_shop(ShopId id) const {
    const auto found = shop_by_id_.find(id);
    return found == shop_by_id_.end() ? nullptr : &shops_[found->second];
}

const ListedShop* Snapshot::find_shop(std::string_view slug) const {
    const auto found = shop_by_slug_.find(std::string(slug));
    return found == shop_by_slug_.end() ? nullptr : &shops_[found->second];
}

const Product* Snapshot::find_product(ProductId id) const {
    const auto found = product_by_id_.find(id);
    return found == product_by_id_.end() ? nullptr : &products_[found->second];
}

std::size_t Snapshot::number_of(ShopId id) const {
    const auto found = shop_by_id_.find(id);
    check(found != shop_by_id_.end());
    return found->second;
}

}  // namespace emplettes::catalogue
