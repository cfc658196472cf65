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
#include "search/document_cell.h"
#include "search/index.h"
#include "search/place_tree.h"

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

// Shops, products, documents and offers by number, what never changes of them but for the
// summaries.
//
// Shops are numbered by place (PlaceTree), documents by shop, there by category. So what a disc
// touches are a few stretches of every posting list, and what is read of their documents lies
// together in memory in the order in which it is read. Products are numbered by their first
// document, those with several before the others; offers by document. A product without an offer
// has one document, behind all others, in a shop behind the last one that nobody ever reaches.
struct Documents {
    Documents() = default;
    explicit Documents(const Catalogue& catalogue);
    // Of other products in the same shops; `others` must outlive it.
    Documents(const Documents& others, const Catalogue& catalogue);

    std::optional<std::uint32_t> find_product(ProductId id) const;
    std::optional<std::uint32_t> find_offer(OfferId id) const;
    std::optional<std::uint32_t> find_shop(ShopId id) const;

    std::uint32_t product_count() const { return static_cast<std::uint32_t>(product_id.size()); }
    std::uint32_t count() const { return static_cast<std::uint32_t>(cells.size() - 1); }
    std::uint32_t offer_count() const { return static_cast<std::uint32_t>(offer_id.size()); }
    std::uint32_t shop_count() const { return static_cast<std::uint32_t>(shop_id.size()); }
    NumberRange offers_of(std::uint32_t document) const {
        return {cells[document].first_offer(), cells[document + 1].first_offer()};
    }
    // Products with several documents have the first numbers.
    std::uint32_t shared_count() const {
        return static_cast<std::uint32_t>(first_of_shared_.size() - 1);
    }
    // Ascending.
    std::span<const std::uint32_t> documents_of(std::uint32_t product) const {
        return std::span(by_product_)
            .subspan(place_of(product), place_of(product + 1) - place_of(product));
    }
    std::uint32_t offers_of_product(std::uint32_t product) const;  // how many
    bool is_first(std::uint32_t document) const {                  // of those of its product
        return (firsts_[document / 64] >> (document % 64) & 1U) != 0;
    }
    bool is_shared(std::uint32_t document) const {  // as its cell says
        return (shared_[document / 64] >> (document % 64) & 1U) != 0;
    }
    NumberRange shelf(std::uint32_t shop) const {
        return {first_of_shop_[shop], first_of_shop_[shop + 1]};
    }
    NumberRange shelves(NumberRange shops) const {
        return {first_of_shop_[shops.begin], first_of_shop_[shops.end]};
    }
    // The shops that the documents from the first to the last one are in, and some beside them:
    // told without looking at these documents.
    NumberRange shops_of(std::uint32_t first, std::uint32_t last) const {
        return {sampled_shops_[first / kDocumentsInSample],
                sampled_shops_[last / kDocumentsInSample + 1] + 1};
    }
    static constexpr std::uint32_t kDocumentsInSample = 1024;
    std::uint32_t document_of(std::uint32_t offer) const;
    bool is_maker(std::uint32_t shop) const { return (makers[shop / 64] >> (shop % 64) & 1U) != 0; }
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
        parts("shops: first documents", self.first_of_shop_);
        parts("products: ids", self.product_id);
        parts("products: makers", self.product_maker);
        parts("products: words of titles", self.title_words);
        Names::each_part(self.maker_names, "names of makers", parts);
        parts("products: first documents", self.first_of_shared_);
        parts("products: documents", self.by_product_);
        parts.live(
            "documents: cells", self.cells, [](const DocumentCell& cell) { return cell.read(); },
            [](DocumentCell& cell, const DocumentCell::Plain& plain) { cell.restore(plain); });
        parts("documents: sampled shops", self.sampled_shops_);
        parts("documents: firsts", self.firsts_);
        parts("documents: shared", self.shared_);
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
    // By number of product.
    Column<ProductId> product_id;
    Column<std::uint32_t> product_maker;
    Column<std::uint8_t> title_words;  // but for articles and the like
    Names maker_names;
    // By number of document.
    HugeVector<DocumentCell> cells;  // and one more
    // By number of offer.
    Column<OfferId> offer_id;
    // Only while the index is built: the product of a document, and where things came from in the
    // catalogue.
    std::vector<std::uint32_t> document_product;
    std::vector<std::uint32_t> product_source;
    std::vector<std::uint32_t> offer_source;

  private:
    // In by_product_.
    std::size_t place_of(std::uint32_t product) const {
        const std::uint32_t shared_ones = shared_count();
        return product < shared_ones ? first_of_shared_[product]
                                     : first_of_shared_[shared_ones] + (product - shared_ones);
    }
    // A document before it has its number.
    struct Shelved {
        std::uint32_t product;  // by source
        std::uint32_t shop;
        NumberRange offers;  // of all, by product, then by shop
    };
    void number_shops(const Catalogue& catalogue);
    void fill(const Catalogue& catalogue);  // once the shops are numbered
    struct Shelves {
        std::vector<Shelved> documents;
        std::vector<std::uint32_t> offer_sources;  // in the order of their ranges
    };
    Shelves shelve(const Catalogue& catalogue) const;
    void number_products(const Catalogue& catalogue, const std::vector<Shelved>& shelved);
    void fill_cells(const Catalogue& catalogue, const std::vector<Shelved>& shelved);

    std::vector<std::uint32_t> first_of_shop_;   // documents; and one more
    HugeVector<std::uint32_t> first_of_shared_;  // in by_product_; and one more
    HugeVector<std::uint32_t> by_product_;       // documents
    std::vector<std::uint32_t> sampled_shops_;   // of every so many documents; and behind the last
    HugeVector<std::uint64_t> firsts_;           // one bit for each document
    HugeVector<std::uint64_t> shared_;
    // Numbers in the order of their ids, for finding.
    Column<std::uint32_t> shops_by_id_;
    Column<std::uint32_t> products_by_id_;
    Column<std::uint32_t> offers_by_id_;
};

}  // namespace emplettes::search
