#include <charconv>
#include <optional>

#include "site/problems.h"
#include "site/shop_pages.h"

namespace emplettes::site {
namespace {

constexpr std::string_view kForever = "public, max-age=31536000, immutable";

template <typename Number>
bool read(std::string_view text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

// Nothing where a part is no number; that there is such a tile is not said.
std::optional<geo::TileAddress> read_address(const web::Request& request) {
    geo::TileAddress tile;
    const bool is_read = read(request.parameter("zoom"), tile.zoom) &&
                         read(request.parameter("x"), tile.x) &&
                         read(request.parameter("y"), tile.y);
    return is_read ? std::optional(tile) : std::nullopt;
}

}  // namespace

web::Response map_tile(Visit& visit) {
    const auto& tiles = visit.view.ground().tiles;
    const auto address = read_address(visit.request);
    if (!tiles || !address)
        return problem(visit.request, 404, "unknown_tile",
                       tiles ? "zoom, x and y are whole numbers" : "this territory has no map");
    web::Response response{.content_type = "application/vnd.mapbox-vector-tile"};
    // A page that is open since before an import asks for tiles that are gone: it gets those of
    // today, and keeps them no longer than today.
    const bool is_current = visit.request.parameter("version") == tiles->version();
    response.add_header("Cache-Control", std::string(is_current ? kForever : "no-cache"));
    const auto bytes = tiles->find(*address);
    response.body.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (bytes.empty())
        response.status = 204;
    else
        response.add_header("Content-Encoding", "gzip");
    return response;
}

}  // namespace emplettes::site
