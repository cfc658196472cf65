#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "catalogue/territory.h"
#include "geo/addresses/address_index.h"

namespace emplettes::site {

// What somebody means who types an address: one that has every word typed, within the bounds of the
// territory.
struct NearAddress {
    enum class Kind : std::uint8_t {
        none,     // no address has all the words
        one,      // the first of `addresses`
        several,  // far apart from each other, all of `addresses`
        outside,  // of the territory's bounds, all of `addresses`
    };
    Kind kind = Kind::none;
    std::vector<geo::FoundAddress> addresses;  // best first; at most kChoicesMax
};

NearAddress read_near_address(const geo::AddressIndex& index, std::string_view text,
                              const catalogue::Territory& territory);

// Whether a text names a house: it has a number that may be one.
bool has_house_number(std::string_view text);

}  // namespace emplettes::site
