#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geo/addresses/address_index.h"

namespace emplettes::geo {

// An address as somebody may write it, and the one that is meant.
struct WrittenAddress {
    std::string text;
    AddressRow meant;
    bool tells_postcode = false;  // or the arrondissement; else another of the same name will do
};

// `count` of the rows, written by rule with the habits of people: kinds of streets and saints short
// or not, accents, capitals, hyphens and articles left out, bis as a letter or joined to the
// number, the number behind the street or at the end, postcode, town or arrondissement in any form;
// every fifth has one letter wrong in one word. The same for the same seed.
std::vector<WrittenAddress> write_addresses(std::span<const AddressRow> rows, std::size_t count,
                                            std::uint64_t seed);

// Whether an answer is what was meant.
bool is_right(const FoundAddress& found, const WrittenAddress& written);

}  // namespace emplettes::geo
