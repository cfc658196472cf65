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
#include "geo/districts.h"
#include "geo/opening_hours.h"
#include "search/index.h"

namespace emplettes::catalogue {

// A shop with what is derived from its row once per snapshot.
struct ListedShop {
    Shop shop;
    const Kind* kind = nullptr;
    geo::OpeningHours hours;
    std::string district;  // where it lies; empty: in none
};

// Everything that pages and searches of one territory read, in memory, at one moment: immutable
// but for the live columns of its index. Shared by all threads. A snapshot made of another one
// shares with it what is the same.
class Snapshot {
  public:
    struct Rows {
        std::vector<Shop> shops;
        std::vector<Product> products;
        std::vector<Offer> offers;
        std::vector<Street> streets;
        std::shared_ptr<const geo::Districts> districts;  // null: none
    };
    // `trades` must outlive the snapshot and those made of it.
    static std::shared_ptr<const Snapshot> build(Rows rows, const Trades& trades);
    // The same around an index that is there already, of just these shops, products and offers.
    static std::shared_ptr<const Snapshot> build(Rows rows, const Trades& trades,
                                                 std::shared_ptr<const search::Index> index);

    // Products as they are now, with all their offers, and those that are gone.
    struct ChangedProducts {
        std::vector<Product> products;
        std::vector<Offer> offers;  // those of shops that are not listed are left out
        std::vector<ProductId> gone;
    };
    std::shared_ptr<const Snapshot> with(ChangedProducts changed) const;
    // Shops and streets as they are now; null when searches need another index for them: a shop
    // came, went, moved, or changed its name or whether it makes things.
    std::shared_ptr<const Snapshot> with(std::vector<Shop> shops,
                                         const std::vector<Street>& streets) const;

    const std::vector<ListedShop>& shops() const { return shops_->listed; }  // by name
    // What "near" may mean, for find_places: the streets, then the listed shops.
    const std::vector<FindablePlace>& places() const { return shops_->places; }
    const search::Index& index() const { return *index_; }

    const ListedShop* find_shop(ShopId id) const;
    const ListedShop* find_shop(std::string_view slug) const;
    const Product* find_product(ProductId id) const;
    // Position in shops(); the shop must be there (check).
    std::size_t number_of(ShopId id) const;

  private:
    struct Shops {
        std::vector<ListedShop> listed;
        std::vector<FindablePlace> places;
        std::unordered_map<ShopId, std::size_t> by_id;
        std::unordered_map<std::string, std::size_t> by_slug;
        std::shared_ptr<const geo::Districts> districts;
    };
    struct Products {
        std::vector<Product> all;
        std::unordered_map<ProductId, std::size_t> by_id;
    };
    static std::shared_ptr<const Snapshot> put_together(std::shared_ptr<const Shops> shops,
                                                        std::vector<Product> products,
                                                        const Trades& trades,
                                                        std::shared_ptr<const search::Index> index);
    static std::shared_ptr<const Shops> make_shops(std::vector<Shop> shops,
                                                   const std::vector<Street>& streets,
                                                   const Trades& trades,
                                                   std::shared_ptr<const geo::Districts> districts);

    const Trades* trades_ = nullptr;
    std::shared_ptr<const Shops> shops_;
    std::shared_ptr<const Products> products_;
    // What has changed since products_ was read; null: gone.
    std::unordered_map<ProductId, std::shared_ptr<const Product>> changed_;
    std::shared_ptr<const search::Index> index_;
};

// What searches know of the shops, in a few letters: equal for equal shops.
std::string fingerprint(const std::vector<Shop>& shops, const Trades& trades,
                        const geo::Districts& districts);

}  // namespace emplettes::catalogue
