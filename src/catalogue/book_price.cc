#include "catalogue/book_price.h"

#include <array>

#include "base/decimals.h"
#include "catalogue/told_prices.h"

namespace emplettes::catalogue {

std::optional<BookPrice> find_book_price(store::Tx& tx, const Territory& territory,
                                         const BookSought& sought) {
    const auto& [product, shop, day] = sought;
    if (!territory.book_price_law || !product.gtin || !product.gtin->is_book()) return std::nullopt;
    const auto publisher_price =
        find_publisher_prices(tx, {territory.id, shop}, std::array{product.id}, day).front();
    if (!publisher_price) return std::nullopt;
    return book_price(territory, *publisher_price, day);
}

std::optional<BookPrice> book_price(const Territory& territory, Money publisher_price,
                                    LocalDay day) {
    if (!territory.book_price_law) return std::nullopt;
    const auto band = territory.book_price_law->band(publisher_price, day);
    if (!band) return std::nullopt;
    return BookPrice{.publisher_price = publisher_price,
                     .band = *band,
                     .article = std::string(territory.book_price_law->article(day))};
}

std::optional<BookPriceFault> fault_of(const BookPrice& lawful, Money price) {
    if (lawful.band.holds(price)) return std::nullopt;
    return price < lawful.band.floor ? BookPriceFault::too_low : BookPriceFault::too_high;
}

Money BookPriceRefusal::limit() const {
    return fault == BookPriceFault::too_low ? lawful.band.floor : lawful.band.ceiling;
}

Result<Done, BookPriceRefusal> check_price(store::Tx& tx, const Territory& territory,
                                           const AskedPrice& asked) {
    if (asked.condition != Condition::new_) return Done{};
    const auto lawful = find_book_price(tx, territory, asked.book);
    const auto fault = lawful ? fault_of(*lawful, asked.price) : std::nullopt;
    if (!fault) return Done{};
    return BookPriceRefusal{.fault = *fault, .lawful = *lawful};
}

std::string in_english(const BookPriceRefusal& refusal) {
    const bool is_low = refusal.fault == BookPriceFault::too_low;
    return std::string(is_low ? "a new copy costs at least " : "a new copy costs at most ") +
           in_decimals(refusal.limit()) + ": " + refusal.lawful.article +
           "; the publisher's price is " + in_decimals(refusal.lawful.publisher_price);
}

}  // namespace emplettes::catalogue
