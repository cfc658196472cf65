#include "site/claim_words.h"

#include "base/check.h"

namespace emplettes::site {
namespace {

std::string_view word_of(territory::ClaimError error) {
    using enum territory::ClaimError;
    switch (error) {
        case unknown_claim: return "unknown";
        case not_now: return "not_now";
        case shop_taken: return "taken";
        case too_many_claims: return "too_many";
        case no_published_address: return "no_address";
        case too_many_mails: return "mails";
        case duties_unmet: return "duties";
        case reason_missing: return "reason";
        case too_many_people: return "people";
    }
    check(false);
    return {};
}

std::string_view word_of(territory::SiretError error) {
    using enum territory::SiretError;
    switch (error) {
        case not_a_number: return "not_a_number";
        case is_siren: return "is_siren";
        case wrong_length: return "wrong_length";
        case wrong_check_sum: return "wrong_check_sum";
    }
    check(false);
    return {};
}

}  // namespace

std::string claim_error_text(const Say& say, territory::ClaimError error) {
    return say.text("claim.error_" + std::string(word_of(error)));
}

std::string siret_error_text(const Say& say, territory::SiretError error) {
    return say.text("siret." + std::string(word_of(error)));
}

std::string claim_status_text(const Say& say, territory::ClaimStatus status) {
    return say.text("claim.status_" + std::string(territory::to_string(status)));
}

std::string duty_text(const Say& say, territory::Duty duty) {
    return say.text("seller." + std::string(territory::to_string(duty)));
}

std::string masked_address(std::string_view email) {
    const auto at = email.find('@');
    if (at == std::string_view::npos || at == 0) return {};
    return std::string(email.substr(0, 1)) + "•••••" + std::string(email.substr(at));
}

}  // namespace emplettes::site
