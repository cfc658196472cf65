#include "territory/deciding.h"

#include "accounts/account.h"
#include "base/check.h"
#include "base/text.h"
#include "catalogue/shop.h"
#include "notices/notice.h"

namespace emplettes::territory {
namespace {

Result<Done, ClaimError> open_counter(store::Tx& tx, TerritoryId territory, const Claim& claim,
                                      const Decision& decision, Instant now) {
    if (claim.account == AccountId{}) return Done{};  // brought in with the shop's export
    const auto granted =
        accounts::grant_role(tx, territory,
                             {.account = claim.account,
                              .grant = {.role = accounts::Role::shopkeeper, .shop = claim.shop},
                              .by = decision.by},
                             now);
    if (!granted) return ClaimError::too_many_people;
    return Done{};
}

// What keeps this step from being taken.
Result<Claim, ClaimError> load_for(store::Tx& tx, TerritoryId territory, const Decision& decision) {
    auto claim = find_claim(tx, territory, decision.claim);
    if (!claim) return ClaimError::unknown_claim;
    if (!status_after(claim->status, decision.step)) return ClaimError::not_now;
    if (needs_reason(decision.step) && trim(decision.reason).empty())
        return ClaimError::reason_missing;
    // Nobody stands behind a letter that waits for its reader.
    if (decision.step == ClaimStep::prove && claim->account == AccountId{})
        return ClaimError::not_now;
    if (decision.step != ClaimStep::approve) return std::move(*claim);
    if (!unmet_duties(claim->seller).empty()) return ClaimError::duties_unmet;
    if (find_holding_claim(tx, territory, claim->shop)) return ClaimError::shop_taken;
    return std::move(*claim);
}

}  // namespace

Result<Claim, ClaimError> decide_claim(store::Tx& tx, TerritoryId territory,
                                       const Decision& decision, IdSource& ids, Instant now) {
    check(decision.step != ClaimStep::submit);
    auto loaded = load_for(tx, territory, decision);
    if (!loaded) return loaded.error();
    Claim claim = std::move(loaded).value();
    if (decision.step == ClaimStep::prove) claim.proof = Proof::operator_;
    const std::string reason(utf8_prefix(trim(decision.reason), kReasonLengthMax));
    claim = move_claim(tx, territory, std::move(claim),
                       {.step = decision.step, .by = decision.by, .reason = reason}, now)
                .value();
    const bool opens = decision.step == ClaimStep::approve || decision.step == ClaimStep::reinstate;
    if (opens) {
        const auto opened = open_counter(tx, territory, claim, decision, now);
        if (!opened) return opened.error();
    }
    if (decision.step == ClaimStep::suspend)
        accounts::revoke_roles_of_shop(tx, territory, claim.shop);
    tell_claimant(tx, territory, claim, ids, now);
    return claim;
}

void tell_claimant(store::Tx& tx, TerritoryId territory, const Claim& claim, IdSource& ids,
                   Instant now) {
    const auto account = accounts::find_account(tx, territory, claim.account);
    const auto shop = catalogue::find_shop(tx, territory, claim.shop);
    if (!account || !shop) return;
    notices::enqueue(tx, {.id = ids.next<NoticeId>(),
                          .territory = territory,
                          .kind = std::string(kClaimDecidedKind),
                          .audience = notices::Audience::shop,
                          .recipient = account->email,
                          .language = account->language,
                          .facts = {{"shop", shop->name},
                                    {"slug", shop->slug},
                                    {"status", to_string(claim.status)},
                                    {"reason", claim.reason}},
                          .created_at = now});
}

}  // namespace emplettes::territory
