#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/json.h"
#include "emplettes/opened_ground.h"
#include "emplettes/read_point.h"
#include "emplettes/verbs.h"
#include "geo/addresses/address_json.h"

namespace emplettes {
namespace {

constexpr double kToHouseMetresMax = 500;

constexpr const char* kGeocodeFooter = R"(
ADDRESS as people write it: "12 bis bd voltaire", "Paris XI 12 bd Voltaire"; the number may stand
anywhere.
The addresses are those that `emplettes import osm` brought into a data folder, or those of a file.
With --reverse, ADDRESS is latitude,longitude, and the nearest house is told.)";

struct GeocodeOptions {
    std::string text;
    std::string addresses;
    std::string data;
    std::string territory;
    std::size_t limit = 5;
    bool is_reverse = false;
    bool as_json = false;
};

std::vector<geo::FoundAddress> ask(const geo::AddressIndex& index, const GeocodeOptions& options) {
    if (!options.is_reverse) return index.find({.text = options.text, .limit = options.limit});
    std::vector<geo::FoundAddress> found;
    if (const auto house = index.nearest(read_point(options.text), kToHouseMetresMax))
        found.push_back(*house);
    return found;
}

std::shared_ptr<const geo::AddressIndex> open_addresses(const GeocodeOptions& options) {
    if (options.data.empty())
        return geo::AddressIndex::build(geo::read_addresses(options.addresses), 0);
    auto addresses = open_ground(options.data, options.territory)->addresses;
    if (!addresses)
        throw std::runtime_error("there are no addresses in " + options.data +
                                 ": `emplettes import osm` brings them");
    return addresses;
}

// Whether something was found.
bool run(const GeocodeOptions& options) {
    const auto opened = open_addresses(options);
    const geo::AddressIndex& index = *opened;
    const geo::AddressReport& report = index.origin().report;
    const auto found = ask(index, options);
    if (options.as_json) {
        Json list = Json::array();
        for (const auto& address : found) list.push_back(geo::to_json(address));
        const Json answer = {{"rows", report.rows_read},
                             {"without_number", report.without_number},
                             {"without_street", report.without_street},
                             {"without_position", report.without_position},
                             {"houses", index.house_count()},
                             {"streets", index.street_count()},
                             {"found", std::move(list)}};
        std::puts(answer.dump(2).c_str());
        return !found.empty();
    }
    for (const auto& address : found)
        std::printf("%-60s %.6f,%.6f  %s\n", address.label().c_str(), address.position.lat,
                    address.position.lon, std::string(geo::to_string(address.match)).c_str());
    if (found.empty())
        std::printf("Nothing like \"%s\" among %zu houses of %zu streets in %s.\n",
                    options.text.c_str(), index.house_count(), index.street_count(),
                    (options.data.empty() ? options.addresses : options.data).c_str());
    return !found.empty();
}

}  // namespace

void add_geocode(CLI::App& cli, int& status) {
    auto options = std::make_shared<GeocodeOptions>();
    auto* verb = cli.add_subcommand("geocode", "Where an address is");
    verb->add_option("ADDRESS", options->text, "As people write it")->required();
    auto* source = verb->add_option_group("source", "Where the addresses come from");
    source->add_option("--data", options->data, "A data folder");
    source->add_option("--addresses", options->addresses, "A file: BAN, BANO or .osm.pbf")
        ->check(CLI::ExistingFile);
    source->require_option(1);
    verb->add_option("--territory", options->territory, "Its slug, when there are several");
    verb->add_option("--limit", options->limit, "At most so many")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    verb->add_flag("--reverse", options->is_reverse, "The house nearest to latitude,longitude");
    verb->add_flag("--json", options->as_json, "For programs");
    verb->footer(kGeocodeFooter);
    verb->callback([options, &status] { status = run(*options) ? 0 : 1; });
}

}  // namespace emplettes
