#include "emplettes/bench_cases.h"

#include "base/text.h"

namespace emplettes {
namespace {

constexpr std::uint64_t kPlacesOnSide = 997;

// The first word of each title, and beginnings of it, as somebody types.
std::vector<std::string> typed_words(const BenchSample& sample) {
    std::vector<std::string> words;
    for (const catalogue::Product& product : sample.products) {
        const std::string title = product.title.substr(0, product.title.find(','));
        const auto parts = split(title, ' ');
        words.emplace_back(parts.front());
        words.emplace_back(utf8_prefix(parts.front(), 3));
        if (parts.size() > 1) words.push_back(std::string(parts[0]) + " " + std::string(parts[1]));
    }
    return words;
}

// The addresses of the shops that have one, and beginnings of them, as somebody types.
std::vector<std::string> typed_addresses(const BenchSample& sample) {
    std::vector<std::string> addresses;
    for (const catalogue::Shop& shop : sample.shops) {
        if (shop.street.empty()) continue;
        const std::string address = shop.housenumber + " " + shop.street;
        for (std::size_t size = 3; size < address.size(); size += 4)
            addresses.emplace_back(utf8_prefix(address, size));
    }
    return addresses;
}

// Somewhere in the territory, another place for every number.
std::string place(const catalogue::Territory& territory, std::uint64_t n) {
    const auto share = [&](std::uint64_t step) {
        return static_cast<double>(n * step % kPlacesOnSide) / static_cast<double>(kPlacesOnSide);
    };
    const auto& [south, west, north, east] = territory.bounds;
    return std::to_string(south + share(7919) * (north - south)) + "," +
           std::to_string(west + share(104'729) * (east - west));
}

void run_pages(const BenchSample& sample, const RunCase& run) {
    const auto words = typed_words(sample);
    const auto word = [&](std::uint64_t n) { return url_encode(words[n * 7919 % words.size()]); };
    const auto product = [&](std::uint64_t n) {
        return std::to_string(sample.products[n * 7919 % sample.products.size()].id.value);
    };
    run("search_api", [&](std::uint64_t n) { return "/api/v1/search?q=" + word(n); });
    run("suggest_api", [&](std::uint64_t n) { return "/api/v1/suggest?q=" + word(n); });
    run("product_page", [&](std::uint64_t n) { return "/fr/products/" + product(n); });
    run("results_page", [&](std::uint64_t n) { return "/fr/search?q=" + word(n); });
    run("home_page", [&](std::uint64_t) { return std::string("/fr/"); });
    // Nobody has asked from there before: the ways are looked for each time.
    run("search_api_anywhere", [&](std::uint64_t n) {
        const std::string at = place(sample.territory, n);
        const auto comma = at.find(',');
        return "/api/v1/search?q=" + word(n) + "&lat=" + at.substr(0, comma) +
               "&lon=" + at.substr(comma + 1);
    });
}

void run_ways(const BenchSample& sample, const geo::Ground& ground, const RunCase& run) {
    const auto typed = typed_addresses(sample);
    if (!typed.empty())
        run("geocode_api", [&](std::uint64_t n) {
            return "/api/v1/geocode?q=" + url_encode(typed[n * 7919 % typed.size()]);
        });
    run("route_api", [&](std::uint64_t n) {
        return "/api/v1/route?profile=bike&from=" + place(sample.territory, n) +
               "&to=" + place(sample.territory, n + 1);
    });
    if (ground.tiles == nullptr || ground.tiles->size() == 0) return;
    const geo::TileSet& tiles = *ground.tiles;
    run("tile", [&](std::uint64_t n) {
        const geo::TileAddress tile = tiles.address(n % tiles.size());
        return "/map/tiles/" + tiles.version() + "/" + std::to_string(tile.zoom) + "/" +
               std::to_string(tile.x) + "/" + std::to_string(tile.y);
    });
    run("map_page", [](std::uint64_t) { return std::string("/fr/map"); });
}

}  // namespace

void run_page_cases(const BenchSample& sample, const geo::Ground& ground, const RunCase& run) {
    run_pages(sample, run);
    run_ways(sample, ground, run);
}

}  // namespace emplettes
