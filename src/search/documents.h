#pragma once
#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/index.h"
#include "search/place_tree.h"
#include "search/postings.h"

namespace emplettes::search {

// The keys of a catalogue's category tree, sorted so that every subtree is one range of numbers.
class Categories {
  public:
    Categories() = default;
    explicit Categories(const Catalogue& catalogue);

    std::uint32_t number(std::string_view key) const;  // of a key of the catalogue
    // The key and everything below it; an empty key is the whole tree.
    NumberRange subtree(std::string_view key) const;
    const std::string& key(std::uint32_t number) const { return keys_[number]; }
    std::size_t size() const { return keys_.size(); }

  private:
    std::vector<std::string> keys_;
};

// Shops, products and offers by number, what never changes of them.
//
// Shops are numbered by place (PlaceTree). Products are numbered by place too: first those sold in
// one district only, in the order of their first shop, then by category; behind them those sold all
// over the territory. Offers are numbered by product, then by shop. So a disc touches few blocks of
// a posting list, what a query reads of offers lies together in the order in which it is read, and a
// product is met once, with all its offers: its counts need no memory of what was seen.
struct Documents {
    explicit Documents(const Catalogue& catalogue);

    std::optional<std::uint32_t> find_product(ProductId id) const;
    std::optional<std::uint32_t> find_offer(OfferId id) const;
    std::optional<std::uint32_t> find_shop(ShopId id) const;

    std::uint32_t product_count() const { return static_cast<std::uint32_t>(product_id.size()); }
    std::uint32_t offer_count() const { return static_cast<std::uint32_t>(offer_id.size()); }
    std::uint32_t shop_count() const { return static_cast<std::uint32_t>(shop_id.size()); }
    NumberRange offers_of(std::uint32_t product) const {
        return {first_offer[product], first_offer[product + 1]};
    }
    // Products on offer in the shop, ascending.
    std::span<const std::uint32_t> shelf(std::uint32_t shop) const {
        return std::span(shelves).subspan(first_on_shelf[shop],
                                          first_on_shelf[shop + 1] - first_on_shelf[shop]);
    }
    Tiles tile(std::uint32_t shop) const {
        return Tiles{1} << (std::uint64_t{shop} * kTileCount / shop_id.size());
    }
    void forget_sources();  // at the end of the build
    std::size_t bytes() const;

    Categories categories;
    PlaceTree places;

    // By number of shop.
    std::vector<ShopId> shop_id;
    std::vector<std::uint8_t> shop_is_maker;
    std::vector<std::uint32_t> first_on_shelf;
    std::vector<std::uint32_t> shelves;
    // By number of product.
    std::vector<ProductId> product_id;
    std::vector<std::uint32_t> category;
    std::vector<std::uint32_t> first_offer;  // and one more
    std::vector<Tiles> product_tiles;        // where it is on offer; empty after the build
    // By number of offer.
    std::vector<OfferId> offer_id;
    std::vector<std::uint32_t> offer_shop;
    std::vector<std::uint8_t> condition;
    // Where things came from in the catalogue; empty after the build.
    std::vector<std::uint32_t> product_source;
    std::vector<std::uint32_t> offer_source;

  private:
    void number_shops(const Catalogue& catalogue);
    void number_products(const Catalogue& catalogue);
    struct Sold {
        std::uint32_t product;  // by source at first, then by number
        std::uint32_t shop;
        std::uint32_t source;
    };
    void number_offers(const Catalogue& catalogue, std::vector<Sold> sold);
    void fill_shelves();

    // Numbers in the order of their ids, for finding.
    std::vector<std::uint32_t> shops_by_id_;
    std::vector<std::uint32_t> products_by_id_;
    std::vector<std::uint32_t> offers_by_id_;
};

}  // namespace emplettes::search
