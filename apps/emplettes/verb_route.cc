#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/json.h"
#include "emplettes/opened_ground.h"
#include "emplettes/profile_option.h"
#include "emplettes/read_point.h"
#include "emplettes/verbs.h"
#include "geo/streets/journey.h"

namespace emplettes {
namespace {

constexpr const char* kRouteFooter = R"(
FROM and TO are latitude,longitude: 48.8670,2.3640. With --data they may be addresses as well:
"12 rue Cadet".
The streets are those that `emplettes import osm` made in a data folder, or those of a map.)";

struct RouteOptions {
    std::string from;
    std::string to;
    std::string osm;
    std::string data;
    std::string territory;
    std::string profile_name;
    bool as_json = false;
};

geo::Profile profile_of(const RouteOptions& options) {
    return *geo::parse_profile(options.profile_name);
}

// The streets and, where they come from a data folder, the addresses.
std::shared_ptr<const geo::Ground> find_ground(const RouteOptions& options) {
    if (!options.data.empty()) return open_ground(options.data, options.territory);
    const geo::Profile profile = profile_of(options);
    auto ground = std::make_shared<geo::Ground>();
    ground->streets[static_cast<std::size_t>(profile)] =
        geo::StreetRouter::build(geo::read_street_map(options.osm), profile);
    return ground;
}

const geo::StreetRouter& load_router(const geo::Ground& ground, const RouteOptions& options) {
    const geo::StreetRouter* router = ground.router(profile_of(options));
    if (router == nullptr)
        throw std::runtime_error("there are no streets for " + options.profile_name + " in " +
                                 options.data + ": `emplettes import osm` makes them");
    return *router;
}

// A place as somebody writes it.
geo::Point load_place(const geo::Ground& ground, const std::string& text) {
    if (ground.addresses == nullptr || geo::parse_point(text)) return read_point(text);
    const auto found = ground.addresses->find({.text = text, .limit = 1});
    if (found.empty() || found.front().fit.missing > 0)
        throw std::runtime_error(
            "\"" + text + "\" is no address known there" +
            (found.empty() ? "" : "; the nearest is " + found.front().label()));
    std::fprintf(stderr, "%s\n", found.front().label().c_str());
    return found.front().position;
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
    Json answer = {{"profile", options.profile_name}};
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
           options.profile_name + " in " + (options.data.empty() ? options.osm : options.data);
}

void show_route(const RouteOptions& options) {
    const auto ground = find_ground(options);
    const geo::StreetRouter& router = load_router(*ground, options);
    geo::RouteScratch scratch;
    const auto journey = geo::find_journey(router, load_place(*ground, options.from),
                                           load_place(*ground, options.to), scratch);
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
    verb->add_option("FROM", options->from, "latitude,longitude, or an address")->required();
    verb->add_option("TO", options->to, "latitude,longitude, or an address")->required();
    auto* source = verb->add_option_group("source", "Where the streets come from");
    source->add_option("--data", options->data, "A data folder");
    source->add_option("--osm", options->osm, "A map: .osm.pbf")->check(CLI::ExistingFile);
    source->require_option(1);
    verb->add_option("--territory", options->territory, "Its slug, when there are several");
    add_profile_option(*verb, options->profile_name, geo::Profile::cargo_bike);
    verb->add_flag("--json", options->as_json, "For programs");
    verb->callback([options] { show_route(*options); });
}

}  // namespace emplettes
