#include "catalogue/changed_products.h"

#include <algorithm>
#include <unordered_set>

#include "catalogue/offer_rows.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kProductsAtOnce = 1000;

const std::string kProductsNowSql = std::string("SELECT ") + kProductColumns +
                                    " FROM {rows and} product"
                                    " WHERE territory_id = :territory AND product_id = :product";
const std::string kOffersNowSql =
    std::string("SELECT ") + kOfferColumns +
    " FROM {rows and} offer"
    " WHERE territory_id = :territory AND product_id = :product AND withdrawn_at = 0";

void add_products(store::Tx& tx, const store::Rows& rows, std::vector<Product>& products) {
    read_products([&]<typename... Columns>(
                      auto&& row) { tx.each_of_rows<Columns...>(kProductsNowSql, rows, row); },
                  [&](Product product) { products.push_back(std::move(product)); });
}

void add_offers(store::Tx& tx, const store::Rows& rows, std::vector<Offer>& offers) {
    read_offers([&]<typename... Columns>(
                    auto&& row) { tx.each_of_rows<Columns...>(kOffersNowSql, rows, row); },
                [&](const Offer& offer) { offers.push_back(offer); });
}

}  // namespace

Snapshot::ChangedProducts load_changed_products(store::Tx& tx, TerritoryId territory,
                                                std::span<const ProductId> products) {
    Snapshot::ChangedProducts changed;
    for (std::size_t begin = 0; begin < products.size(); begin += kProductsAtOnce) {
        store::Rows rows({{"territory", territory}});
        for (const ProductId product :
             products.subspan(begin, std::min(kProductsAtOnce, products.size() - begin)))
            rows.add({{"product", product}});
        add_products(tx, rows, changed.products);
        add_offers(tx, rows, changed.offers);
    }
    std::sort(changed.offers.begin(), changed.offers.end(),
              [](const Offer& a, const Offer& b) { return a.id < b.id; });
    std::unordered_set<ProductId> found;
    for (const Product& product : changed.products) found.insert(product.id);
    for (const ProductId product : products)
        if (!found.contains(product)) changed.gone.push_back(product);
    return changed;
}

}  // namespace emplettes::catalogue
