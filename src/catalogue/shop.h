#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "catalogue/closure.h"
#include "geo/point.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// A place that sells. `kind` is its trade, a key of the table of kinds (kind.h). Where its keeper
// says otherwise than its source (shop_word.h), the keeper is right.
struct Shop {
    ShopId id;
    std::string slug;
    std::string name;
    std::string kind;
    bool is_maker = false;
    geo::Point position;
    std::string housenumber;
    std::string street;
    std::string postcode;
    std::string city;
    std::string phone;
    std::string website;
    std::string email;
    std::string opening_hours;  // as its keeper or its source wrote it
    std::string about;          // the keeper's alone
    std::optional<Closure> closure;
    bool has_own_hours = false;  // they are the keeper's
    std::string source;          // "osm"
    std::string source_ref;      // "node/123"
    bool is_listed = true;       // false: gone from its source; kept for its reservations
    std::string secret;          // code of its page of requests; never shown to others
    int hold_open_days = 1;  // a reservation is kept until closing time of the nth open day after
    Instant updated_at;

    bool operator==(const Shop&) const = default;
};

constexpr int kHoldOpenDaysMax = 14;

// As they are to be shown:
std::vector<Shop> load_shops(store::Tx& tx, TerritoryId territory);
std::optional<Shop> find_shop(store::Tx& tx, TerritoryId territory, ShopId id);
std::optional<Shop> find_shop_by_slug(store::Tx& tx, TerritoryId territory, std::string_view slug);
std::optional<Shop> find_shop_by_secret(store::Tx& tx, TerritoryId territory,
                                        std::string_view secret);

// What an import compares and writes: the shops as their sources tell them, without a keeper's
// word.
std::vector<Shop> load_sourced_shops(store::Tx& tx, TerritoryId territory);
std::optional<Shop> find_sourced_shop(store::Tx& tx, TerritoryId territory, ShopId id);
// Inserts or replaces the source's word.
void save_shop(store::Tx& tx, TerritoryId territory, const Shop& shop);
void set_hold_open_days(store::Tx& tx, TerritoryId territory, ShopId id, int days);

}  // namespace emplettes::catalogue
