#pragma once
#include <optional>
#include <span>
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

// The names of products that are known, of rows in their order.
std::vector<ProductId> find_products(store::Tx& tx, const ShelfTarget& target,
                                     std::span<const ShelfRow* const> rows);

// What became of one thing.
struct WrittenRow {
    ProductId product;
    OfferId offer;               // none: it is not offered
    std::int64_t text_hash = 0;  // of what the source says now
    RowOutcome outcome = RowOutcome::unchanged;
};

// Writes rows in one transaction, as the database has their offers now, whatever the index
// remembers: products, texts, offers, and what undoes it all. Many at once, as if one after the
// other: of one thing the later row has the last word.
class ShelfWriter {
  public:
    // All must outlive it.
    ShelfWriter(store::Tx& tx, const ShelfTarget& target, IdSource& ids)
        : tx_(tx), target_(target), ids_(ids) {}

    struct GivenRow {
        const ShelfRow& row;
        const ShelfEntry& known;  // what the index has of it
    };
    std::vector<WrittenRow> write(std::span<const GivenRow> rows);
    // The products alone; none where nobody knows what it is.
    std::vector<ProductId> write_products(std::span<const ShelfRow> rows);
    // A whole shelf's file does not have these: how many were taken off.
    std::int64_t take_off(std::span<const ShelfEntry* const> known);
    // Tells of all that was written; once, at the end.
    void tell();

  private:
    // A row on its way.
    struct Work {
        const ShelfRow* row = nullptr;
        const ShelfEntry* known = nullptr;
        bool is_new = false;  // its product
        WrittenRow written;
        std::string text_before;    // said_before.h
        std::string prices_before;  // the same of publishers' prices
        std::optional<Money> lawful_price;
        OfferId offer;
        std::optional<OfferState> before;
        std::optional<OfferState> after;
        Condition condition = Condition::new_;
    };
    using Works = std::span<Work* const>;

    std::vector<WrittenRow> write_some(std::span<const GivenRow> rows);
    ProductId give_gtin(const ShelfRow& row, ProductId own);
    void find_or_make_products(std::span<Work> works);
    std::vector<std::size_t> make_products(std::span<Work> works);
    void write_round(Works works);
    void write_texts(Works works);
    void write_publisher_prices(Works works);
    void obey_the_law(Works works);
    void load_before(Works works);
    void load_known(Works works);
    void load_others(Works works);
    void decide(Works works);
    void save(Works works);
    void write_pictures(Works works);
    void remember(Works works);
    void note(const Work& work);

    store::Tx& tx_;
    const ShelfTarget& target_;
    IdSource& ids_;
    std::vector<ProductId> told_products_;
    std::vector<Offer> told_offers_;
};

}  // namespace emplettes::catalogue
