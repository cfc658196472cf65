#include "emplettes/map_import.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <stdexcept>

#include "catalogue/import_osm.h"
#include "geo/file_hash.h"
#include "geo/osm_places.h"

namespace emplettes {
namespace {

constexpr int kShopTasks = 1;

long long as_printed(std::int64_t number) { return number; }

geo::Bounds bounds_of(const geo::OsmPlaces& places) {
    if (places.places.empty()) throw std::runtime_error("this map has no shops");
    constexpr double kMargin = 0.002;  // degrees, about 200 m
    const geo::Point first = places.places.front().position;
    geo::Bounds bounds{first.lat, first.lon, first.lat, first.lon};
    for (const auto& place : places.places) {
        bounds.south = std::min(bounds.south, place.position.lat);
        bounds.west = std::min(bounds.west, place.position.lon);
        bounds.north = std::max(bounds.north, place.position.lat);
        bounds.east = std::max(bounds.east, place.position.lon);
    }
    return {bounds.south - kMargin, bounds.west - kMargin, bounds.north + kMargin,
            bounds.east + kMargin};
}

void print_report(const geo::OsmPlaces& places, const catalogue::OsmImportReport& report) {
    std::printf("shops: %lld new, %lld changed, %lld unchanged, %lld gone\n",
                as_printed(report.shops_new), as_printed(report.shops_changed),
                as_printed(report.shops_unchanged), as_printed(report.shops_gone));
    std::printf("streets with a name: %lld\n", as_printed(report.streets));
    std::printf("opening hours: %lld without, %lld that cannot be read (shown as text)\n",
                as_printed(report.without_hours), as_printed(report.unreadable_hours));
    std::printf(
        "left out: %lld outside the territory, %lld that sell nothing, %lld without a "
        "position\n",
        as_printed(report.outside_territory), as_printed(report.not_selling),
        as_printed(places.without_position));
    if (places.without_name > 0)
        std::printf("called by their trade, for want of a name: %lld\n",
                    as_printed(places.without_name));
    if (places.missing_nodes > 0)
        std::printf("the map is a cut one: %lld missing nodes of shops were skipped\n",
                    as_printed(places.missing_nodes));
}

// One map on its way into one folder.
class MapImporter {
  public:
    MapImporter(OpenedFolder& opened, const MapImport& wanted)
        : opened_(opened), wanted_(wanted), progress_(kShopTasks + ImportedGround::kTasks) {}

    catalogue::Territory run() {
        return wanted_.new_territory.name.empty() ? into(opened_.territory(wanted_.territory))
                                                  : into_new_territory();
    }

  private:
    catalogue::Territory into(const catalogue::Territory& territory) {
        const std::string input =
            catalogue::input_of_shops(territory, trades_, geo::file_hash(wanted_.sources.map));
        const auto before = opened_.database->read(
            [&](store::Tx& tx) { return catalogue::imported_at(tx, territory.id, input); });
        progress_.begin("shops");
        if (before)
            done_before_ = true;
        else
            bring_shops(territory, read_places(), input);
        finish(territory);
        return territory;
    }

    // The settings appear last: until all is in, no server sees a territory.
    catalogue::Territory into_new_territory() {
        progress_.begin("shops");
        const geo::OsmPlaces places = read_places();
        TerritoryDraft draft(opened_.folder, wanted_.new_territory, bounds_of(places),
                             opened_.clock.now());
        const catalogue::Territory territory = opened_.registered(draft.territory());
        bring_shops(
            territory, places,
            catalogue::input_of_shops(territory, trades_, geo::file_hash(wanted_.sources.map)));
        finish(territory);
        draft.keep();
        return territory;
    }

    geo::OsmPlaces read_places() {
        return geo::read_osm_places(wanted_.sources.map, {.tags = trades_.tags()},
                                    progress_.on_progress());
    }

    void bring_shops(const catalogue::Territory& territory, geo::OsmPlaces places,
                     const std::string& input) {
        shops_ = catalogue::import_osm({.database = *opened_.database,
                                        .territory = territory,
                                        .trades = trades_,
                                        .ids = opened_.ids,
                                        .random = opened_.random,
                                        .now = opened_.clock.now(),
                                        .may_unlist_most = wanted_.may_unlist_most,
                                        .input = input},
                                       places);
        places_ = std::move(places);
    }

    void finish(const catalogue::Territory& territory) {
        GroundSources sources = wanted_.sources;
        sources.bounds = territory.bounds;
        const ImportedGround ground =
            import_ground(sources, opened_.folder.ground(territory.slug), progress_);
        progress_.clear();
        if (done_before_)
            std::puts("shops: as before, of the same map");
        else
            print_report(places_, shops_);
        for (const std::string& line : report_lines(ground)) std::puts(line.c_str());
    }

    OpenedFolder& opened_;
    const MapImport& wanted_;
    ImportProgress progress_;
    const catalogue::Trades trades_ = catalogue::Trades::load();
    bool done_before_ = false;
    geo::OsmPlaces places_;
    catalogue::OsmImportReport shops_;
};

}  // namespace

catalogue::Territory import_map(OpenedFolder& opened, const MapImport& wanted) {
    return MapImporter(opened, wanted).run();
}

}  // namespace emplettes
