#include "geo/addresses/address_row.h"

#include "base/text.h"

namespace emplettes::geo {
namespace {

constexpr std::size_t kDigitsMax = 5;
constexpr std::size_t kSuffixBytesMax = 10;

std::string short_suffix(const std::string& suffix) {
    if (suffix == "bis") return "b";
    if (suffix == "ter") return "t";
    return suffix == "quater" ? "q" : suffix;
}

}  // namespace

std::optional<HouseNumber> parse_house_number(std::string_view text) {
    text = trim(text);
    std::size_t digits = 0;
    HouseNumber house;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
        house.number = house.number * 10 + static_cast<std::uint32_t>(text[digits] - '0');
        if (++digits > kDigitsMax) return std::nullopt;
    }
    if (digits == 0) return std::nullopt;
    house.suffix = short_suffix(fold(trim(text.substr(digits))));
    if (house.suffix.size() > kSuffixBytesMax) return std::nullopt;
    return house;
}

std::string_view to_string(Exactness exactness) {
    switch (exactness) {
        case Exactness::entrance: return "entrance";
        case Exactness::building: return "building";
        case Exactness::parcel: return "parcel";
        case Exactness::segment: return "segment";
        case Exactness::street: return "street";
    }
    return "";
}

}  // namespace emplettes::geo
