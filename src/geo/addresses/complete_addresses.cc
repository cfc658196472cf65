#include "geo/addresses/complete_addresses.h"

#include <limits>
#include <string>
#include <unordered_map>

#include "base/text.h"
#include "geo/addresses/address_words.h"

namespace emplettes::geo {
namespace {

constexpr double kSameStreetMetresMax = 1000;

bool is_whole(const AddressRow& row) { return !row.postcode.empty() && !row.town.empty(); }

// The rows of one street, whatever its town.
struct SameName {
    std::vector<std::size_t> whole;
    std::vector<std::size_t> partial;
};

// What the row says itself must not be contradicted.
bool may_complete(const AddressRow& whole, const AddressRow& partial) {
    return (partial.postcode.empty() || partial.postcode == whole.postcode) &&
           (partial.town.empty() || partial.town == whole.town);
}

const AddressRow* nearest_whole(const std::vector<AddressRow>& rows, const SameName& street,
                                const AddressRow& partial) {
    const AddressRow* nearest = nullptr;
    double nearest_m = kSameStreetMetresMax;
    for (const std::size_t i : street.whole) {
        const double far_m = distance_m(rows[i].position, partial.position);
        if (far_m > nearest_m || !may_complete(rows[i], partial)) continue;
        nearest_m = far_m;
        nearest = &rows[i];
    }
    return nearest;
}

// The town that all rows that say one are in; empty when there are several.
std::string only_town(const std::vector<AddressRow>& rows) {
    std::string town;
    for (const AddressRow& row : rows) {
        if (row.town.empty()) continue;
        if (town.empty()) town = row.town;
        if (fold(row.town) != fold(town)) return {};
    }
    return town;
}

void complete_streets(std::vector<AddressRow>& rows) {
    std::unordered_map<std::string, SameName> streets;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        SameName& street = streets[street_key(rows[i].street)];
        (is_whole(rows[i]) ? street.whole : street.partial).push_back(i);
    }
    for (const auto& [key, street] : streets) {
        for (const std::size_t i : street.partial) {
            const AddressRow* whole = nearest_whole(rows, street, rows[i]);
            if (whole == nullptr) continue;
            rows[i].postcode = whole->postcode;
            rows[i].town = whole->town;
        }
    }
}

}  // namespace

void complete_addresses(std::vector<AddressRow>& rows) {
    complete_streets(rows);
    const std::string town = only_town(rows);
    for (AddressRow& row : rows)
        if (row.town.empty()) row.town = town;
}

}  // namespace emplettes::geo
