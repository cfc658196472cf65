#include "territory/claiming.h"

#include "base/check.h"

namespace emplettes::territory {
namespace {

bool is_open(ClaimStatus status) { return status_after(status, ClaimStep::reject).has_value(); }

}  // namespace

Result<Claim, ClaimError> open_claim(store::Tx& tx, TerritoryId territory,
                                     const OpenRequest& request, IdSource& ids, Instant now) {
    auto claim = find_claim_of(tx, territory, request.shop, request.account);
    const auto holding = find_holding_claim(tx, territory, request.shop);
    if (holding && holding->account != request.account) return ClaimError::shop_taken;
    if (holding) return ClaimError::not_now;
    if (claim && is_open(claim->status)) {
        claim->seller.siret = request.siret.digits;
        claim->changed_at = now;
        save_claim(tx, territory, *claim);
        return std::move(*claim);
    }
    if (count_open_claims(tx, territory, request.account) >= kOpenClaimsMax)
        return ClaimError::too_many_claims;
    Claim opened;
    opened.id = ids.next<ClaimId>();
    opened.shop = request.shop;
    opened.account = request.account;
    opened.seller.siret = request.siret.digits;
    opened.created_at = now;
    opened.changed_at = now;
    save_claim(tx, territory, opened);
    append_step(tx, territory, opened.id,
                {.status = opened.status, .by = request.account, .reason = {}, .at = now});
    return opened;
}

Result<Claim, ClaimError> tell_seller(store::Tx& tx, TerritoryId territory, ClaimId id,
                                      const Seller& seller, Instant now) {
    auto claim = find_claim(tx, territory, id);
    if (!claim) return ClaimError::unknown_claim;
    const auto next = status_after(claim->status, ClaimStep::submit);
    if (!next) return ClaimError::not_now;
    claim->seller = seller;
    if (unmet_duties(seller).empty())
        return move_claim(tx, territory, std::move(*claim),
                          {.step = ClaimStep::submit, .by = claim->account}, now);
    // What was told is kept; but a claim that lacks something waits for no review.
    claim->status = ClaimStatus::onboarding;
    claim->changed_at = now;
    save_claim(tx, territory, *claim);
    return std::move(*claim);
}

Result<Claim, ClaimError> move_claim(store::Tx& tx, TerritoryId territory, Claim claim,
                                     const StepTaken& taken, Instant now) {
    const auto next = status_after(claim.status, taken.step);
    if (!next) return ClaimError::not_now;
    check(!needs_reason(taken.step) || !taken.reason.empty());
    claim.status = *next;
    claim.reason = taken.reason;
    claim.changed_at = now;
    save_claim(tx, territory, claim);
    append_step(tx, territory, claim.id,
                {.status = claim.status, .by = taken.by, .reason = taken.reason, .at = now});
    return claim;
}

}  // namespace emplettes::territory
