#include "catalogue/import_osm.h"

#include <xxhash.h>

#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "catalogue/degrees.h"
#include "catalogue/news.h"
#include "catalogue/shop.h"
#include "catalogue/shop_secret.h"
#include "catalogue/street.h"
#include "geo/opening_hours.h"

namespace emplettes::catalogue {
namespace {

constexpr std::string_view kSource = "osm";
constexpr std::size_t kFewShops = 10;  // below this no file is taken for a wrong one

// Counted up when an import makes something else of the same map.
constexpr int kImportRules = 1;

constexpr const char* kSelectRecord =
    "SELECT input_hash, imported_at FROM import_record"
    " WHERE territory_id = :territory_id AND task = :task";
constexpr const char* kSaveRecord =
    "INSERT INTO import_record (territory_id, task, input_hash, imported_at)"
    " VALUES (:territory_id, :task, :input_hash, :imported_at)"
    " ON CONFLICT (territory_id, task) DO UPDATE"
    " SET input_hash = excluded.input_hash, imported_at = excluded.imported_at";
constexpr std::string_view kTask = "shops";

// What the territory knew before, and the slugs that are taken.
struct Known {
    std::unordered_map<std::string, Shop> by_ref;
    std::unordered_set<std::string> slugs;
};

Known load_known(store::Tx& tx, TerritoryId territory) {
    Known known;
    for (Shop& shop : load_sourced_shops(tx, territory)) {
        known.slugs.insert(shop.slug);
        if (shop.source == kSource) known.by_ref.emplace(shop.source_ref, std::move(shop));
    }
    return known;
}

// "mamiche", "mamiche-rue-condorcet", "mamiche-rue-condorcet-2"
std::string free_slug(const geo::OsmPlace& place, const Kind& kind,
                      std::unordered_set<std::string>& taken) {
    std::string slug = slugify(place.name);
    if (slug.empty()) slug = slugify(kind.key);
    if (taken.insert(slug).second) return slug;
    if (!place.street.empty()) {
        slug += "-" + slugify(place.street);
        if (taken.insert(slug).second) return slug;
    }
    for (int number = 2;; ++number) {
        const std::string numbered = slug + "-" + std::to_string(number);
        if (taken.insert(numbered).second) return numbered;
    }
}

// The facts of the map; what is ours (id, slug, secret, settings) stays. A shop without a name is
// called by its trade.
void take_facts(const geo::OsmPlace& place, const Kind& kind, const Territory& territory,
                Shop& shop) {
    shop.name = place.name.empty() ? kind.name(territory.languages.front()) : place.name;
    shop.kind = kind.key;
    shop.is_maker = kind.is_maker;
    shop.position = place.position;
    shop.housenumber = place.housenumber;
    shop.street = place.street;
    shop.postcode = place.postcode;
    shop.city = place.city;
    shop.phone = place.phone;
    shop.website = place.website;
    shop.email = place.email;
    shop.opening_hours = place.opening_hours;
    shop.is_listed = true;
}

Shop make_shop(const OsmImport& import, const geo::OsmPlace& place, const Kind& kind,
               std::unordered_set<std::string>& slugs) {
    return {.id = import.ids.next<ShopId>(),
            .slug = free_slug(place, kind, slugs),
            .source = std::string(kSource),
            .source_ref = place.osm_ref,
            .secret = import.random.url_token(kSecretBytes),
            .hold_open_days = import.territory.hold_open_days};
}

void count_hours(const Shop& shop, OsmImportReport& report) {
    if (shop.opening_hours.empty())
        ++report.without_hours;
    else if (!geo::OpeningHours::parse(shop.opening_hours).readable())
        ++report.unreadable_hours;
}

// True when two shops differ in anything that the map tells.
bool differ(Shop a, const Shop& b) {
    a.updated_at = b.updated_at;
    a.position = b.position;  // compared apart, as it was stored
    return !(a == b);
}

class Importer {
  public:
    Importer(const OsmImport& import, store::Tx& tx)
        : import_(import), tx_(tx), known_(load_known(tx, import.territory.id)) {}

    OsmImportReport run(const geo::OsmPlaces& places) {
        for (const geo::OsmPlace& place : places.places) bring(place);
        unlist_gone();
        bring_streets(places.streets);
        if (!import_.input.empty()) record();
        append_shop_news(tx_, import_.territory.id, import_.now);
        return report_;
    }

  private:
    void bring(const geo::OsmPlace& place) {
        const Kind* kind = import_.trades.kind_of_tag(place.key, place.value);
        if (!kind) {
            ++report_.not_selling;
            return;
        }
        if (!import_.territory.bounds.contains(place.position)) {
            ++report_.outside_territory;
            return;
        }
        if (!seen_.insert(place.osm_ref).second) return;
        const auto known = known_.by_ref.find(place.osm_ref);
        const bool is_new = known == known_.by_ref.end();
        Shop shop = is_new ? make_shop(import_, place, *kind, known_.slugs) : known->second;
        take_facts(place, *kind, import_.territory, shop);
        count_hours(shop, report_);
        if (!is_new && !differ(shop, known->second) &&
            geo::distance_m(shop.position, known->second.position) < 0.1) {
            ++report_.shops_unchanged;
            return;
        }
        shop.updated_at = import_.now;
        save_shop(tx_, import_.territory.id, shop);
        ++(is_new ? report_.shops_new : report_.shops_changed);
    }

    void unlist_gone() {
        std::vector<Shop> gone;
        std::size_t listed = 0;
        for (const auto& [ref, shop] : known_.by_ref) {
            if (!shop.is_listed) continue;
            ++listed;
            if (!seen_.contains(ref)) gone.push_back(shop);
        }
        const bool is_most = gone.size() * 2 > listed && listed >= kFewShops;
        if (is_most && !import_.may_unlist_most)
            throw WrongMap("this file lacks " + std::to_string(gone.size()) + " of the " +
                           std::to_string(listed) +
                           " shops known here: is it another place's file? Nothing was changed. "
                           "Add --replace to take it all the same.");
        for (Shop& shop : gone) {
            shop.is_listed = false;
            shop.updated_at = import_.now;
            save_shop(tx_, import_.territory.id, shop);
        }
        report_.shops_gone = static_cast<std::int64_t>(gone.size());
    }

    void record() {
        tx_.run(kSaveRecord, {{"territory_id", import_.territory.id},
                              {"task", kTask},
                              {"input_hash", import_.input},
                              {"imported_at", import_.now}});
    }

    void bring_streets(const std::vector<geo::OsmStreet>& found) {
        std::vector<Street> streets;
        for (const geo::OsmStreet& street : found)
            if (import_.territory.bounds.contains(street.position))
                streets.push_back({.id = import_.ids.next<StreetId>(),
                                   .name = street.name,
                                   .position = street.position});
        replace_streets(tx_, import_.territory.id, streets);
        report_.streets = static_cast<std::int64_t>(streets.size());
    }

    const OsmImport& import_;
    store::Tx& tx_;
    Known known_;
    std::unordered_set<std::string> seen_;
    OsmImportReport report_;
};

}  // namespace

std::string input_of_shops(const Territory& territory, const Trades& trades,
                           std::uint64_t map_hash) {
    const geo::Bounds& bounds = territory.bounds;
    std::string input = std::to_string(kImportRules) + '|' + std::to_string(map_hash);
    for (const double edge : {bounds.south, bounds.west, bounds.north, bounds.east})
        input += '|' + std::to_string(to_e7(edge));
    input += '|' + territory.languages.front();
    std::string kinds;
    for (const auto& [key, value] : trades.tags()) {
        const Kind* kind = trades.kind_of_tag(key, value);
        kinds += key + '=' + value + '|' + (kind ? kind->key : "") +
                 (kind && kind->is_maker ? "|maker|" : "|") +
                 (kind ? kind->name(territory.languages.front()) : "") + '\n';
    }
    return input + '|' + std::to_string(XXH3_64bits(kinds.data(), kinds.size()));
}

std::optional<Instant> imported_at(store::Tx& tx, TerritoryId territory, std::string_view input) {
    const auto record =
        tx.one<std::string, Instant>(kSelectRecord, {{"territory_id", territory}, {"task", kTask}});
    if (!record || std::get<0>(*record) != input) return std::nullopt;
    return std::get<1>(*record);
}

OsmImportReport import_osm(const OsmImport& import, const geo::OsmPlaces& places) {
    return import.database.write([&](store::Tx& tx) { return Importer(import, tx).run(places); });
}

}  // namespace emplettes::catalogue
