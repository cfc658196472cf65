#include "geo/addresses/complete_addresses.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/text.h"
#include "geo/addresses/address_words.h"

namespace emplettes::geo {
namespace {

constexpr double kSameStreetMetresMax = 1000;
constexpr double kSameStreetDegrees = 0.01;  // of latitude: a little more

using Text = std::string AddressRow::*;
using Rows = std::vector<AddressRow>;
// The rows of one street, whatever its town, by latitude.
using Street = std::vector<std::size_t>;

// What the one says and the other does not contradict.
bool may_complete(const AddressRow& from, const AddressRow& row, Text missing) {
    const Text other = missing == &AddressRow::town ? &AddressRow::postcode : &AddressRow::town;
    return !(from.*missing).empty() &&
           ((row.*other).empty() || (from.*other).empty() || row.*other == from.*other);
}

const AddressRow* find_nearest(const Rows& rows, const Street& street, const AddressRow& row,
                               Text missing) {
    const auto lat_of = [&](std::size_t i) { return rows[i].position.lat; };
    const double lat = row.position.lat;
    const AddressRow* nearest = nullptr;
    double nearest_m = kSameStreetMetresMax;
    auto at = std::ranges::lower_bound(street, lat - kSameStreetDegrees, {}, lat_of);
    for (; at != street.end() && lat_of(*at) <= lat + kSameStreetDegrees; ++at) {
        const AddressRow& from = rows[*at];
        if (!may_complete(from, row, missing)) continue;
        const double far_m = distance_m(from.position, row.position);
        if (far_m > nearest_m) continue;
        nearest_m = far_m;
        nearest = &from;
    }
    return nearest;
}

// From what the file says, not from what was found for others.
void complete(Rows& rows, const Street& street, Text missing) {
    std::vector<std::pair<std::size_t, std::string>> found;
    for (const std::size_t i : street) {
        if (!(rows[i].*missing).empty()) continue;
        if (const AddressRow* from = find_nearest(rows, street, rows[i], missing))
            found.emplace_back(i, from->*missing);
    }
    for (const auto& [i, text] : found) rows[i].*missing = text;
}

// "PARIS" and "Paris 10ème Arrondissement" are Paris, as their postcode says.
void name_city(AddressRow& row) {
    const std::string_view city = city_of(row.postcode);
    if (!city.empty()) row.town = to_upper_ascii(city.substr(0, 1)) + std::string(city.substr(1));
}

// The town that all rows that say one are in; empty when there are several.
std::string only_town(const Rows& rows) {
    std::string town;
    for (const AddressRow& row : rows) {
        if (row.town.empty()) continue;
        if (town.empty()) town = row.town;
        if (fold(row.town) != fold(town)) return {};
    }
    return town;
}

}  // namespace

void complete_addresses(std::vector<AddressRow>& rows) {
    std::unordered_map<std::string, Street> streets;
    for (std::size_t i = 0; i < rows.size(); ++i) streets[street_key(rows[i].street)].push_back(i);
    for (auto& [key, street] : streets) {
        std::ranges::sort(street, {}, [&](std::size_t i) { return rows[i].position.lat; });
        complete(rows, street, &AddressRow::postcode);
        for (const std::size_t i : street) name_city(rows[i]);
        complete(rows, street, &AddressRow::town);
    }
    const std::string town = only_town(rows);
    for (AddressRow& row : rows)
        if (row.town.empty()) row.town = town;
}

}  // namespace emplettes::geo
