#pragma once
#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/column.h"
#include "search/huge_pages.h"
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

    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("categories", self.keys_);
    }

  private:
    std::vector<std::string> keys_;
};

// What every query reads of a product, together in memory.
struct ProductCell {
    Tiles tiles = 0;  // the districts where it is on offer
    std::uint32_t first_offer = 0;
    std::uint16_t category = 0;
    std::uint8_t title_words = 0;  // but for articles and the like
};

// Shops, products and offers by number, what never changes of them.
//
// Shops are numbered by place (PlaceTree). Products are numbered by place too: first those sold in
// one district only, in the order of their first shop, then by category; behind them those sold all
// over the territory. Offers are numbered by product, then by shop. So a disc touches few blocks of
// a posting list, what a query reads of offers lies together in the order in which it is read, and
// a product is met once, with all its offers: its counts need no memory of what was seen.
struct Documents {
    Documents() = default;
    explicit Documents(const Catalogue& catalogue);
    // Of other products in the same shops; `others` must outlive it.
    Documents(const Documents& others, const Catalogue& catalogue);

    std::optional<std::uint32_t> find_product(ProductId id) const;
    std::optional<std::uint32_t> find_offer(OfferId id) const;
    std::optional<std::uint32_t> find_shop(ShopId id) const;

    std::uint32_t product_count() const { return static_cast<std::uint32_t>(product_id.size()); }
    std::uint32_t offer_count() const { return static_cast<std::uint32_t>(offer_id.size()); }
    std::uint32_t shop_count() const { return static_cast<std::uint32_t>(shop_id.size()); }
    NumberRange offers_of(std::uint32_t product) const {
        return {products[product].first_offer, products[product + 1].first_offer};
    }
    // Products on offer in the shop, ascending.
    std::span<const std::uint32_t> shelf(std::uint32_t shop) const {
        return shelves.values().subspan(first_on_shelf[shop],
                                        first_on_shelf[shop + 1] - first_on_shelf[shop]);
    }
    // The districts of some shops.
    Tiles tiles(NumberRange shops) const {
        const auto tile = [&](std::uint64_t shop) { return shop * kTileCount / shop_id.size(); };
        return kAllTiles << tile(shops.begin) & kAllTiles >> (kTileCount - 1 - tile(shops.end - 1));
    }
    void end_build();
    std::size_t bytes() const;
    bool is_consistent() const;  // of an image: the rows are as long as they must be

    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        Categories::each_part(self.categories, parts);
        PlaceTree::each_part(self.places, parts);
        parts("shops: ids", self.shop_id);
        parts("shops: makers", self.makers);
        parts("shops: first on shelf", self.first_on_shelf);
        parts("shops: shelves", self.shelves);
        parts("products: ids", self.product_id);
        parts("products: cells", self.products);
        parts("offers: ids", self.offer_id);
        parts("offers: conditions", self.condition);
        parts("shops: by id", self.shops_by_id_);
        parts("products: by id", self.products_by_id_);
        parts("offers: by id", self.offers_by_id_);
    }

    Categories categories;
    PlaceTree places;

    // By number of shop.
    Column<ShopId> shop_id;
    std::vector<std::uint64_t> makers;  // one bit per shop
    std::vector<std::uint32_t> first_on_shelf;
    Column<std::uint32_t> shelves;
    // By number of product.
    Column<ProductId> product_id;
    HugeVector<ProductCell> products;  // and one more
    // By number of offer.
    Column<OfferId> offer_id;
    Column<std::uint8_t> condition;
    // Only while the index is built: the shop of an offer; where things came from in the catalogue.
    std::vector<std::uint32_t> offer_shop;
    std::vector<std::uint32_t> product_source;
    std::vector<std::uint32_t> offer_source;

  private:
    void number_shops(const Catalogue& catalogue);
    void fill(const Catalogue& catalogue);  // once the shops are numbered
    void number_products(const Catalogue& catalogue);
    struct Sold {
        std::uint32_t product;  // by source at first, then by number
        std::uint32_t shop;
        std::uint32_t source;
    };
    void number_offers(const Catalogue& catalogue, std::vector<Sold> sold);
    void fill_shelves();

    // Numbers in the order of their ids, for finding.
    Column<std::uint32_t> shops_by_id_;
    Column<std::uint32_t> products_by_id_;
    Column<std::uint32_t> offers_by_id_;
};

}  // namespace emplettes::search
