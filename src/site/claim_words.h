#pragma once
#include <string>
#include <string_view>

#include "site/say.h"
#include "territory/claiming.h"

namespace emplettes::site {

// Claims in the words of the catalogues.

// Why a use case of claims ended: texts claim.error_*.
std::string claim_error_text(const Say& say, territory::ClaimError error);
// What is wrong with a number: texts siret.*.
std::string siret_error_text(const Say& say, territory::SiretError error);
std::string claim_status_text(const Say& say, territory::ClaimStatus status);
std::string duty_text(const Say& say, territory::Duty duty);  // its name: "Médiateur"

// "c•••••@ecume.example": enough to recognise an address that one knows.
std::string masked_address(std::string_view email);

}  // namespace emplettes::site
