#pragma once
#include <CLI/CLI.hpp>
#include <string>

#include "geo/streets/travel_profile.h"

namespace emplettes {

// The map and the traveller that verbs on streets are given.
struct StreetOptions {
    std::string osm;
    std::string profile_name;

    geo::Profile profile() const { return *geo::parse_profile(profile_name); }
};

// --osm and --profile; `options` must live as long as the verb.
void add_street_options(CLI::App& verb, StreetOptions& options, geo::Profile otherwise);

}  // namespace emplettes
