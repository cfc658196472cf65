#include "site/way_view.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace emplettes::site {
namespace {

constexpr std::array kProfilesShown{geo::Profile::foot, geo::Profile::bike};

std::string way_from(const Visit& visit) {
    const Where& where = visit.where;
    if (where.kind == Where::Kind::centre)
        return visit.say.text("way.from_centre", {visit.territory_name()});
    return where.near.empty() ? visit.say.text("way.from_me")
                              : visit.say.text("way.from", {where.near});
}

std::string_view turn_key(geo::Turn turn) {
    switch (turn) {
        case geo::Turn::none: return "way.start";
        case geo::Turn::straight: return "way.straight";
        case geo::Turn::slight_left: return "way.slight_left";
        case geo::Turn::left: return "way.left";
        case geo::Turn::slight_right: return "way.slight_right";
        case geo::Turn::right: return "way.right";
        case geo::Turn::round: return "way.round";
    }
    return "way.straight";
}

std::string street_text(const Say& say, const geo::Direction& direction) {
    const std::string street =
        direction.street.empty() ? say.text("way.unnamed") : direction.street;
    switch (direction.manner) {
        case geo::Manner::usual: return street;
        case geo::Manner::pushing: return say.text("way.pushing", {street});
        case geo::Manner::steps: return say.text("way.steps", {street});
    }
    return street;
}

web::View step_view(const std::string& text, const std::string& length) {
    web::View view;
    view.set("text", text).set("length", length);
    return view;
}

std::vector<web::View> steps(const Visit& visit, const geo::Journey& journey,
                             const catalogue::Shop& shop) {
    std::vector<web::View> steps;
    steps.reserve(journey.directions.size() + 1);
    for (const geo::Direction& direction : journey.directions) {
        steps.push_back(
            step_view(visit.say.text(turn_key(direction.turn), {street_text(visit.say, direction)}),
                      visit.say.distance_plain(direction.length_cm / 100.0)));
    }
    steps.push_back(step_view(visit.say.text("way.arrived", {shop.name}), ""));
    return steps;
}

// With the way from the door to the street and back, which is walked.
web::View journey_view(const Visit& visit, geo::Profile profile, const geo::Journey& journey,
                       const catalogue::Shop& shop) {
    const double doors_m = journey.from.distance_m + journey.to.distance_m;
    const double seconds =
        journey.route.time_ms / 1000.0 + doors_m * 60 / catalogue::kWalkMetresPerMinute;
    const int minutes = std::max(static_cast<int>(std::ceil(seconds / 60)), 1);
    web::View view;
    view.set("minutes", visit.say.travel({.profile = profile, .minutes = minutes}));
    view.set("length", visit.say.distance_plain(journey.route.length_cm / 100.0 + doors_m));
    view.set("steps", steps(visit, journey, shop));
    return view;
}

}  // namespace

std::optional<geo::Journey> find_journey(const Visit& visit, geo::Profile profile,
                                         const catalogue::Shop& shop) {
    const geo::StreetRouter* router = visit.view.ground().router(profile);
    if (router == nullptr) return std::nullopt;
    thread_local geo::RouteScratch scratch;
    auto journey = geo::find_journey(*router, visit.where.from, shop.position, scratch);
    if (!journey) return std::nullopt;
    return std::move(journey).value();
}

std::string set_journeys(web::View& view, const Visit& visit, const catalogue::Shop& shop) {
    std::vector<web::View> journeys;
    std::string line;
    for (const geo::Profile profile : kProfilesShown) {
        const auto journey = find_journey(visit, profile, shop);
        if (!journey) continue;
        journeys.push_back(journey_view(visit, profile, *journey, shop));
        if (profile == geo::Profile::foot) line = geo::to_json(*journey).at("shape").dump();
    }
    view.set("way_from", way_from(visit));
    view.set("has_journeys", !journeys.empty());
    view.set("journeys", std::move(journeys));
    return line;
}

}  // namespace emplettes::site
