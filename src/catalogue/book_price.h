#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/money.h"
#include "base/result.h"
#include "base/zone.h"
#include "catalogue/offer.h"
#include "catalogue/territory.h"
#include "law/book_price.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// What follows from the price that the publisher of a book asks (told_prices.h), where the law of
// the book price holds (Territory::book_price_law). A price that nobody has told binds nobody.

// What binds the price of a new copy on one day.
struct BookPrice {
    Money publisher_price;
    law::BookPriceBand band;
    std::string article;  // of the law, to cite

    bool operator==(const BookPrice&) const = default;
};
// None where the territory is not under the law, the product is no book (music with an ISBN-like
// number 979-0 is none), or nobody has told the publisher's price: the trade, or, of a shop's own
// shelf, that shop.
struct BookSought {
    const Product& product;
    ShopId shop;   // at whose counter; none: what all may read, by the trade's word alone
    LocalDay day;  // of the territory's calendar: day_of(territory, now)
};
std::optional<BookPrice> find_book_price(store::Tx& tx, const Territory& territory,
                                         const BookSought& sought);
// The same when the publisher's price is known, of a book.
std::optional<BookPrice> book_price(const Territory& territory, Money publisher_price,
                                    LocalDay day);

struct AskedPrice {
    BookSought book;
    Condition condition = Condition::new_;
    Money price;
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
