#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "base/check.h"
#include "geo/streets/street_router.h"

namespace {

using namespace emplettes;

// Whatever was read: networks in which all that is snapped reaches all, as Dijkstra would.
void ask(const geo::StreetMap& map, geo::Profile profile) {
    const auto router = geo::StreetRouter::build(map, profile);
    if (router->network().edge_count() == 0) return;
    const geo::Snap from{.edge = 0, .along = 0.25};
    const geo::Snap to{.edge = router->network().edge_count() - 1, .along = 0.75};
    geo::RouteScratch scratch;
    const auto route = router->route(from, to, scratch);
    const std::uint32_t time_ms = router->time_ms(from, to, scratch);
    check(route.has_value() == (time_ms < geo::kFar));
    check(!route || route->time_ms == time_ms);
    check(router->matrix({&from, 1}, {&to, 1}, scratch).front() == time_ms);
    check(router->snap(router->network().shape(0).front().point(), 1).has_value());
}

}  // namespace

// The first byte says the kind of file. Reading ends, with streets or with a sentence.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static const std::string folder =
        (std::filesystem::temp_directory_path() / ("streets-fuzz-" + std::to_string(::getpid())))
            .string();
    const std::string file = folder + (data[0] % 2 == 0 ? ".osm.pbf" : ".osm");
    std::ofstream(file, std::ios::binary | std::ios::trunc)
        .write(reinterpret_cast<const char*>(data + 1), static_cast<std::streamsize>(size - 1));
    try {
        const geo::StreetMap map = geo::read_street_map(file);
        for (const geo::Profile profile : geo::kProfiles) ask(map, profile);
    } catch (const std::runtime_error& error) {
        check(std::string(error.what()).find(file) != std::string::npos);
    }
    std::filesystem::remove(file);
    return 0;
}
