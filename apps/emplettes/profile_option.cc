#include "emplettes/profile_option.h"

#include <vector>

namespace emplettes {

void add_profile_option(CLI::App& verb, std::string& name, geo::Profile otherwise) {
    std::vector<std::string> names;
    for (const geo::Profile profile : geo::kProfiles) names.emplace_back(to_string(profile));
    name = to_string(otherwise);
    verb.add_option("--profile", name, "foot, bike or cargo_bike")
        ->check(CLI::IsMember(names))
        ->capture_default_str();
}

}  // namespace emplettes
