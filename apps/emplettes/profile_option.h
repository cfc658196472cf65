#pragma once
#include <CLI/CLI.hpp>
#include <string>

#include "geo/streets/travel_profile.h"

namespace emplettes {

// --profile, a name that geo::parse_profile reads; `name` must live as long as the verb.
void add_profile_option(CLI::App& verb, std::string& name, geo::Profile otherwise);

}  // namespace emplettes
