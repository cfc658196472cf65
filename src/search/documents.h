#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "base/column.h"
#include "base/huge_pages.h"
#include "search/categories.h"
#include "search/index.h"
#include "search/place_tree.h"
#include "search/postings.h"

namespace emplettes::search {

// Names that products or shops share, numbered; 0 is "none".
class Names {
  public:
    // The number of a name; a new one when nobody had it, accents and capitals aside, before.
    std::uint32_t add(std::string_view name);
    std::optional<std::uint32_t> find(std::string_view name) const;
    const std::string& name(std::uint32_t number) const { return names_[number]; }
    std::size_t size() const { return names_.size(); }

    template <typename Self, typename Parts>
    static void each_part(Self& self, std::string_view name, Parts& parts) {
        parts(name, self.names_);
        if constexpr (!std::is_const_v<Self>) self.number_anew();
    }

  private:
    void number_anew();

    std::vector<std::string> names_{""};
    std::unordered_map<std::string, std::uint32_t> by_folded_;
};

// Where a product is on offer, as most queries ask it. Of products in at most two shops it says
// which, so that nobody need look at their offers to know whether they are near; of the others, the
// tiles (posting_list.h) of their shops. A product without an offer is in no tile.
class ProductCell {
  public:
    std::uint32_t first_offer() const { return first_offer_ & ~kWidespread; }
    bool is_widespread() const { return (first_offer_ & kWidespread) != 0; }
    std::uint32_t first_shop() const { return first_; }
    std::uint32_t last_shop() const { return last_; }
    Tiles tiles() const { return Tiles{last_} << 32 | first_; }

    // One after the other.
    void set_first_offer(std::uint32_t offer) { first_offer_ = offer; }
    void set_shops(std::uint32_t first, std::uint32_t last) {
        first_ = first;
        last_ = last;
    }
    void set_tiles(Tiles tiles) {
        first_offer_ |= kWidespread;
        set_shops(static_cast<std::uint32_t>(tiles), static_cast<std::uint32_t>(tiles >> 32));
    }

    static constexpr std::uint32_t kOffersMax = 1U << 31;

  private:
    static constexpr std::uint32_t kWidespread = kOffersMax;
    std::uint32_t first_offer_ = 0;
    std::uint32_t first_ = 0;
    std::uint32_t last_ = 0;
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
        return {products[product].first_offer(), products[product + 1].first_offer()};
    }
    // Products on offer in the shop, ascending.
    std::span<const std::uint32_t> shelf(std::uint32_t shop) const {
        return shelves.values().subspan(first_on_shelf[shop],
                                        first_on_shelf[shop + 1] - first_on_shelf[shop]);
    }
    std::uint32_t product_of(std::uint32_t offer) const;
    bool is_maker(std::uint32_t shop) const { return (makers[shop / 64] >> (shop % 64) & 1U) != 0; }
    Tiles tile_of(std::uint32_t shop) const {
        return Tiles{1} << (std::uint64_t{shop} * kTileCount / shop_id.size());
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
        parts("shops: districts", self.shop_district);
        Names::each_part(self.districts, "names of districts", parts);
        parts("shops: tiles of groups", self.group_tiles);
        parts("shops: first on shelf", self.first_on_shelf);
        parts("shops: shelves", self.shelves);
        parts("products: ids", self.product_id);
        parts("products: cells", self.products);
        parts("products: makers", self.product_maker);
        parts("products: words of titles", self.title_words);
        Names::each_part(self.maker_names, "names of makers", parts);
        parts("offers: ids", self.offer_id);
        parts("shops: by id", self.shops_by_id_);
        parts("products: by id", self.products_by_id_);
        parts("offers: by id", self.offers_by_id_);
    }

    Categories categories;
    PlaceTree places;

    // By number of shop.
    Column<ShopId> shop_id;
    std::vector<std::uint64_t> makers;  // one bit per shop
    std::vector<std::uint16_t> shop_district;
    Names districts;
    std::vector<Tiles> group_tiles;  // by group of shops (place_tree.h)
    std::vector<std::uint32_t> first_on_shelf;
    Column<std::uint32_t> shelves;
    // By number of product.
    Column<ProductId> product_id;
    HugeVector<ProductCell> products;  // and one more
    Column<std::uint32_t> product_maker;
    Column<std::uint8_t> title_words;  // but for articles and the like
    Names maker_names;
    // By number of offer.
    Column<OfferId> offer_id;
    // Only while the index is built: the shop of an offer; tiles and category of a product; where
    // things came from in the catalogue.
    std::vector<std::uint32_t> offer_shop;
    std::vector<Tiles> product_tiles;
    std::vector<std::uint16_t> product_category;
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
    void fill_cells();
    void fill_shelves();

    // Numbers in the order of their ids, for finding.
    Column<std::uint32_t> shops_by_id_;
    Column<std::uint32_t> products_by_id_;
    Column<std::uint32_t> offers_by_id_;
};

}  // namespace emplettes::search
