#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/json.h"
#include "emplettes/read_point.h"
#include "emplettes/street_options.h"
#include "emplettes/verbs.h"
#include "geo/streets/journey.h"
#include "geo/streets/street_files.h"

namespace emplettes {
namespace {

constexpr const char* kRouteFooter = R"(
FROM and TO are latitude,longitude: 48.8670,2.3640. South of the equator write -- before them.
With --keep the network is saved in a folder and the next start takes milliseconds; it is made again
when the map has changed.)";

struct RouteOptions {
    std::string from;
    std::string to;
    StreetOptions streets;
    std::string keep;
    bool as_json = false;
};

geo::OpenedStreets open_router(const RouteOptions& options) {
    const std::string& osm = options.streets.osm;
    const geo::Profile profile = options.streets.profile();
    if (!options.keep.empty()) return geo::open_streets(osm, options.keep, profile);
    return {.router = geo::StreetRouter::build(geo::read_street_map(osm), profile)};
}

double metres(std::uint32_t length_cm) { return length_cm / 100.0; }
double minutes(std::uint32_t time_ms) { return time_ms / 60'000.0; }

Json to_json(const geo::StreetRouter& router) {
    const auto& origin = router.origin();
    const auto& report = router.network().report();
    return {
        {"streets", router.network().edge_count()},
        {"streets_left_out", report.edges_left_out},
        {"missing_nodes", origin.map.missing_nodes},
        {"duplicates", origin.map.duplicates},
        {"restrictions", origin.map.restrictions},
        {"restrictions_not_obeyed", origin.map.unread_restrictions + origin.unclear_restrictions}};
}

void print_json(const geo::StreetRouter& router, const geo::Journey& journey,
                const RouteOptions& options) {
    Json answer = {{"profile", options.streets.profile_name}};
    answer.update(geo::to_json(journey));
    answer["map"] = to_json(router);
    std::printf("%s\n", answer.dump(2).c_str());
}

std::string words_of(const geo::Direction& direction) {
    std::string words;
    switch (direction.turn) {
        case geo::Turn::none:
        case geo::Turn::straight: break;
        case geo::Turn::slight_left: words = "slightly left: "; break;
        case geo::Turn::left: words = "left: "; break;
        case geo::Turn::slight_right: words = "slightly right: "; break;
        case geo::Turn::right: words = "right: "; break;
        case geo::Turn::round: words = "turn round: "; break;
    }
    words += direction.street.empty() ? "(a street without a name)" : direction.street;
    if (direction.manner == geo::Manner::pushing) words += ", pushing the bike";
    if (direction.manner == geo::Manner::steps) words += ", steps";
    return words;
}

void print_directions(const geo::StreetRouter& router, const geo::Journey& journey) {
    std::puts("   metres  minutes");
    if (journey.from.distance_m >= 1)
        std::printf("%9.0f           to the street\n", journey.from.distance_m);
    for (const geo::Direction& direction : journey.directions)
        std::printf("%9.0f  %7.1f  %s\n", metres(direction.length_cm), minutes(direction.time_ms),
                    words_of(direction).c_str());
    if (journey.to.distance_m >= 1)
        std::printf("%9.0f           from the street\n", journey.to.distance_m);
    std::printf("%9.0f  %7.1f  in all\n", metres(journey.route.length_cm),
                minutes(journey.route.time_ms));
    const auto& origin = router.origin();
    std::printf("map: %u streets, %lld more not connected to them, %lld missing nodes skipped\n",
                router.network().edge_count(),
                static_cast<long long>(router.network().report().edges_left_out),
                static_cast<long long>(origin.map.missing_nodes));
}

std::string sentence_of(geo::JourneyError error, const RouteOptions& options) {
    if (error == geo::JourneyError::no_way) return "there is no way of less than twelve days";
    const bool is_start = error == geo::JourneyError::no_street_at_start;
    return "within 1 km of " + (is_start ? options.from : options.to) + " there is no street for " +
           options.streets.profile_name + " in " + options.streets.osm;
}

void show_route(const RouteOptions& options) {
    const geo::OpenedStreets opened = open_router(options);
    if (!opened.built_because.empty())
        std::fprintf(stderr, "The network in %s was made anew: %s.\n", options.keep.c_str(),
                     opened.built_because.c_str());
    const geo::StreetRouter& router = *opened.router;
    geo::RouteScratch scratch;
    const auto journey =
        geo::find_journey(router, read_point(options.from), read_point(options.to), scratch);
    if (!journey) throw std::runtime_error(sentence_of(journey.error(), options));
    if (options.as_json) {
        print_json(router, *journey, options);
    } else {
        print_directions(router, *journey);
    }
}

}  // namespace

void add_route(CLI::App& cli, int& /*status*/) {
    auto options = std::make_shared<RouteOptions>();
    auto* verb = cli.add_subcommand("route", "The fastest way on foot, by bike or by cargo bike");
    verb->footer(kRouteFooter);
    verb->add_option("FROM", options->from, "latitude,longitude")->required();
    verb->add_option("TO", options->to, "latitude,longitude")->required();
    add_street_options(*verb, options->streets, geo::Profile::cargo_bike);
    verb->add_option("--keep", options->keep, "Folder where the network is saved")
        ->check(CLI::ExistingDirectory);
    verb->add_flag("--json", options->as_json, "For programs");
    verb->callback([options] { show_route(*options); });
}

}  // namespace emplettes
