#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/id_source.h"
#include "catalogue/offer.h"
#include "catalogue/shelf/offer_rule.h"
#include "catalogue/shelf/shelf_index.h"
#include "catalogue/territory.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// Whose shelf an import writes, and how.
struct ShelfTarget {
    TerritoryId territory;
    const Territory* law = nullptr;  // whose book prices hold; none: nobody's
    ShopId shop;                     // none: products alone, without what undoes them
    std::string key_prefix;          // own_prefix(shop)
    TextSource text_source = TextSource::file;
    ImportTerms terms;
    Instant now;
};

// What the file's source says of a row's product; without a title it says nothing.
ProductText text_of(const ShelfRow& row, const ShelfTarget& target);

// Whether the price of a row may be one that must not be asked.
bool is_bound_by_law(const ShelfTarget& target, const ShelfRow& row);
// Why the price of a row may not be asked here; none: it may. For a product that is known.
std::optional<RowFault> refuse_price(store::Tx& tx, const ShelfTarget& target, const ShelfRow& row,
                                     ProductId product);

// What became of one thing.
struct WrittenRow {
    ProductId product;
    OfferId offer;               // none: it is not offered
    std::int64_t text_hash = 0;  // of what the source says now
    RowOutcome outcome = RowOutcome::unchanged;
};

// Writes rows in one transaction, each as the database has its offer now, whatever the index
// remembers: products, texts, offers, and what undoes it all.
class ShelfWriter {
  public:
    // All must outlive it.
    ShelfWriter(store::Tx& tx, const ShelfTarget& target, IdSource& ids)
        : tx_(tx), target_(target), ids_(ids) {}

    // `known`: what the index has of it.
    WrittenRow write(const ShelfRow& row, const ShelfEntry& known);
    // The product alone; none when nobody knows what it is.
    ProductId write_product(const ShelfRow& row);
    // A whole shelf's file does not have it: whether it was taken off.
    bool take_off(const ShelfEntry& known);
    // Tells of all that was written; once, at the end.
    void tell();

  private:
    struct Before {
        OfferId offer;
        std::optional<OfferState> state;
    };
    struct Change {
        ProductId product;
        Condition condition = Condition::new_;
        OfferId offer;
        std::optional<OfferState> before;
        std::optional<OfferState> after;
        std::string text_before;
    };

    // Without a price that may not be asked.
    ShelfRow lawful(const ShelfRow& row, ProductId product) const;
    ProductId find_or_make_product(const ShelfRow& row, bool& is_new);
    ProductId give_gtin(const ShelfRow& row, ProductId own);
    std::string write_text(const ShelfRow& row, WrittenRow& written, bool is_new);
    void write_publisher_prices(const ShelfRow& row, ProductId product);
    Before load_before(const ShelfEntry& known, ProductId product);
    void insert_offer(const Change& change, const std::string& sku);
    void update_offer(const Change& change, const std::string& sku);
    void remember(const Change& change);
    void note(const Change& change);

    store::Tx& tx_;
    const ShelfTarget& target_;
    IdSource& ids_;
    std::vector<ProductId> told_products_;
    std::vector<Offer> told_offers_;
};

// The offer as it is now; none: there is none.
std::optional<OfferState> find_offer_state(store::Tx& tx, TerritoryId territory, OfferId id);
struct NamedState {
    OfferId offer;
    OfferState state;
    std::string sku;  // the shop's own number; empty: as it is
};
void save_offer_state(store::Tx& tx, TerritoryId territory, const NamedState& named);

}  // namespace emplettes::catalogue
