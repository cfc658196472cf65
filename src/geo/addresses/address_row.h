#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/point.h"

namespace emplettes::geo {

// A number and what follows it, which is empty or folded: "a", "b". The letters b, t and q also
// stand for bis, ter and quater, as files and people write them.
struct HouseNumber {
    std::uint32_t number = 0;
    std::string suffix;

    auto operator<=>(const HouseNumber&) const = default;
};

// "12", "12bis", "12 b"; nothing when there is no number, or more than five digits of it.
std::optional<HouseNumber> parse_house_number(std::string_view text);

// How exactly a position is known, best first.
enum class Exactness : std::uint8_t { entrance, building, parcel, segment, street };
std::string_view to_string(Exactness exactness);

// One address as a file has it.
struct AddressRow {
    HouseNumber number;
    std::string street;
    std::string other_name;  // of the street: how the post writes it; may be empty
    std::string postcode;
    std::string town;
    Point position;
    Exactness exactness = Exactness::building;
};

struct AddressReport {
    std::int64_t rows_read = 0;
    std::int64_t without_number = 0;  // or with one that cannot be read
    std::int64_t without_street = 0;
    std::int64_t without_position = 0;  // or outside of the Earth
    std::int64_t files = 1;             // that were read
};

struct AddressRows {
    std::vector<AddressRow> rows;
    AddressReport report;
};

// Reads a file of the Base Adresse Nationale (CSV with a header), of BANO (CSV without one, or an
// export of either with their columns), or OpenStreetMap (addr:* of points, and of buildings the
// middle of their corners; the street may be that of a relation associatedStreet). Throws
// std::runtime_error with a sentence that names the file, what is wrong and what to do.
AddressRows read_addresses(const std::string& file);

}  // namespace emplettes::geo
