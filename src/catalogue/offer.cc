#include "catalogue/offer.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "catalogue/news.h"
#include "catalogue/offer_rows.h"

namespace emplettes::catalogue {
namespace {

const std::string kProductSql =
    std::string("SELECT ") + kProductColumns + " FROM product WHERE territory_id = :territory_id";
constexpr const char* kSaveProductSql =
    "INSERT INTO product (territory_id, product_id, product_key, gtin, title, maker, category,"
    " description, language, source, updated_at)"
    " VALUES (:territory_id, :product_id, :product_key, :gtin, :title, :maker, :category,"
    " :description, :language, :source, :updated_at)"
    " ON CONFLICT (territory_id, product_key) DO UPDATE SET title = excluded.title,"
    " maker = excluded.maker, category = excluded.category, description = excluded.description,"
    " language = excluded.language, source = excluded.source, updated_at = excluded.updated_at";

const std::string kOfferSql =
    std::string("SELECT ") + kOfferColumns + " FROM offer WHERE territory_id = :territory_id";
constexpr const char* kConfirmedBeforeSql =
    "SELECT offer_id, product_id FROM offer WHERE territory_id = :territory_id"
    " AND stock_source = :source AND stock_confirmed_at < :before AND withdrawn_at = 0";
constexpr const char* kSaveOfferSql =
    "INSERT INTO offer (territory_id, offer_id, shop_id, product_id, condition, price_cents,"
    " stock, stock_source, stock_confirmed_at)"
    " VALUES (:territory_id, :offer_id, :shop_id, :product_id, :condition, :price_cents, :stock,"
    " :stock_source, :stock_confirmed_at)"
    " ON CONFLICT (territory_id, shop_id, product_id, condition) DO UPDATE SET"
    " price_cents = excluded.price_cents,"
    " stock = CASE WHEN excluded.stock > offer.kept THEN excluded.stock - offer.kept ELSE 0 END,"
    " stock_source = excluded.stock_source, stock_confirmed_at = excluded.stock_confirmed_at,"
    " withdrawn_at = 0 RETURNING offer_id, stock";
constexpr const char* kOnTheShelf = " AND withdrawn_at = 0";

// Never below zero, whoever else takes at the same time: the condition and the change are one
// statement.
const std::string kTakeSql =
    std::string(
        "UPDATE offer SET stock = stock - :quantity, kept = kept + :quantity"
        " WHERE territory_id = :territory_id AND offer_id = :offer_id"
        " AND stock >= :quantity AND withdrawn_at = 0 RETURNING ") +
    kOfferColumns;
const std::string kReturnSql =
    std::string(
        "UPDATE offer SET stock = stock + :quantity, kept = kept - :quantity"
        " WHERE territory_id = :territory_id AND offer_id = :offer_id RETURNING ") +
    kOfferColumns;
const std::string kLoseSql =
    std::string(
        "UPDATE offer SET kept = kept - :quantity"
        " WHERE territory_id = :territory_id AND offer_id = :offer_id RETURNING ") +
    kOfferColumns;
const std::string kNoneLeftSql =
    std::string(
        "UPDATE offer SET kept = kept - :quantity, stock = 0, stock_source = 'hand',"
        " stock_confirmed_at = :now WHERE territory_id = :territory_id AND offer_id = :offer_id "
        "RETURNING ") +
    kOfferColumns;

constexpr const char* kKeepAgainSql =
    "UPDATE offer SET kept = kept + :quantity"
    " WHERE territory_id = :territory_id AND offer_id = :offer_id";
constexpr const char* kSomeLeftSql =
    "UPDATE offer SET kept = kept + :quantity, stock = :stock, stock_source = :source,"
    " stock_confirmed_at = :confirmed_at WHERE territory_id = :territory_id"
    " AND offer_id = :offer_id AND stock = 0 AND stock_source = 'hand'"
    " AND stock_confirmed_at = :ended_at";

constexpr std::array<std::string_view, 5> kSources{"demo", "import", "hand", "feed", "till"};
constexpr std::array<std::string_view, 3> kConditions{"new", "used", "refurbished"};

template <typename Enum, std::size_t N>
std::optional<Enum> find_word(const std::array<std::string_view, N>& words, std::string_view word) {
    for (std::size_t i = 0; i < N; ++i)
        if (words[i] == word) return static_cast<Enum>(i);
    return std::nullopt;
}

template <typename F>
void each_product(store::Tx& tx, const std::string& sql, store::Params params, F&& f) {
    read_products([&]<typename... Columns>(auto&& row) { tx.each<Columns...>(sql, params, row); },
                  f);
}

template <typename F>
void each_offer(store::Tx& tx, const std::string& sql, store::Params params, F&& f) {
    read_offers([&]<typename... Columns>(auto&& row) { tx.each<Columns...>(sql, params, row); }, f);
}

std::optional<Product> find_one_product(store::Tx& tx, const std::string& sql,
                                        store::Params params) {
    std::optional<Product> found;
    each_product(tx, sql, params, [&](Product product) { found = std::move(product); });
    return found;
}

std::optional<Offer> find_one_offer(store::Tx& tx, const std::string& sql, store::Params params) {
    std::optional<Offer> found;
    each_offer(tx, sql, params, [&](const Offer& offer) { found = offer; });
    return found;
}

}  // namespace

std::string_view to_string(StockSource source) {
    return kSources.at(static_cast<std::size_t>(source));
}
std::string_view to_string(Condition condition) {
    return kConditions.at(static_cast<std::size_t>(condition));
}
std::optional<StockSource> parse_stock_source(std::string_view word) {
    return find_word<StockSource>(kSources, word);
}
std::optional<Condition> parse_condition(std::string_view word) {
    return find_word<Condition>(kConditions, word);
}

std::vector<Product> load_products(store::Tx& tx, TerritoryId territory) {
    std::vector<Product> products;
    each_product(tx, kProductSql + " ORDER BY product_id", {{"territory_id", territory}},
                 [&](Product product) { products.push_back(std::move(product)); });
    return products;
}

std::optional<Product> find_product(store::Tx& tx, TerritoryId territory, ProductId id) {
    return find_one_product(tx, kProductSql + " AND product_id = :product_id",
                            {{"territory_id", territory}, {"product_id", id}});
}

std::optional<Product> find_product_by_key(store::Tx& tx, TerritoryId territory,
                                           std::string_view key) {
    return find_one_product(tx, kProductSql + " AND product_key = :product_key",
                            {{"territory_id", territory}, {"product_key", key}});
}

void save_product(store::Tx& tx, TerritoryId territory, const Product& product) {
    tx.run(kSaveProductSql, {{"territory_id", territory},
                             {"product_id", product.id},
                             {"product_key", product.key},
                             {"gtin", product.gtin ? product.gtin->digits : 0},
                             {"title", product.title},
                             {"maker", product.maker},
                             {"category", product.category},
                             {"description", product.description},
                             {"language", product.language},
                             {"source", product.source},
                             {"updated_at", product.updated_at}});
}

std::vector<Offer> load_offers(store::Tx& tx, TerritoryId territory) {
    std::vector<Offer> offers;
    each_offer(tx, kOfferSql + kOnTheShelf + " ORDER BY offer_id", {{"territory_id", territory}},
               [&](const Offer& offer) { offers.push_back(offer); });
    return offers;
}

std::vector<std::pair<OfferId, ProductId>> load_offers_confirmed_before(
    store::Tx& tx, TerritoryId territory, const search::ConfirmedBefore& before) {
    std::vector<std::pair<OfferId, ProductId>> offers;
    for (std::size_t source = 0; source < kSources.size(); ++source)
        tx.each<OfferId, ProductId>(
            kConfirmedBeforeSql,
            {{"territory_id", territory}, {"source", kSources[source]}, {"before", before[source]}},
            [&](OfferId offer, ProductId product) { offers.emplace_back(offer, product); });
    return offers;
}

std::vector<Offer> load_offers_of(store::Tx& tx, TerritoryId territory, ProductId product) {
    std::vector<Offer> offers;
    // Sorted here: to save the sorting, SQLite would go through all offers in the order of ids.
    each_offer(tx, kOfferSql + kOnTheShelf + " AND product_id = :product_id",
               {{"territory_id", territory}, {"product_id", product}},
               [&](const Offer& offer) { offers.push_back(offer); });
    std::sort(offers.begin(), offers.end(),
              [](const Offer& a, const Offer& b) { return a.id < b.id; });
    return offers;
}

std::optional<Offer> find_offer(store::Tx& tx, TerritoryId territory, OfferId id) {
    return find_one_offer(tx, kOfferSql + " AND offer_id = :offer_id",
                          {{"territory_id", territory}, {"offer_id", id}});
}

std::optional<Offer> find_offer_of(store::Tx& tx, TerritoryId territory, ShopId shop,
                                   ProductId product, Condition condition) {
    return find_one_offer(
        tx,
        kOfferSql +
            " AND shop_id = :shop_id AND product_id = :product_id AND condition = :condition",
        {{"territory_id", territory},
         {"shop_id", shop},
         {"product_id", product},
         {"condition", to_string(condition)}});
}

Offer save_offer(store::Tx& tx, TerritoryId territory, const Offer& counted) {
    const auto stored = tx.one<OfferId, std::int64_t>(
        kSaveOfferSql, {{"territory_id", territory},
                        {"offer_id", counted.id},
                        {"shop_id", counted.shop},
                        {"product_id", counted.product},
                        {"condition", to_string(counted.condition)},
                        {"price_cents", counted.price},
                        {"stock", counted.stock.quantity},
                        {"stock_source", to_string(counted.stock.source)},
                        {"stock_confirmed_at", counted.stock.confirmed_at}});
    Offer offer = counted;
    std::tie(offer.id, offer.stock.quantity) = stored.value();
    return offer;
}

Result<Offer, TakeError> take_stock(store::Tx& tx, TerritoryId territory, OfferId id,
                                    std::int64_t quantity, Instant now) {
    check(quantity > 0);
    const auto offer = find_one_offer(
        tx, kTakeSql, {{"territory_id", territory}, {"offer_id", id}, {"quantity", quantity}});
    if (!offer)
        return find_offer(tx, territory, id) ? TakeError::not_enough : TakeError::unknown_offer;
    append_stock_news(tx, territory, *offer, now);
    return *offer;
}

Stock end_keeping(store::Tx& tx, TerritoryId territory, OfferId id, const EndOfKeeping& end) {
    check(end.quantity > 0);
    const bool ends_all = end.how == KeptEnd::none_left;
    const auto before = ends_all ? find_offer(tx, territory, id) : std::nullopt;
    const auto after =
        ends_all ? find_one_offer(tx, kNoneLeftSql,
                                  {{"territory_id", territory},
                                   {"offer_id", id},
                                   {"quantity", end.quantity},
                                   {"now", end.now}})
                 : find_one_offer(
                       tx, end.how == KeptEnd::returned ? kReturnSql : kLoseSql,
                       {{"territory_id", territory}, {"offer_id", id}, {"quantity", end.quantity}});
    check(after.has_value());
    if (ends_all || end.how == KeptEnd::returned) append_stock_news(tx, territory, *after, end.now);
    if (ends_all) return before.value().stock;
    Stock stock = after->stock;
    if (end.how == KeptEnd::returned) stock.quantity -= end.quantity;
    return stock;
}

Result<Offer, TakeError> keep_again(store::Tx& tx, TerritoryId territory, OfferId id,
                                    const MistakenEnd& mistaken) {
    const auto& [end, before, now] = mistaken;
    check(end.quantity > 0);
    if (end.how == KeptEnd::returned) return take_stock(tx, territory, id, end.quantity, now);
    const bool was_none_left = end.how == KeptEnd::none_left;
    const auto changed =
        was_none_left
            ? tx.run(kSomeLeftSql, {{"territory_id", territory},
                                    {"offer_id", id},
                                    {"quantity", end.quantity},
                                    {"stock", before.quantity},
                                    {"source", to_string(before.source)},
                                    {"confirmed_at", before.confirmed_at},
                                    {"ended_at", end.now}})
            : tx.run(kKeepAgainSql,
                     {{"territory_id", territory}, {"offer_id", id}, {"quantity", end.quantity}});
    if (changed == 0) return take_stock(tx, territory, id, end.quantity, now);
    const Offer offer = *find_offer(tx, territory, id);
    if (was_none_left) append_stock_news(tx, territory, offer, now);
    return offer;
}

}  // namespace emplettes::catalogue
