#pragma once
#include <string>

#include "base/result.h"
#include "campaign/signature.h"
#include "site/visit.h"

namespace emplettes::site {

// What signing needs of a request.
campaign::SignContext sign_context(const Visit& visit);

struct KeyedSignature {
    std::string slug;
    std::string key;
    std::string content;  // all that makes it this request
    campaign::SignRequest request;
};
enum class SignFailure { not_open, unknown_pledge, key_of_other_request };
// Once for each key. The request has no fault.
Result<Done, SignFailure> sign_once(const Visit& visit, const KeyedSignature& wish);

// What a form says of a fault.
std::string sign_fault_text(const Visit& visit, campaign::SignError error);
// The field that is to blame, as it is called in the form and in JSON.
std::string_view field_of(campaign::SignError error);

}  // namespace emplettes::site
