#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/gtin.h"
#include "base/id_source.h"
#include "base/result.h"
#include "catalogue/kind.h"
#include "catalogue/offer.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// What stands under the bars: a number that is the same all over the world, or a shop's own.
struct ScannedCode {
    std::optional<Gtin> gtin;
    std::string sku;  // in-shop numbers (02, 20-29; of eight digits 0, 2) and words of Code 39, 128

    // Normalised: 13 digits of a UPC or an ISBN-10; a shop's own as it is printed.
    std::string text() const { return gtin ? gtin->text() : sku; }
    bool operator==(const ScannedCode&) const = default;
};

enum class ScannedError : std::uint8_t { empty, not_a_code, wrong_check_digit };

// EAN-13, EAN-8, UPC-A, UPC-E (written with its check digit), GTIN-14, ISBN-10 and 13; hyphens and
// spaces do not matter. What has a letter is a shop's own number.
Result<ScannedCode, ScannedError> parse_scanned_code(std::string_view text);

// What stands on the shelves of others; of things whose price is free.
struct PricesElsewhere {
    std::int64_t shops = 0;
    Money lowest;
    Money typical;  // half of them ask as much or less

    bool operator==(const PricesElsewhere&) const = default;
};

// One shop's own offer of what was scanned.
struct OwnOffer {
    Offer offer;
    std::int64_t kept = 0;  // stand in the shop, too
    bool is_on_shelf = true;

    bool operator==(const OwnOffer&) const = default;
};

// What is known of a code for one shop. Without a product its title and its category are to be
// asked for.
struct Scanned {
    ScannedCode code;
    std::optional<Product> product;            // the shop's own, else the territory's
    std::vector<OwnOffer> own;                 // at most one of each condition, new ones first
    std::optional<PricesElsewhere> elsewhere;  // never of books: their publisher sets the price

    const OwnOffer* own_in(Condition condition) const;
};

Scanned find_scanned(store::Tx& tx, TerritoryId territory, ShopId shop, const ScannedCode& code);
// The same of a product that is known already.
Scanned find_scanned(store::Tx& tx, TerritoryId territory, ShopId shop, const Product& product);

inline constexpr std::size_t kProductTitleLengthMax = 300;
inline constexpr std::size_t kProductMakerLengthMax = 200;

// A thing that nobody here knew.
struct NewProduct {
    ShopId shop;
    std::optional<ScannedCode> code;  // none: made without bars, the shop gets a number for it
    std::string title;
    std::string maker;
    std::string category;  // a key of Trades, or empty
    std::string language;
};
enum class NewProductError : std::uint8_t {
    no_title,
    title_too_long,
    maker_too_long,
    unknown_category
};
struct Naming {
    const Trades& trades;
    IdSource& ids;
    Instant now;
};
// The territory's product from then on, or that shop's own; who calls it something else later
// changes nothing by this. Writes the news.
Result<Product, NewProductError> add_product_by_hand(store::Tx& tx, TerritoryId territory,
                                                     const NewProduct& product,
                                                     const Naming& naming);

}  // namespace emplettes::catalogue
