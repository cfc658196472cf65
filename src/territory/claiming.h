#pragma once
#include <string>

#include "base/id_source.h"
#include "base/result.h"
#include "store/tx.h"
#include "territory/claim.h"
#include "territory/claim_rules.h"
#include "territory/siret.h"

namespace emplettes::territory {

inline constexpr std::int64_t kOpenClaimsMax = 10;  // of one account
inline constexpr std::size_t kSellerTextLengthMax = 200;
inline constexpr std::size_t kReasonLengthMax = 1'000;
// Rejected claims hold people's addresses: how long they are kept (DSA article 30 (5)).
inline constexpr std::chrono::days kRejectedKept{183};

enum class ClaimError {
    unknown_claim,
    not_now,               // its status does not allow this step
    shop_taken,            // somebody else's claim holds
    too_many_claims,       // of this account
    no_published_address,  // the map knows no mail address of the shop
    too_many_mails,
    duties_unmet,
    reason_missing,
    too_many_people,
};

struct OpenRequest {
    ShopId shop;
    AccountId account;
    Siret siret;
};
// This account's open claim for the shop; a new one when there is none. The number may be corrected
// until it is approved.
Result<Claim, ClaimError> open_claim(store::Tx& tx, TerritoryId territory,
                                     const OpenRequest& request, IdSource& ids, Instant now);

// Who sells, as the claimant tells it; with all of it the claim is ready for the operator, with
// less what there is stays noted and the answer is duties_unmet's to tell (unmet_duties).
Result<Claim, ClaimError> tell_seller(store::Tx& tx, TerritoryId territory, ClaimId id,
                                      const Seller& seller, Instant now);

// For the use cases of this folder: takes a step of a claim and writes it into its history.
struct StepTaken {
    ClaimStep step = ClaimStep::prove;
    AccountId by;
    std::string reason = {};
};
Result<Claim, ClaimError> move_claim(store::Tx& tx, TerritoryId territory, Claim claim,
                                     const StepTaken& taken, Instant now);

}  // namespace emplettes::territory
