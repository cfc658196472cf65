#include <algorithm>
#include <optional>
#include <unordered_set>

#include "base/json.h"
#include "base/text.h"
#include "base/zip_file.h"
#include "catalogue/degrees.h"
#include "catalogue/feeds/shelf_row.h"
#include "catalogue/news.h"
#include "catalogue/shelf.h"
#include "catalogue/shop_export.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kShopBytesMax = 64 * 1024;
constexpr std::size_t kLineBytesMax = 64 * 1024;
constexpr std::size_t kItemsPerTransaction = 1'000;
constexpr std::size_t kShopSecretBytes = 24;
constexpr std::int64_t kPoleE7 = 900'000'000;
constexpr std::int64_t kDateLineE7 = 1'800'000'000;

using Failure = std::optional<RestoreError>;

RestoreError broken(std::string detail) {
    return {.fault = RestoreFault::broken, .detail = std::move(detail)};
}

// What an object has under a name, when it is of this type.
std::string text_in(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
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

Result<Shop, RestoreError> read_shop(const std::string& text, const Territory& territory) {
    const Json json = parse_json(text);
    if (!json.is_object() || text_in(json, "format") != "emplettes-shop")
        return RestoreError{.detail = "shop.json is not that of a shop"};
    const auto version = number_in(json, "version");
    if (!is_between(version, 1, kShopExportVersion))
        return RestoreError{.fault = RestoreFault::newer_version,
                            .detail = "shop.json is of a version that this program does not know"};
    if (text_in(json, "currency") != territory.currency)
        return RestoreError{.fault = RestoreFault::other_currency,
                            .detail = "its prices are in " + text_in(json, "currency") +
                                      ", here they are in " + territory.currency};
    const auto lat = number_in(json, "lat_e7");
    const auto lon = number_in(json, "lon_e7");
    const auto days = number_in(json, "hold_open_days");
    const bool is_sound = !text_in(json, "name").empty() && !text_in(json, "slug").empty() &&
                          is_between(lat, -kPoleE7, kPoleE7) &&
                          is_between(lon, -kDateLineE7, kDateLineE7) &&
                          is_between(days, 0, kHoldOpenDaysMax);
    if (!is_sound) return broken("shop.json lacks a name, a slug, a place or its days of keeping");
    return Shop{.slug = text_in(json, "slug"),
                .name = text_in(json, "name"),
                .kind = text_in(json, "kind"),
                .is_maker = flag_in(json, "is_maker"),
                .position = from_e7(*lat, *lon),
                .housenumber = text_in(json, "housenumber"),
                .street = text_in(json, "street"),
                .postcode = text_in(json, "postcode"),
                .city = text_in(json, "city"),
                .phone = text_in(json, "phone"),
                .website = text_in(json, "website"),
                .email = text_in(json, "email"),
                .opening_hours = text_in(json, "opening_hours"),
                .source = text_in(json, "source"),
                .source_ref = text_in(json, "source_ref"),
                .hold_open_days = static_cast<int>(*days)};
}

// A product that has no number of the world is known by the shop's own: "shop/12/REF-9" there is
// "shop/34/REF-9" here.
std::string key_here(const std::string& key, const std::optional<Gtin>& gtin, ShopId shop) {
    if (gtin) return "gtin:" + gtin->text();
    std::string_view own = key;
    for (int slashes = 0; slashes < 2 && own.find('/') != std::string_view::npos; ++slashes)
        own.remove_prefix(own.find('/') + 1);
    return "shop/" + std::to_string(shop.value) + "/" + std::string(own);
}

// None when the line is not a whole item.
std::optional<ShelfItem> read_item(const Json& json, ShopId shop) {
    const auto condition = parse_condition(text_in(json, "condition"));
    const auto source = parse_stock_source(text_in(json, "stock_source"));
    const auto price = number_in(json, "price_cents");
    const auto quantity = number_in(json, "quantity");
    const auto confirmed_at = number_in(json, "confirmed_at");
    const std::string number = text_in(json, "gtin");
    const auto gtin = number.empty() ? std::optional<Gtin>() : [&]() -> std::optional<Gtin> {
        const auto parsed = parse_gtin(number);
        return parsed ? std::optional(*parsed) : std::nullopt;
    }();
    const bool is_whole =
        condition && source && confirmed_at && is_between(price, 0, kShelfPriceMax.cents) &&
        is_between(quantity, 0, kShelfQuantityMax) && !text_in(json, "title").empty() &&
        (gtin || number.empty()) && (gtin || !text_in(json, "key").empty());
    if (!is_whole) return std::nullopt;
    return ShelfItem{.product = {.key = key_here(text_in(json, "key"), gtin, shop),
                                 .gtin = gtin,
                                 .title = text_in(json, "title"),
                                 .maker = text_in(json, "maker"),
                                 .category = text_in(json, "category"),
                                 .description = text_in(json, "description"),
                                 .language = text_in(json, "language"),
                                 .source = std::string(to_string(*source))},
                     .offer = {.shop = shop,
                               .condition = *condition,
                               .price = Money{*price},
                               .stock = {.quantity = *quantity,
                                         .source = *source,
                                         .confirmed_at = instant_from_unix(*confirmed_at)}}};
}

// A line of shelf.json without what holds the array together; empty for its brackets.
std::string_view without_commas(std::string_view line) {
    line = trim(line);
    if (line.ends_with(',')) line.remove_suffix(1);
    return line == "[" || line == "]" ? std::string_view() : line;
}

class Restoring {
  public:
    explicit Restoring(const ShopRestore& restore) : restore_(restore) {}

    Failure bring(ZipReader& zip) {
        while (const auto name = zip.next()) {
            const Failure failure = *name == "shop.json"    ? bring_shop(zip)
                                    : *name == "shelf.json" ? bring_shelf(zip)
                                                            : std::nullopt;
            if (failure) return failure;
        }
        if (!zip.failure().empty()) return broken("the file " + zip.failure());
        if (!has_shop_ || !has_shelf_)
            return RestoreError{.detail = "the file has no shop.json and shelf.json"};
        return std::nullopt;
    }

    const RestoredShop& restored() const { return restored_; }

  private:
    Failure bring_shop(ZipReader& zip) {
        const auto text = zip.read_all(kShopBytesMax);
        if (!text) return broken("shop.json is too long or damaged");
        const auto shop = read_shop(*text, restore_.territory);
        if (!shop) return shop.error();
        restore_.database.write([&](store::Tx& tx) {
            find_or_make(tx, *shop);
            return Done{};
        });
        has_shop_ = true;
        return std::nullopt;
    }

    void find_or_make(store::Tx& tx, Shop shop) {
        const auto shops = load_shops(tx, restore_.territory.id);
        const auto find = [&](auto&& is_it) {
            return std::find_if(shops.begin(), shops.end(), is_it);
        };
        auto known = find([&](const Shop& other) {
            return other.source == shop.source && other.source_ref == shop.source_ref;
        });
        if (known == shops.end())
            known = find([&](const Shop& other) { return other.slug == shop.slug; });
        restored_ = {.is_new = known == shops.end()};
        if (restored_.is_new) {
            shop.id = restore_.ids.next<ShopId>();
            shop.secret = restore_.random.url_token(kShopSecretBytes);
        } else {
            const int days = shop.hold_open_days;
            shop = *known;
            shop.hold_open_days = days;
        }
        shop.updated_at = restore_.now;
        save_shop(tx, restore_.territory.id, shop);
        append_shop_news(tx, restore_.territory.id, restore_.now);
        restored_.shop = shop.id;
        restored_.slug = shop.slug;
    }

    Failure bring_shelf(ZipReader& zip) {
        if (!has_shop_) return broken("shop.json must stand before shelf.json");
        std::string rest;
        for (auto part = zip.read(); !part.empty(); part = zip.read()) {
            rest += part;
            if (const Failure failure = take_lines(rest)) return failure;
            if (rest.size() > kLineBytesMax) return broken("a line of shelf.json is too long");
        }
        has_shelf_ = true;
        rest += '\n';
        if (const Failure failure = take_lines(rest)) return failure;
        write_items();
        return std::nullopt;
    }

    // Takes the whole lines off the front of `text`.
    Failure take_lines(std::string& text) {
        std::size_t begin = 0;
        for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
            const auto line = without_commas(std::string_view(text).substr(begin, end - begin));
            begin = end + 1;
            if (line.empty()) continue;
            const Json json = parse_json(line);
            auto item = json.is_object() ? read_item(json, restored_.shop) : std::nullopt;
            if (!item)
                return broken("item " + std::to_string(restored_.items + 1) +
                              " of shelf.json is not understood");
            ++restored_.items;
            items_.push_back(std::move(*item));
            if (items_.size() == kItemsPerTransaction) write_items();
        }
        text.erase(0, begin);
        return std::nullopt;
    }

    void write_items() {
        restore_.database.write([&](store::Tx& tx) {
            std::vector<ProductId> changed;
            changed.reserve(items_.size());
            for (const ShelfItem& item : items_) changed.push_back(write_item(tx, item));
            std::sort(changed.begin(), changed.end());
            changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
            append_product_news(tx, restore_.territory.id, changed, restore_.now);
            return Done{};
        });
        items_.clear();
    }

    ProductId write_item(store::Tx& tx, const ShelfItem& item) {
        const TerritoryId territory = restore_.territory.id;
        Product product = item.product;
        if (const auto known = find_product_by_key(tx, territory, product.key)) {
            product.id = known->id;
        } else {
            product.id = restore_.ids.next<ProductId>();
            product.updated_at = restore_.now;
            save_product(tx, territory, product);
        }
        Offer offer = item.offer;
        offer.product = product.id;
        const auto known = find_offer_of(tx, territory, offer.shop, offer.product, offer.condition);
        offer.id = known ? known->id : restore_.ids.next<OfferId>();
        save_offer(tx, territory, offer);
        return product.id;
    }

    const ShopRestore& restore_;
    RestoredShop restored_;
    std::vector<ShelfItem> items_;
    bool has_shop_ = false;
    bool has_shelf_ = false;
};

}  // namespace

Result<RestoredShop, RestoreError> restore_shop(const ShopRestore& restore,
                                                const std::filesystem::path& file) {
    ZipReader zip(file);
    if (!zip.failure().empty()) return RestoreError{.detail = "the file " + zip.failure()};
    Restoring restoring(restore);
    if (const auto failure = restoring.bring(zip)) return *failure;
    return restoring.restored();
}

}  // namespace emplettes::catalogue
