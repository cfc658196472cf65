#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/id_source.h"
#include "base/result.h"
#include "catalogue/shop.h"
#include "store/tx.h"
#include "territory/claiming.h"

namespace emplettes::territory {

// How a claim is proven. A mail goes to the address that the map publishes, never to one that the
// claimant typed: that one proves nothing. A letter goes to the shop's door. Or the operator knows
// them and says so.

inline constexpr std::string_view kClaimProofKind = "claim_proof";  // facts: token, shop, claimant
inline constexpr std::chrono::days kProofLinkLasts{7};
inline constexpr int kProofLinksMax = 3;              // of one claim
inline constexpr std::size_t kLetterCodeLength = 10;  // signs of Random::readable_code
inline constexpr std::chrono::days kLetterCodeLasts{60};
inline constexpr int kLetterCodeAttemptsMax = 10;

struct ProofLink {
    ClaimId claim;
    std::string email;     // the shop's, as published; may be empty
    std::string shop;      // its name
    std::string claimant;  // their address, for the shop to recognise
    std::string language;
    std::string token;  // Random::url_token(accounts::kTokenBytes); only its hash is kept
};
// Sends the mail; an earlier link of the claim is dead then.
Result<Claim, ClaimError> send_proof_link(store::Tx& tx, TerritoryId territory,
                                          const ProofLink& link, IdSource& ids, Instant now);
// The claim that the shop is asked about, while it can still answer. Uses nothing up.
std::optional<Claim> find_asked_claim(store::Tx& tx, TerritoryId territory, std::string_view token,
                                      Instant now);
struct ProofAnswer {
    std::string token;
    bool is_right = false;
    std::string reason;  // of the rejection, when it is not
};
// The shop's own answer, once.
Result<Claim, ClaimError> answer_proof_link(store::Tx& tx, TerritoryId territory,
                                            const ProofAnswer& answer, Instant now);

// The claimant would like a letter.
Result<Claim, ClaimError> ask_for_letter(store::Tx& tx, TerritoryId territory, ClaimId id,
                                         Instant now);
struct LetterRequest {
    ShopId shop;
    AccountId by;      // the operator
    std::string code;  // Random::readable_code(kLetterCodeLength); only its hash is kept
};
// A letter for the claim, or one that waits for whoever has it. An earlier code is dead then.
Result<Claim, ClaimError> make_letter(store::Tx& tx, TerritoryId territory, ClaimId claim,
                                      const LetterRequest& request, Instant now);
Result<Claim, ClaimError> invite_by_letter(store::Tx& tx, TerritoryId territory,
                                           const LetterRequest& request, IdSource& ids,
                                           Instant now);

enum class CodeOutcome {
    proven,
    wrong,      // counted against every letter of this shop
    no_letter,  // none is under way: too old, or too many wrong tries
    shop_taken,
};
struct CodeTry {
    ShopId shop;
    AccountId account;
    std::string code;  // as it was typed
};
// No Result: a wrong try is kept, too. What proves it is a letter for this account's own claim, or
// one for nobody in particular, which becomes this account's.
CodeOutcome try_code(store::Tx& tx, TerritoryId territory, const CodeTry& attempt, Instant now);

}  // namespace emplettes::territory
