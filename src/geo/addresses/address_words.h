#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/addresses/address_row.h"

namespace emplettes::geo {

// The words of a name as they are compared: folded, cut at everything that is no letter or digit,
// written out when they are short for something ("bd": "boulevard").
std::vector<std::string> name_words(std::string_view name);

// What two spellings of one street have in common.
std::string street_key(std::string_view name);

// "de", "la": says nothing about which street is meant.
bool is_address_article(std::string_view word);
// "rue", "avenue": says little.
bool is_kind_of_street(std::string_view word);

// The arrondissement that a French postcode of Paris, Lyon or Marseille stands for, as "11e".
std::string arrondissement_of(std::string_view postcode);
// And the city that it is one of, as "paris"; many maps write only the postcode.
std::string_view city_of(std::string_view postcode);

// One word of what somebody types.
struct TypedWord {
    std::string word;                   // folded
    std::vector<std::string> meanings;  // what else it may be: "boulevard", "11e"
    std::optional<HouseNumber> number;  // it may be the number of a house
    bool is_article = false;
    bool is_prefix = false;  // the text ends in it: more letters may follow
};

// "4 b rue St-Denis, Paris XI": a number takes the bis, ter or letter behind it along.
std::vector<TypedWord> typed_words(std::string_view text);

}  // namespace emplettes::geo
