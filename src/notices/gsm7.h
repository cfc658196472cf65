#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace emplettes::notices {

// The alphabet of text messages (GSM 03.38, 3GPP TS 23.038 §6.2.1): in it a message carries 160
// signs, in any other 70.
inline constexpr std::size_t kTextUnitsMax = 160;      // of one message
inline constexpr std::size_t kTextPartUnitsMax = 153;  // of each part of a longer one

// The text in that alphabet: as it is where it can be, else without accents it does not have, with
// the plain signs for typographic ones; what has no likeness becomes '?'. The result is UTF-8.
std::string in_text_alphabet(std::string_view text);
// How many of the units above a text in that alphabet takes: €, brackets and some more take two.
std::size_t text_units(std::string_view text);
// How many messages it is sent and paid as.
std::size_t text_parts(std::string_view text);

}  // namespace emplettes::notices
