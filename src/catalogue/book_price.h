#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/money.h"
#include "base/result.h"
#include "base/zone.h"
#include "catalogue/offer.h"
#include "catalogue/publisher_price.h"
#include "catalogue/territory.h"
#include "law/book_price.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// What the publisher of a book asks for it, and what follows from it where the law of the book
// price holds (Territory::book_price_law). A price that nobody has told binds nobody.

// Who tells a publisher's price: a shop in its own file; the book trade's record (ONIX, FEL).
enum class PublisherPriceSource : std::uint8_t { shop, trade };
std::string_view to_string(PublisherPriceSource source);

inline constexpr std::size_t kPublisherPricesMax = 50;  // periods of one book

// One period after the other, none twice, in order: on a day the price that began last counts, of
// those the one that ends first, of those the later in the list. What ends before it begins is
// left out.
std::vector<PublisherPrice> publisher_price_periods(std::vector<PublisherPrice> told);

struct ToldPublisherPrices {
    std::vector<PublisherPrice> prices;  // the first kPublisherPricesMax count
    PublisherPriceSource source = PublisherPriceSource::shop;
    Instant now;
};
// Replaces all that was told of this product; but what a shop says does not replace the trade's
// record: false. Nothing told changes nothing.
bool save_publisher_prices(store::Tx& tx, TerritoryId territory, ProductId product,
                           const ToldPublisherPrices& told);
// In order.
std::vector<PublisherPrice> load_publisher_prices(store::Tx& tx, TerritoryId territory,
                                                  ProductId product);
std::optional<Money> find_publisher_price(store::Tx& tx, TerritoryId territory, ProductId product,
                                          LocalDay day);

// Of these products, in their order.
std::vector<std::optional<Money>> find_publisher_prices(store::Tx& tx, TerritoryId territory,
                                                        const std::vector<ProductId>& products,
                                                        LocalDay day);

// What binds the price of a new copy on one day.
struct BookPrice {
    Money publisher_price;
    law::BookPriceBand band;
    std::string article;  // of the law, to cite

    bool operator==(const BookPrice&) const = default;
};
// None where the territory is not under the law, the product is no book (music with an ISBN-like
// number 979-0 is none), or nobody has told the publisher's price.
std::optional<BookPrice> find_book_price(store::Tx& tx, const Territory& territory,
                                         const Product& product, LocalDay day);
// The same when the publisher's price is known, of a book.
std::optional<BookPrice> book_price(const Territory& territory, Money publisher_price,
                                    LocalDay day);

struct AskedPrice {
    const Product& product;
    Condition condition = Condition::new_;
    Money price;
    LocalDay day;  // of the territory's calendar: day_of(territory, now)
};
enum class BookPriceFault : std::uint8_t { too_low, too_high };
struct BookPriceRefusal {
    BookPriceFault fault = BookPriceFault::too_low;
    BookPrice lawful;

    Money limit() const;  // the floor or the ceiling
    bool operator==(const BookPriceRefusal&) const = default;
};
// Whether a shop may ask this over its counter. Used books are free. To be asked in the
// transaction that changes the price, before it does.
Result<Done, BookPriceRefusal> check_price(store::Tx& tx, const Territory& territory,
                                           const AskedPrice& asked);

// The rule of it: what binds a copy that is no used one refuses this price, or not.
std::optional<BookPriceFault> fault_of(const BookPrice& lawful, Money price);

// "costs at least 18.91: loi 81-766 …, article 1 (publisher's price 19.90)": for reports of the
// command line and logs; pages have their own words.
std::string in_english(const BookPriceRefusal& refusal);

}  // namespace emplettes::catalogue
