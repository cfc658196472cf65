#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "store/tx.h"

namespace emplettes::territory {

// Somebody's word that a shop of the map is theirs, on its way to being believed.
enum class ClaimStatus {
    pending,           // asked, and nothing proves it yet
    invited,           // the operator made a letter; whoever has its code takes the claim over
    onboarding,        // proven; the law wants to know more of who sells
    ready_for_review,  // everything is there; the operator looks at it
    approved,
    rejected,
    suspended,
};
enum class Proof { none, mail, letter, operator_ };

std::string_view to_string(ClaimStatus status);
std::string_view to_string(Proof proof);  // empty for none

// Who sells, as everybody may read (DSA article 30; Code de la consommation L616-1 for the
// mediator).
struct Seller {
    std::string siret;  // 14 digits (siret.h)
    std::string legal_name;
    std::string legal_address;
    std::string phone;
    std::string email;
    std::string register_number;  // "RCS Paris 732 829 320"
    std::string mediator;
    std::string mediator_url;
    Instant certified_at;  // when they certified to sell only what the law allows; 0: not yet

    bool operator==(const Seller&) const = default;
};

struct Claim {
    ClaimId id;
    ShopId shop;
    AccountId account;  // 0: nobody's yet
    ClaimStatus status = ClaimStatus::pending;
    Seller seller;
    Proof proof = Proof::none;
    std::string link_sha256;
    Instant link_expires_at;
    int links_sent = 0;
    Instant letter_asked_at;  // 0: not asked for
    std::string code_sha256;
    int code_attempts = 0;
    Instant code_expires_at;
    std::string reason;  // of the last step, when it had one
    Instant created_at;
    Instant changed_at;

    bool operator==(const Claim&) const = default;
};

constexpr std::int64_t kClaimsListedMax = 500;

std::optional<Claim> find_claim(store::Tx& tx, TerritoryId territory, ClaimId id);
// The newest of this account for this shop.
std::optional<Claim> find_claim_of(store::Tx& tx, TerritoryId territory, ShopId shop,
                                   AccountId account);
// The one that holds: approved, or suspended.
std::optional<Claim> find_holding_claim(store::Tx& tx, TerritoryId territory, ShopId shop);
// Of one shop, those that somebody may still take further: neither rejected nor holding.
std::vector<Claim> load_open_claims(store::Tx& tx, TerritoryId territory, ShopId shop);
// Of the territory, what changed last first.
std::vector<Claim> load_claims(store::Tx& tx, TerritoryId territory);
std::int64_t count_open_claims(store::Tx& tx, TerritoryId territory, AccountId account);
std::optional<Claim> find_claim_by_link(store::Tx& tx, TerritoryId territory,
                                        std::string_view token);

void save_claim(store::Tx& tx, TerritoryId territory, const Claim& claim);

// One line of a claim's history.
struct TakenStep {
    ClaimStatus status = ClaimStatus::pending;
    AccountId by;  // 0: nobody who is signed in
    std::string reason;
    Instant at;

    bool operator==(const TakenStep&) const = default;
};
void append_step(store::Tx& tx, TerritoryId territory, ClaimId claim, const TakenStep& step);
std::vector<TakenStep> load_steps(store::Tx& tx, TerritoryId territory, ClaimId claim);

void forget_claim(store::Tx& tx, TerritoryId territory, ClaimId claim);  // with its history
// Forgets rejected claims that changed before `before`, at most 200 a call; returns how many.
std::int64_t purge_claims(store::Tx& tx, TerritoryId territory, Instant before);

}  // namespace emplettes::territory
