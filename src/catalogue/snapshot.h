#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalogue/kind.h"
#include "catalogue/offer.h"
#include "catalogue/place.h"
#include "catalogue/shop.h"
#include "catalogue/street.h"
#include "catalogue/territory.h"
#include "geo/opening_hours.h"
#include "search/index.h"

namespace emplettes::catalogue {

// A shop with what is derived from its row once per snapshot.
struct ListedShop {
    Shop shop;
    const Kind* kind = nullptr;
    geo::OpeningHours hours;
};

// Everything that pages and searches of one territory read, in memory, at one moment: immutable
// but for the live columns of its index. Shared by all threads.
class Snapshot {
  public:
    struct Rows {
        std::vector<Shop> shops;
        std::vector<Product> products;
        std::vector<Offer> offers;
        std::vector<Street> streets;
    };
    // `trades` must outlive the snapshot.
    static std::shared_ptr<const Snapshot> build(Rows rows, const Trades& trades);

    const std::vector<ListedShop>& shops() const { return shops_; }  // listed ones, by name
    const std::vector<Product>& products() const { return products_; }
    // What "near" may mean, for find_places: the streets, then the listed shops.
    const std::vector<FindablePlace>& places() const { return places_; }
    const search::Index& index() const { return *index_; }

    const ListedShop* find_shop(ShopId id) const;
    const ListedShop* find_shop(std::string_view slug) const;
    const Product* find_product(ProductId id) const;
    // Position in shops(); the shop must be there (check).
    std::size_t number_of(ShopId id) const;

  private:
    std::vector<ListedShop> shops_;
    std::vector<Product> products_;
    std::vector<FindablePlace> places_;
    std::shared_ptr<const search::Index> index_;
    std::unordered_map<ShopId, std::size_t> shop_by_id_;
    std::unordered_map<std::string, std::size_t> shop_by_slug_;
    std::unordered_map<ProductId, std::size_t> product_by_id_;
};

}  // namespace emplettes::catalogue
