#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace emplettes::territory {

// The number of one establishment of a French company: nine digits of the company (SIREN), five of
// the place. Its digits are checked, not whether it exists.
struct Siret {
    std::string digits;  // 14

    std::string siren() const { return digits.substr(0, 9); }
    std::string text() const;  // as it is written: "732 829 320 00074"

    bool operator==(const Siret&) const = default;
};

enum class SiretError {
    not_a_number,     // something else than digits and white space
    is_siren,         // nine digits: of the company, not of the shop
    wrong_length,     // not 14 digits
    wrong_check_sum,  // a digit is wrong, or two are the wrong way round
};

// White space of any kind, points and hyphens between the digits are passed over.
Result<Siret, SiretError> parse_siret(std::string_view text);

}  // namespace emplettes::territory
