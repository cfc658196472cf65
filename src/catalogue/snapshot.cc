#include "catalogue/snapshot.h"

#include <algorithm>
#include <functional>

#include "base/check.h"
#include "base/text.h"
#include "catalogue/degrees.h"

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

search::ProductText product_text(const Product& product, const Trades& trades) {
    return {.id = product.id,
            .title = product.title,
            .maker = product.maker,
            .category = product.category,
            .category_name = searchable_names(trades, product.category),
            .description = product.description,
            .gtin = product.gtin ? product.gtin->text() : std::string(),
            .language = product.language};
}

search::ShopPlace shop_place(const ListedShop& listed) {
    return {.id = listed.shop.id,
            .position = listed.shop.position,
            .name = listed.shop.name,
            .is_maker = listed.shop.is_maker,
            .district = listed.district};
}

// Whether searches see no difference.
bool is_same_place(const Shop& a, const Shop& b) {
    return a.position.lat == b.position.lat && a.position.lon == b.position.lon &&
           a.name == b.name && a.is_maker == b.is_maker;
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

std::shared_ptr<const Snapshot::Shops> Snapshot::make_shops(
    std::vector<Shop> rows, const std::vector<Street>& streets, const Trades& trades,
    std::shared_ptr<const geo::Districts> districts) {
    auto shops = std::make_shared<Shops>();
    for (Shop& shop : rows) {
        if (!shop.is_listed) continue;
        auto hours = geo::OpeningHours::parse(shop.opening_hours);
        const Kind* kind = trades.find_kind(shop.kind);
        const auto district = districts ? districts->name_at(shop.position) : std::string_view();
        shops->listed.push_back({.shop = std::move(shop),
                                 .kind = kind,
                                 .hours = std::move(hours),
                                 .district = std::string(district)});
    }
    std::sort(shops->listed.begin(), shops->listed.end(),
              [](const ListedShop& a, const ListedShop& b) {
                  return std::pair(fold(a.shop.name), a.shop.id) <
                         std::pair(fold(b.shop.name), b.shop.id);
              });
    for (std::size_t i = 0; i < shops->listed.size(); ++i) {
        shops->by_id.emplace(shops->listed[i].shop.id, i);
        shops->by_slug.emplace(shops->listed[i].shop.slug, i);
    }
    shops->places = findable_places(streets, shops->listed);
    shops->districts = std::move(districts);
    return shops;
}

std::shared_ptr<const Snapshot> Snapshot::build(Rows rows, const Trades& trades) {
    auto shops = make_shops(std::move(rows.shops), rows.streets, trades, rows.districts);
    search::Catalogue input;
    input.products.reserve(rows.products.size());
    for (const Product& product : rows.products)
        input.products.push_back(product_text(product, trades));
    for (const ListedShop& listed : shops->listed) input.shops.push_back(shop_place(listed));
    for (const Offer& offer : rows.offers)
        if (shops->by_id.contains(offer.shop)) input.offers.push_back(offer_row(offer));
    auto index = search::Index::build(input);
    return put_together(std::move(shops), std::move(rows.products), trades, std::move(index));
}

std::shared_ptr<const Snapshot> Snapshot::build(Rows rows, const Trades& trades,
                                                std::shared_ptr<const search::Index> index) {
    auto shops = make_shops(std::move(rows.shops), rows.streets, trades, rows.districts);
    return put_together(std::move(shops), std::move(rows.products), trades, std::move(index));
}

std::shared_ptr<const Snapshot> Snapshot::put_together(std::shared_ptr<const Shops> shops,
                                                       std::vector<Product> listed,
                                                       const Trades& trades,
                                                       std::shared_ptr<const search::Index> index) {
    auto products = std::make_shared<Products>();
    products->all = std::move(listed);
    for (std::size_t i = 0; i < products->all.size(); ++i)
        products->by_id.emplace(products->all[i].id, i);
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->trades_ = &trades;
    snapshot->shops_ = std::move(shops);
    snapshot->products_ = std::move(products);
    snapshot->index_ = std::move(index);
    return snapshot;
}

std::shared_ptr<const Snapshot> Snapshot::with(ChangedProducts changed) const {
    search::Changes changes{.gone = changed.gone};
    for (const Offer& offer : changed.offers)
        if (shops_->by_id.contains(offer.shop)) changes.offers.push_back(offer_row(offer));
    auto next = std::make_shared<Snapshot>(*this);
    for (const ProductId id : changed.gone) next->changed_[id] = nullptr;
    for (Product& product : changed.products) {
        changes.products.push_back(product_text(product, *trades_));
        auto& known = next->changed_[product.id];
        known = std::make_shared<const Product>(std::move(product));
    }
    next->index_ = index_->changed(changes);
    return next;
}

std::shared_ptr<const Snapshot> Snapshot::with(std::vector<Shop> shops,
                                               const std::vector<Street>& streets) const {
    auto next = std::make_shared<Snapshot>(*this);
    next->shops_ = make_shops(std::move(shops), streets, *trades_, shops_->districts);
    const auto is_known = [&](const ListedShop& listed) {
        const ListedShop* before = find_shop(listed.shop.id);
        return before != nullptr && is_same_place(before->shop, listed.shop);
    };
    const auto& listed = next->shops_->listed;
    const bool is_same = listed.size() == shops_->listed.size() &&
                         std::all_of(listed.begin(), listed.end(), is_known);
    return is_same ? next : nullptr;
}

const ListedShop* Snapshot::find_shop(ShopId id) const {
    const auto found = shops_->by_id.find(id);
    return found == shops_->by_id.end() ? nullptr : &shops_->listed[found->second];
}

const ListedShop* Snapshot::find_shop(std::string_view slug) const {
    const auto found = shops_->by_slug.find(std::string(slug));
    return found == shops_->by_slug.end() ? nullptr : &shops_->listed[found->second];
}

const Product* Snapshot::find_product(ProductId id) const {
    if (const auto changed = changed_.find(id); changed != changed_.end())
        return changed->second.get();
    const auto found = products_->by_id.find(id);
    return found == products_->by_id.end() ? nullptr : &products_->all[found->second];
}

std::size_t Snapshot::number_of(ShopId id) const {
    const auto found = shops_->by_id.find(id);
    check(found != shops_->by_id.end());
    return found->second;
}

std::string fingerprint(const std::vector<Shop>& shops, const Trades& trades,
                        const geo::Districts& districts) {
    std::string all;
    for (const Shop& shop : shops) {
        if (!shop.is_listed) continue;
        all += std::to_string(shop.id.value) + '|' + std::to_string(to_e7(shop.position.lat)) +
               '|' + std::to_string(to_e7(shop.position.lon)) + '|' + shop.name + '|' +
               std::string(districts.name_at(shop.position)) + '|' +
               (shop.is_maker ? "maker\n" : "\n");
    }
    for (const Category& category : trades.categories())
        all += category.key + '|' + searchable_names(trades, category.key) + '\n';
    return std::to_string(std::hash<std::string>{}(all));
}

}  // namespace emplettes::catalogue
