#include "catalogue/shop.h"

#include "catalogue/degrees.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kSelectSql = R"sql(
    SELECT shop.shop_id, shop.slug, COALESCE(NULLIF(word.name, ''), shop.name), shop.kind,
        shop.is_maker, shop.lat_e7, shop.lon_e7, shop.housenumber, shop.street, shop.postcode,
        shop.city, COALESCE(NULLIF(word.phone, ''), shop.phone),
        COALESCE(NULLIF(word.website, ''), shop.website),
        COALESCE(NULLIF(word.email, ''), shop.email),
        COALESCE(NULLIF(word.opening_hours, ''), shop.opening_hours), shop.source,
        shop.source_ref, shop.is_listed, shop.secret, shop.hold_open_days, shop.updated_at,
        COALESCE(word.about, ''), COALESCE(word.closed_from, 0), COALESCE(word.closed_until, 0),
        COALESCE(word.closed_reason, ''), COALESCE(word.opening_hours, '')
    FROM shop LEFT JOIN shop_word AS word
        ON word.territory_id = shop.territory_id AND word.shop_id = shop.shop_id
    WHERE shop.territory_id = :territory_id
)sql";

constexpr const char* kSelectSourcedSql = R"sql(
    SELECT shop_id, slug, name, kind, is_maker, lat_e7, lon_e7, housenumber, street, postcode,
        city, phone, website, email, opening_hours, source, source_ref, is_listed, secret,
        hold_open_days, updated_at, '', CAST(0 AS BIGINT), CAST(0 AS BIGINT), '', ''
    FROM shop
    WHERE territory_id = :territory_id
)sql";

constexpr const char* kSaveSql =
    "INSERT INTO shop (territory_id, shop_id, slug, name, kind, is_maker, lat_e7, lon_e7,"
    " housenumber, street, postcode, city, phone, website, email, opening_hours, source,"
    " source_ref, is_listed, secret, hold_open_days, updated_at)"
    " VALUES (:territory_id, :shop_id, :slug, :name, :kind, :is_maker, :lat_e7, :lon_e7,"
    " :housenumber, :street, :postcode, :city, :phone, :website, :email, :opening_hours, :source,"
    " :source_ref, :is_listed, :secret, :hold_open_days, :updated_at)"
    " ON CONFLICT (territory_id, shop_id) DO UPDATE SET slug = excluded.slug,"
    " name = excluded.name, kind = excluded.kind, is_maker = excluded.is_maker,"
    " lat_e7 = excluded.lat_e7, lon_e7 = excluded.lon_e7, housenumber = excluded.housenumber,"
    " street = excluded.street, postcode = excluded.postcode, city = excluded.city,"
    " phone = excluded.phone, website = excluded.website, email = excluded.email,"
    " opening_hours = excluded.opening_hours, is_listed = excluded.is_listed,"
    " hold_open_days = excluded.hold_open_days, updated_at = excluded.updated_at";

constexpr const char* kHoldSql =
    "UPDATE shop SET hold_open_days = :days"
    " WHERE territory_id = :territory_id AND shop_id = :shop_id";

template <typename F>
void each_shop(store::Tx& tx, const std::string& sql, store::Params params, F&& f) {
    using Text = std::string;
    tx.each<ShopId, Text, Text, Text, bool, std::int64_t, std::int64_t, Text, Text, Text, Text,
            Text, Text, Text, Text, Text, Text, bool, Text, int, Instant, Text, std::int64_t,
            std::int64_t, Text, Text>(
        sql, params,
        [&](ShopId id, Text slug, Text name, Text kind, bool is_maker, std::int64_t lat_e7,
            std::int64_t lon_e7, Text housenumber, Text street, Text postcode, Text city,
            Text phone, Text website, Text email, Text opening_hours, Text source, Text source_ref,
            bool is_listed, Text secret, int hold_open_days, Instant updated_at, Text about,
            std::int64_t closed_from, std::int64_t closed_until, Text reason, const Text& own) {
            f(Shop{.id = id,
                   .slug = std::move(slug),
                   .name = std::move(name),
                   .kind = std::move(kind),
                   .is_maker = is_maker,
                   .position = from_e7(lat_e7, lon_e7),
                   .housenumber = std::move(housenumber),
                   .street = std::move(street),
                   .postcode = std::move(postcode),
                   .city = std::move(city),
                   .phone = std::move(phone),
                   .website = std::move(website),
                   .email = std::move(email),
                   .opening_hours = std::move(opening_hours),
                   .about = std::move(about),
                   .closure = closure_of(
                       {.from = closed_from, .until = closed_until, .reason = std::move(reason)}),
                   .has_own_hours = !own.empty(),
                   .source = std::move(source),
                   .source_ref = std::move(source_ref),
                   .is_listed = is_listed,
                   .secret = std::move(secret),
                   .hold_open_days = hold_open_days,
                   .updated_at = updated_at});
        });
}

std::optional<Shop> find_one(store::Tx& tx, const std::string& sql, store::Params params) {
    std::optional<Shop> found;
    each_shop(tx, sql, params, [&](Shop shop) { found = std::move(shop); });
    return found;
}

}  // namespace

std::vector<Shop> load_shops(store::Tx& tx, TerritoryId territory) {
    std::vector<Shop> shops;
    each_shop(tx, std::string(kSelectSql) + " ORDER BY shop.shop_id", {{"territory_id", territory}},
              [&](Shop shop) { shops.push_back(std::move(shop)); });
    return shops;
}

std::optional<Shop> find_shop(store::Tx& tx, TerritoryId territory, ShopId id) {
    return find_one(tx, std::string(kSelectSql) + " AND shop.shop_id = :shop_id",
                    {{"territory_id", territory}, {"shop_id", id}});
}

std::optional<Shop> find_shop_by_slug(store::Tx& tx, TerritoryId territory, std::string_view slug) {
    return find_one(tx, std::string(kSelectSql) + " AND shop.slug = :slug",
                    {{"territory_id", territory}, {"slug", slug}});
}

std::optional<Shop> find_shop_by_secret(store::Tx& tx, TerritoryId territory,
                                        std::string_view secret) {
    return find_one(tx, std::string(kSelectSql) + " AND shop.secret = :secret",
                    {{"territory_id", territory}, {"secret", secret}});
}

std::vector<Shop> load_sourced_shops(store::Tx& tx, TerritoryId territory) {
    std::vector<Shop> shops;
    each_shop(tx, std::string(kSelectSourcedSql) + " ORDER BY shop_id",
              {{"territory_id", territory}}, [&](Shop shop) { shops.push_back(std::move(shop)); });
    return shops;
}

std::optional<Shop> find_sourced_shop(store::Tx& tx, TerritoryId territory, ShopId id) {
    return find_one(tx, std::string(kSelectSourcedSql) + " AND shop_id = :shop_id",
                    {{"territory_id", territory}, {"shop_id", id}});
}

void save_shop(store::Tx& tx, TerritoryId territory, const Shop& shop) {
    tx.run(kSaveSql, {{"territory_id", territory},
                      {"shop_id", shop.id},
                      {"slug", shop.slug},
                      {"name", shop.name},
                      {"kind", shop.kind},
                      {"is_maker", shop.is_maker},
                      {"lat_e7", to_e7(shop.position.lat)},
                      {"lon_e7", to_e7(shop.position.lon)},
                      {"housenumber", shop.housenumber},
                      {"street", shop.street},
                      {"postcode", shop.postcode},
                      {"city", shop.city},
                      {"phone", shop.phone},
                      {"website", shop.website},
                      {"email", shop.email},
                      {"opening_hours", shop.opening_hours},
                      {"source", shop.source},
                      {"source_ref", shop.source_ref},
                      {"is_listed", shop.is_listed},
                      {"secret", shop.secret},
                      {"hold_open_days", shop.hold_open_days},
                      {"updated_at", shop.updated_at}});
}

void set_hold_open_days(store::Tx& tx, TerritoryId territory, ShopId id, int days) {
    tx.run(kHoldSql, {{"territory_id", territory}, {"shop_id", id}, {"days", days}});
}

}  // namespace emplettes::catalogue
