#include "emplettes/street_options.h"

#include <vector>

namespace emplettes {

void add_street_options(CLI::App& verb, StreetOptions& options, geo::Profile otherwise) {
    std::vector<std::string> names;
    for (const geo::Profile profile : geo::kProfiles) names.emplace_back(to_string(profile));
    options.profile_name = to_string(otherwise);
    verb.add_option("--osm", options.osm, "An .osm.pbf file")->required()->check(CLI::ExistingFile);
    verb.add_option("--profile", options.profile_name, "foot, bike or cargo_bike")
        ->check(CLI::IsMember(names))
        ->capture_default_str();
}

}  // namespace emplettes
