#include "catalogue/book_price.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::array<std::string_view, 2> kPriceSources{"shop", "trade"};

// valid_from 0 and valid_until 0 stand for "open": nothing is sold by a price that ended in 1970.
constexpr const char* kLoadPricesSql =
    "SELECT valid_from, valid_until, price_cents FROM publisher_price"
    " WHERE territory_id = :territory_id AND product_id = :product_id ORDER BY valid_from";
constexpr const char* kFindPriceSql =
    "SELECT price_cents FROM publisher_price"
    " WHERE territory_id = :territory_id AND product_id = :product_id AND valid_from <= :day"
    " AND (valid_until = 0 OR valid_until >= :day) ORDER BY valid_from DESC LIMIT 1";
// Periods do not overlap: of one day there is one price.
constexpr const char* kFindPricesSql =
    "SELECT :place, price_cents FROM {rows and} publisher_price"
    " WHERE territory_id = :territory_id AND product_id = :product_id"
    " AND valid_from <= :day AND (valid_until = 0 OR valid_until >= :day)";
constexpr const char* kFindSourceSql =
    "SELECT source FROM publisher_price"
    " WHERE territory_id = :territory_id AND product_id = :product_id LIMIT 1";
constexpr const char* kForgetPricesSql =
    "DELETE FROM publisher_price WHERE territory_id = :territory_id AND product_id = :product_id";
constexpr const char* kSavePriceSql =
    "INSERT INTO publisher_price (territory_id, product_id, valid_from, valid_until, price_cents,"
    " source, updated_at) VALUES (:territory_id, :product_id, :valid_from, :valid_until,"
    " :price_cents, :source, :updated_at)";

constexpr LocalDay kAlways{};  // what is open begins here
constexpr LocalDay kForEver = LocalDay::max();

LocalDay begin_of(const PublisherPrice& price) {
    return std::max(kAlways, price.from.value_or(kAlways));
}

LocalDay last_of(const PublisherPrice& price) { return price.until.value_or(kForEver); }

std::int64_t number_of(std::optional<LocalDay> day) {
    return day ? day->time_since_epoch().count() : 0;
}

std::optional<LocalDay> day_of_number(std::int64_t number) {
    if (number == 0) return std::nullopt;
    return LocalDay{std::chrono::days{number}};
}

bool is_over_before_it_begins(const PublisherPrice& price) {
    return last_of(price) < begin_of(price) || last_of(price) == kAlways;
}

// The one that counts on a day.
const PublisherPrice* find_on(const std::vector<PublisherPrice>& told, LocalDay day) {
    const PublisherPrice* best = nullptr;
    for (const PublisherPrice& price : told) {
        if (day < begin_of(price) || last_of(price) < day) continue;
        const bool is_better =
            !best || begin_of(price) > begin_of(*best) ||
            (begin_of(price) == begin_of(*best) && last_of(price) <= last_of(*best));
        if (is_better) best = &price;
    }
    return best;
}

}  // namespace

std::string_view to_string(PublisherPriceSource source) {
    return kPriceSources.at(static_cast<std::size_t>(source));
}

std::vector<PublisherPrice> publisher_price_periods(std::vector<PublisherPrice> told) {
    std::erase_if(told, is_over_before_it_begins);
    std::set<LocalDay> changes;  // days on which another price may begin to count
    for (const PublisherPrice& price : told) {
        changes.insert(begin_of(price));
        if (price.until) changes.insert(*price.until + std::chrono::days{1});
    }
    std::vector<PublisherPrice> periods;
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        const PublisherPrice* price = find_on(told, *change);
        if (!price) continue;
        const auto next = std::next(change);
        const auto until =
            next == changes.end() ? std::nullopt : std::optional(*next - std::chrono::days{1});
        const bool goes_on = !periods.empty() && periods.back().price == price->price &&
                             periods.back().until == *change - std::chrono::days{1};
        if (goes_on)
            periods.back().until = until;
        else
            periods.push_back({.price = price->price,
                               .from = *change == kAlways ? std::nullopt : std::optional(*change),
                               .until = until});
    }
    // Its last day stands for "open" in the table.
    std::erase_if(periods, is_over_before_it_begins);
    return periods;
}

bool save_publisher_prices(store::Tx& tx, TerritoryId territory, ProductId product,
                           const ToldPublisherPrices& told) {
    std::vector<PublisherPrice> prices = told.prices;
    if (prices.size() > kPublisherPricesMax) prices.resize(kPublisherPricesMax);
    prices = publisher_price_periods(prices);
    if (prices.empty()) return false;
    const auto known =
        tx.one<std::string>(kFindSourceSql, {{"territory_id", territory}, {"product_id", product}});
    const bool is_the_trades = known == to_string(PublisherPriceSource::trade);
    if (is_the_trades && told.source == PublisherPriceSource::shop) return false;
    const bool is_same =
        known == to_string(told.source) && load_publisher_prices(tx, territory, product) == prices;
    if (is_same) return true;
    if (known) tx.run(kForgetPricesSql, {{"territory_id", territory}, {"product_id", product}});
    for (const PublisherPrice& price : prices)
        tx.run(kSavePriceSql, {{"territory_id", territory},
                               {"product_id", product},
                               {"valid_from", number_of(price.from)},
                               {"valid_until", number_of(price.until)},
                               {"price_cents", price.price},
                               {"source", to_string(told.source)},
                               {"updated_at", told.now}});
    return true;
}

std::vector<PublisherPrice> load_publisher_prices(store::Tx& tx, TerritoryId territory,
                                                  ProductId product) {
    std::vector<PublisherPrice> prices;
    tx.each<std::int64_t, std::int64_t, Money>(
        kLoadPricesSql, {{"territory_id", territory}, {"product_id", product}},
        [&](std::int64_t from, std::int64_t until, Money price) {
            prices.push_back(
                {.price = price, .from = day_of_number(from), .until = day_of_number(until)});
        });
    return prices;
}

std::optional<Money> find_publisher_price(store::Tx& tx, TerritoryId territory, ProductId product,
                                          LocalDay day) {
    return tx.one<Money>(
        kFindPriceSql,
        {{"territory_id", territory}, {"product_id", product}, {"day", number_of(day)}});
}

std::vector<std::optional<Money>> find_publisher_prices(store::Tx& tx, TerritoryId territory,
                                                        const std::vector<ProductId>& products,
                                                        LocalDay day) {
    store::Rows rows({{"territory_id", territory}, {"day", number_of(day)}});
    for (std::size_t i = 0; i < products.size(); ++i)
        rows.add({{"place", i}, {"product_id", products[i]}});
    std::vector<std::optional<Money>> prices(products.size());
    tx.each_of_rows<std::size_t, Money>(
        kFindPricesSql, rows, [&](std::size_t place, Money price) { prices.at(place) = price; });
    return prices;
}

std::optional<BookPrice> find_book_price(store::Tx& tx, const Territory& territory,
                                         const Product& product, LocalDay day) {
    if (!territory.book_price_law || !product.gtin || !product.gtin->is_book()) return std::nullopt;
    const auto publisher_price = find_publisher_price(tx, territory.id, product.id, day);
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
    const auto lawful = find_book_price(tx, territory, asked.product, asked.day);
    const auto fault = lawful ? fault_of(*lawful, asked.price) : std::nullopt;
    if (!fault) return Done{};
    return BookPriceRefusal{.fault = *fault, .lawful = *lawful};
}

std::string in_english(const BookPriceRefusal& refusal) {
    const auto euros = [](Money amount) {
        return std::to_string(amount.cents / 100) + "." + two_digits(amount.cents % 100);
    };
    const bool is_low = refusal.fault == BookPriceFault::too_low;
    return std::string(is_low ? "a new copy costs at least " : "a new copy costs at most ") +
           euros(refusal.limit()) + ": " + refusal.lawful.article + "; the publisher's price is " +
           euros(refusal.lawful.publisher_price);
}

}  // namespace emplettes::catalogue
