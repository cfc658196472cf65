#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "territory/claim.h"

namespace emplettes::territory {

enum class ClaimStep {
    prove,    // the shop itself, or the operator, says that it is theirs
    submit,   // everything that the law wants to know is there
    approve,  // the operator's steps
    reject,
    suspend,
    reinstate,
};

std::string_view to_string(ClaimStep step);
std::optional<ClaimStep> parse_claim_step(std::string_view word);

// Where a step leads from there; none where it cannot be taken.
std::optional<ClaimStatus> status_after(ClaimStatus status, ClaimStep step);

// Steps that take something away: their reason is sent to whom it concerns (regulation (EU)
// 2019/1150, article 4).
bool needs_reason(ClaimStep step);

// What the law wants to know of a seller before anything is sold: DSA article 30 (1), and the
// mediator with its site (Code de la consommation L616-1 and R616-1).
enum class Duty {
    siret,
    legal_name,
    legal_address,
    phone,
    email,
    register_number,
    mediator,
    mediator_url,
    certificate,
};
std::string_view to_string(Duty duty);

// What of it is missing or cannot be right, in this order. A mediator's site must be an address of
// the web, and not that of the European platform, which closed in 2025 and is not enough.
std::vector<Duty> unmet_duties(const Seller& seller);

}  // namespace emplettes::territory
