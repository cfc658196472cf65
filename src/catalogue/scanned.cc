#include "catalogue/scanned.h"

#include <algorithm>

#include "base/text.h"
#include "catalogue/news.h"
#include "catalogue/shelf/product_text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kOwnNumberLengthMax = 40;
constexpr std::int64_t kPricesElsewhereMax = 1'000;

constexpr const char* kShelfOfSql =
    "SELECT kept, withdrawn_at FROM offer WHERE territory_id = :territory_id"
    " AND offer_id = :offer_id";
constexpr const char* kPricesElsewhereSql =
    "SELECT price_cents FROM offer WHERE territory_id = :territory_id AND product_id = :product_id"
    " AND shop_id <> :shop_id AND condition = 'new' AND withdrawn_at = 0 AND price_cents > 0"
    " ORDER BY price_cents LIMIT :limit";

std::string compact(std::string_view text) {
    std::string kept;
    for (const char c : trim(text))
        if (c != ' ' && c != '-') kept += c;
    return kept;
}

bool is_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

// GS1 General Specifications §5.2.2.4: which digits the bars of a UPC-E leave out.
std::optional<std::string> expand_upc_e(const std::string& code) {
    if (code.size() != 8 || code[0] > '1') return std::nullopt;
    const std::string system = code.substr(0, 1);
    const std::string six = code.substr(1, 6);
    const char last = six[5];
    std::string middle;
    if (last <= '2')
        middle = six.substr(0, 2) + last + "0000" + six.substr(2, 3);
    else if (last == '3')
        middle = six.substr(0, 3) + "00000" + six.substr(3, 2);
    else if (last == '4')
        middle = six.substr(0, 4) + "00000" + six.substr(4, 1);
    else
        middle = six.substr(0, 5) + "0000" + last;
    return system + middle + code[7];
}

ScannedCode global(Gtin gtin) { return {.gtin = gtin, .sku = ""}; }
ScannedCode own_number(std::string sku) { return {.gtin = std::nullopt, .sku = std::move(sku)}; }

// Eight digits are an EAN-8, or a UPC-E, which begins with 0 or 1. GS1 gives no EAN-8 that begins
// with 0 or 2: these are for use within a shop.
Result<ScannedCode, ScannedError> parse_eight(const std::string& code) {
    const auto ean = parse_gtin(code);
    if (ean && code[0] != '0' && code[0] != '2') return global(*ean);
    if (const auto upc = expand_upc_e(code))
        if (const auto expanded = parse_gtin(*upc)) return global(*expanded);
    if (ean || ean.error() == GtinError::in_shop_code) return own_number(code);
    return ScannedError::wrong_check_digit;
}

Result<ScannedCode, ScannedError> parse_own_number(std::string_view printed) {
    constexpr std::string_view kSigns =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._ ";
    if (printed.size() > kOwnNumberLengthMax ||
        printed.find_first_not_of(kSigns) != std::string_view::npos)
        return ScannedError::not_a_code;
    return own_number(std::string(printed));
}

std::string key_of_code(ShopId shop, const ScannedCode& code) {
    if (code.gtin) return "gtin:" + code.gtin->text();
    return "shop/" + std::to_string(shop.value) + "/" + code.sku;
}

// A till may write an in-shop number of twelve digits without the zero before it.
std::optional<Product> find_product_of_code(store::Tx& tx, TerritoryId territory, ShopId shop,
                                            const ScannedCode& code) {
    auto product = find_product_by_key(tx, territory, key_of_code(shop, code));
    if (product || code.gtin || code.sku.size() != 13 || code.sku[0] != '0') return product;
    ScannedCode shorter = code;
    shorter.sku.erase(0, 1);
    return find_product_by_key(tx, territory, key_of_code(shop, shorter));
}

std::vector<OwnOffer> find_own(store::Tx& tx, TerritoryId territory, ShopId shop,
                               ProductId product) {
    std::vector<OwnOffer> own;
    for (const Condition condition : {Condition::new_, Condition::used, Condition::refurbished}) {
        const auto offer = find_offer_of(tx, territory, shop, product, condition);
        if (!offer) continue;
        const auto shelf = tx.one<std::int64_t, std::int64_t>(
            kShelfOfSql, {{"territory_id", territory}, {"offer_id", offer->id}});
        const auto [kept, withdrawn_at] = shelf.value();
        own.push_back({.offer = *offer, .kept = kept, .is_on_shelf = withdrawn_at == 0});
    }
    return own;
}

bool is_book(const Product& product) {
    return (product.gtin && product.gtin->is_book()) || product.category == "books" ||
           product.category.rfind("books.", 0) == 0;
}

std::optional<PricesElsewhere> find_prices_elsewhere(store::Tx& tx, TerritoryId territory,
                                                     ShopId shop, const Product& product) {
    if (is_book(product)) return std::nullopt;
    const auto prices = tx.all<Money>(kPricesElsewhereSql, {{"territory_id", territory},
                                                            {"product_id", product.id},
                                                            {"shop_id", shop},
                                                            {"limit", kPricesElsewhereMax}});
    if (prices.empty()) return std::nullopt;
    return PricesElsewhere{.shops = static_cast<std::int64_t>(prices.size()),
                           .lowest = prices.front(),
                           .typical = prices[(prices.size() - 1) / 2]};
}

std::optional<NewProductError> fault_of_new(const NewProduct& product, const Trades& trades) {
    if (product.title.empty()) return NewProductError::no_title;
    if (utf8_length(product.title) > kProductTitleLengthMax) return NewProductError::title_too_long;
    if (utf8_length(product.maker) > kProductMakerLengthMax) return NewProductError::maker_too_long;
    if (!product.category.empty() && !trades.find_category(product.category))
        return NewProductError::unknown_category;
    return std::nullopt;
}

}  // namespace

Result<ScannedCode, ScannedError> parse_scanned_code(std::string_view text) {
    const std::string code = compact(text);
    if (code.empty()) return ScannedError::empty;
    const bool is_isbn10 = code.size() == 10 && is_digits(std::string_view(code).substr(0, 9)) &&
                           (is_digits(code) || code[9] == 'X' || code[9] == 'x');
    if (!is_digits(code) && !is_isbn10) return parse_own_number(trim(text));
    if (code.size() == 8) return parse_eight(code);
    const auto gtin = parse_gtin(code);
    if (gtin) return global(*gtin);
    switch (gtin.error()) {
        case GtinError::in_shop_code: return own_number(code.size() == 12 ? "0" + code : code);
        case GtinError::wrong_check_digit: return ScannedError::wrong_check_digit;
        case GtinError::empty:
        case GtinError::not_digits:
        case GtinError::wrong_length: break;
    }
    return ScannedError::not_a_code;
}

const OwnOffer* Scanned::own_in(Condition condition) const {
    const auto found = std::find_if(own.begin(), own.end(), [&](const OwnOffer& candidate) {
        return candidate.offer.condition == condition;
    });
    return found == own.end() ? nullptr : &*found;
}

Scanned find_scanned(store::Tx& tx, TerritoryId territory, ShopId shop, const ScannedCode& code) {
    const auto product = find_product_of_code(tx, territory, shop, code);
    if (!product) return {.code = code};
    Scanned scanned = find_scanned(tx, territory, shop, *product);
    scanned.code = code;
    return scanned;
}

Scanned find_scanned(store::Tx& tx, TerritoryId territory, ShopId shop, const Product& product) {
    return {.code = product.gtin ? global(*product.gtin) : ScannedCode{},
            .product = product,
            .own = find_own(tx, territory, shop, product.id),
            .elsewhere = find_prices_elsewhere(tx, territory, shop, product)};
}

Result<Product, NewProductError> add_product_by_hand(store::Tx& tx, TerritoryId territory,
                                                     const NewProduct& product,
                                                     const Naming& naming) {
    if (const auto fault = fault_of_new(product, naming.trades)) return *fault;
    const auto id = naming.ids.next<ProductId>();
    const ScannedCode code = product.code.value_or(own_number("hand-" + std::to_string(id.value)));
    if (auto known = find_product_of_code(tx, territory, product.shop, code)) return *known;
    const Product added{.id = id,
                        .key = key_of_code(product.shop, code),
                        .gtin = code.gtin,
                        .title = product.title,
                        .maker = product.maker,
                        .category = product.category,
                        .description = "",
                        .language = product.language,
                        .source = std::string(to_string(StockSource::hand)),
                        .updated_at = naming.now};
    save_product(tx, territory, added);
    const ProductText text{.product = added.id,
                           .source = TextSource::hand,
                           .shop = product.shop,
                           .title = added.title,
                           .maker = added.maker,
                           .category = added.category,
                           .language = added.language,
                           .first_at = naming.now,
                           .updated_at = naming.now};
    tell_of_product(tx, territory, {.text = text, .is_new = true});
    append_product_news(tx, territory, {added.id}, naming.now);
    return added;
}

}  // namespace emplettes::catalogue
