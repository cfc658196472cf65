#pragma once
#include <string>
#include <string_view>

#include "base/id_source.h"
#include "base/result.h"
#include "store/tx.h"
#include "territory/claiming.h"

namespace emplettes::territory {

// Facts: shop, slug, status, reason.
inline constexpr std::string_view kClaimDecidedKind = "claim_decided";

// The operator's steps.
struct Decision {
    ClaimId claim;
    ClaimStep step = ClaimStep::approve;  // all but submit, which is the claimant's
    AccountId by;
    std::string reason;  // for the steps that need one (needs_reason); sent to whom it concerns
};
// Approving makes the claimant the shop's shopkeeper, and there is one for a shop; suspending takes
// the counter away from everybody of it, until the claimant's is given back. The claimant is told
// by mail, with the reason.
Result<Claim, ClaimError> decide_claim(store::Tx& tx, TerritoryId territory,
                                       const Decision& decision, IdSource& ids, Instant now);

// To the claimant: what became of the claim, when there is one to tell.
void tell_claimant(store::Tx& tx, TerritoryId territory, const Claim& claim, IdSource& ids,
                   Instant now);

}  // namespace emplettes::territory
