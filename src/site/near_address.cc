#include "site/near_address.h"

#include <algorithm>
#include <tuple>

#include "geo/addresses/address_words.h"
#include "site/where.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kLookedAt = 32;

using Addresses = std::vector<geo::FoundAddress>;

bool is_one_place(const Addresses& addresses) {
    return std::ranges::all_of(addresses, [&](const geo::FoundAddress& address) {
        return geo::distance_m(address.position, addresses.front().position) <= kSamePlaceMetres;
    });
}

// The street by its whole name, and none of the others fits as well.
bool is_first_meant(const Addresses& addresses) {
    const auto fit = [](const geo::FoundAddress& one) { return std::tuple(one.fit, one.match); };
    return addresses.front().fit.is_exact() && fit(addresses[0]) < fit(addresses[1]);
}

}  // namespace

NearAddress read_near_address(const geo::AddressIndex& index, std::string_view text,
                              const catalogue::Territory& territory) {
    Addresses found =
        index.find({.text = std::string(text), .near = territory.centre, .limit = kLookedAt});
    std::erase_if(found, [](const geo::FoundAddress& one) { return one.fit.missing > 0; });
    if (found.empty()) return {};
    const auto beyond = std::ranges::stable_partition(found, [&](const geo::FoundAddress& one) {
        return territory.bounds.contains(one.position);
    });
    const bool is_outside = beyond.size() == found.size();
    if (!is_outside) found.erase(beyond.begin(), beyond.end());
    NearAddress read{.kind = NearAddress::Kind::outside, .addresses = std::move(found)};
    if (!is_outside) {
        const bool is_one = is_one_place(read.addresses) || is_first_meant(read.addresses);
        read.kind = is_one ? NearAddress::Kind::one : NearAddress::Kind::several;
    }
    if (read.addresses.size() > kChoicesMax) read.addresses.resize(kChoicesMax);
    return read;
}

bool has_house_number(std::string_view text) {
    return std::ranges::any_of(geo::typed_words(text),
                               [](const geo::TypedWord& word) { return word.number.has_value(); });
}

}  // namespace emplettes::site
