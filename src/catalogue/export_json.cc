#include "catalogue/export_json.h"

#include <algorithm>
#include <array>

#include "catalogue/degrees.h"
#include "catalogue/feeds/shelf_row.h"
#include "catalogue/shelf/shelf_index.h"

namespace emplettes::catalogue {
namespace {

constexpr std::int64_t kPoleE7 = 900'000'000;
constexpr std::int64_t kDateLineE7 = 1'800'000'000;
// What a shop's source tells in texts, by their names in a file: written and read by one list.
struct ShopText {
    const char* name;
    std::string Shop::*text;
};
constexpr std::array kShopTexts{ShopText{"slug", &Shop::slug},
                                ShopText{"name", &Shop::name},
                                ShopText{"kind", &Shop::kind},
                                ShopText{"housenumber", &Shop::housenumber},
                                ShopText{"street", &Shop::street},
                                ShopText{"postcode", &Shop::postcode},
                                ShopText{"city", &Shop::city},
                                ShopText{"phone", &Shop::phone},
                                ShopText{"website", &Shop::website},
                                ShopText{"email", &Shop::email},
                                ShopText{"opening_hours", &Shop::opening_hours},
                                ShopText{"source", &Shop::source},
                                ShopText{"source_ref", &Shop::source_ref}};

constexpr std::string_view kShopsOwn = "shop/";
constexpr std::string_view kExportedOwn = "shop/own/";

// What stands behind "shop/12/"; none of keys that are no shop's own.
std::optional<std::string> own_part(std::string_view key) {
    if (!key.starts_with(kShopsOwn)) return std::nullopt;
    const auto end = key.find('/', kShopsOwn.size());
    if (end == std::string_view::npos) return std::nullopt;
    return std::string(key.substr(end + 1));
}

bool has_place(const Json& json) {
    return is_between(number_in(json, "lat_e7"), -kPoleE7, kPoleE7) &&
           is_between(number_in(json, "lon_e7"), -kDateLineE7, kDateLineE7);
}

}  // namespace

std::string text_in(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return {};
    auto text = found->get<std::string>();
    std::erase(text, '\0');  // PostgreSQL has no text with it
    return text;
}

std::optional<std::int64_t> number_in(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<std::int64_t>();
}

bool flag_in(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

bool is_between(const std::optional<std::int64_t>& number, std::int64_t least, std::int64_t most) {
    return number && *number >= least && *number <= most;
}

Json shop_to_json(const Shop& shop) {
    Json json{{"is_maker", shop.is_maker},
              {"lat_e7", to_e7(shop.position.lat)},
              {"lon_e7", to_e7(shop.position.lon)},
              {"hold_open_days", shop.hold_open_days}};
    for (const auto& [name, text] : kShopTexts) json[name] = shop.*text;
    return json;
}

std::optional<Shop> shop_from_json(const Json& json) {
    const auto days = number_in(json, "hold_open_days");
    if (!has_place(json) || !is_between(days, 0, kHoldOpenDaysMax)) return std::nullopt;
    Shop shop{.is_maker = flag_in(json, "is_maker"),
              .position = from_e7(*number_in(json, "lat_e7"), *number_in(json, "lon_e7")),
              .hold_open_days = static_cast<int>(*days)};
    for (const auto& [name, text] : kShopTexts) shop.*text = text_in(json, name);
    if (shop.name.empty() || shop.slug.empty()) return std::nullopt;
    return shop;
}

Json word_to_export(const ShopWord& word) {
    const auto& closure = word.closure;
    return {{"name", word.name},
            {"opening_hours", word.opening_hours},
            {"phone", word.phone},
            {"website", word.website},
            {"email", word.email},
            {"about", word.about},
            {"closed_from", closure ? to_unix(closure->from) : 0},
            {"closed_until", closure && closure->until ? to_unix(*closure->until) : 0},
            {"closed_reason", closure ? closure->reason : std::string()}};
}

std::optional<ShopWord> word_from_export(const Json& json) {
    ShopWord word{.name = text_in(json, "name"),
                  .opening_hours = text_in(json, "opening_hours"),
                  .phone = text_in(json, "phone"),
                  .website = text_in(json, "website"),
                  .email = text_in(json, "email"),
                  .about = text_in(json, "about"),
                  .closure = closure_of({.from = number_in(json, "closed_from").value_or(0),
                                         .until = number_in(json, "closed_until").value_or(0),
                                         .reason = text_in(json, "closed_reason")})};
    if (find_fault(word)) return std::nullopt;
    return word;
}

Json product_to_json(const Product& product) {
    const auto own = own_part(product.key);
    return {{"key", own ? std::string(kExportedOwn) + *own : product.key},
            {"gtin", product.gtin ? product.gtin->text() : std::string()},
            {"title", product.title},
            {"maker", product.maker},
            {"category", product.category},
            {"description", product.description},
            {"language", product.language}};
}

std::optional<Product> product_from_json(const Json& json) {
    const std::string number = text_in(json, "gtin");
    Product product{.key = text_in(json, "key"),
                    .title = text_in(json, "title"),
                    .maker = text_in(json, "maker"),
                    .category = text_in(json, "category"),
                    .description = text_in(json, "description"),
                    .language = text_in(json, "language")};
    if (!number.empty()) {
        const auto gtin = parse_gtin(number);
        if (!gtin) return std::nullopt;
        product.gtin = *gtin;
    }
    // Nobody's number of the world without it.
    const bool is_named =
        product.gtin || (!product.key.empty() && !product.key.starts_with("gtin:"));
    if (!is_named || product.title.empty()) return std::nullopt;
    return product;
}

std::string key_at_home(const Product& product, ShopId shop) {
    if (product.gtin) return "gtin:" + product.gtin->text();
    const auto own = own_part(product.key);
    return own ? own_prefix(shop) + *own : product.key;
}

Json item_to_json(const ShelfItem& item) {
    Json json = product_to_json(item.product);
    json["sku"] = item.sku;
    json["condition"] = to_string(item.offer.condition);
    json["price_cents"] = item.offer.price.cents;
    json["quantity"] = item.counted();
    json["stock_source"] = to_string(item.offer.stock.source);
    json["confirmed_at"] = to_unix(item.offer.stock.confirmed_at);
    return json;
}

std::optional<ShelfItem> item_from_json(const Json& json) {
    auto product = product_from_json(json);
    const auto condition = parse_condition(text_in(json, "condition"));
    const auto source = parse_stock_source(text_in(json, "stock_source"));
    const auto price = number_in(json, "price_cents");
    const auto quantity = number_in(json, "quantity");
    const auto confirmed_at = number_in(json, "confirmed_at");
    const bool is_whole = product && condition && source && confirmed_at &&
                          is_between(price, 0, kShelfPriceMax.cents) &&
                          is_between(quantity, 0, kShelfQuantityMax);
    if (!is_whole) return std::nullopt;
    product->source = std::string(to_string(*source));
    return ShelfItem{.product = std::move(*product),
                     .offer = {.condition = *condition,
                               .price = Money{*price},
                               .stock = {.quantity = *quantity,
                                         .source = *source,
                                         .confirmed_at = instant_from_unix(*confirmed_at)}},
                     .sku = text_in(json, "sku")};
}

}  // namespace emplettes::catalogue
