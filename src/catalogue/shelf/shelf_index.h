#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/feeds/shelf_row.h"
#include "catalogue/shelf/offer_rule.h"
#include "catalogue/shelf/product_text.h"

namespace emplettes::catalogue {

// What an import needs to know of one thing of its shop.
struct ShelfEntry {
    OfferId offer;               // 0: not offered, or not yet
    ProductId product;           // 0: not known yet
    std::int64_t text_hash = 0;  // of what this source says of it; 0: nothing
    OfferState state;            // when the shelf was read; see has_offer()
    Condition condition = Condition::new_;
    bool is_seen = false;     // a row of the file was of it
    bool is_titled = false;   // and one of them had a title
    bool gains_gtin = false;  // a row has told that of what the shop's own number alone had named
    Gtin gtin;                // 0: it is known by the shop's own number alone

    bool has_offer() const { return offer.value != 0; }
};

// The whole shelf of a shop in memory, found by what a file's row calls a thing: its GTIN, else the
// shop's own number, and its condition. 130 bytes for each; of a million own numbers two that
// differ are taken for one with a probability of 1 in 10 million. For one thread.
class ShelfIndex {
  public:
    using Number = std::uint32_t;
    struct Of {
        TerritoryId territory;
        ShopId shop;
        TextSource text_source = TextSource::file;  // whose texts the hashes are
    };
    static ShelfIndex load(store::Tx& tx, const Of& of);

    // By the row's GTIN; without one, by its own number, which may have come with a GTIN before.
    // By its own number, too, where a GTIN comes to a thing that had none.
    std::optional<Number> find(const ShelfRow& row) const;
    // What was found has the row's GTIN from now on; a row without one has that of a thing that the
    // database may not know by it yet.
    void join(Number number, ShelfRow& row);
    // Of a row that is not found: an entry without product and offer.
    Number add(const ShelfRow& row);

    ShelfEntry& operator[](Number number) { return entries_[number]; }
    const ShelfEntry& operator[](Number number) const { return entries_[number]; }
    std::size_t size() const { return entries_.size(); }

  private:
    using Key = std::uint64_t;
    static constexpr Number kNone = ~Number{0};
    struct Slot {
        Key key = 0;
        Number number = kNone;
    };

    struct Place {
        ProductId product;
        std::string condition;
    };

    std::int64_t add_some(store::Tx& tx, const Of& of, Place& place);
    static Key key_of(Gtin gtin, Condition condition);
    static Key key_of(std::string_view sku, Condition condition);
    std::size_t slot_of(Key key) const;
    Number named(Key key) const;
    void name(Key key, Number number);  // the first one keeps it
    void grow();

    std::deque<ShelfEntry> entries_;  // no copy of all of them when it grows
    std::vector<Slot> slots_ = std::vector<Slot>(1024);
    std::size_t names_ = 0;
};

// The names of products: one for all the world, else one of this shop.
std::string product_key(const ShelfRow& row, std::string_view own_prefix);
std::string own_prefix(ShopId shop);

}  // namespace emplettes::catalogue
