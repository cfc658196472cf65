#include "territory/claim.h"

#include <array>

#include "base/check.h"
#include "store/sha256.h"

namespace emplettes::territory {
namespace {

constexpr std::array kStatuses{ClaimStatus::pending,    ClaimStatus::invited,
                               ClaimStatus::onboarding, ClaimStatus::ready_for_review,
                               ClaimStatus::approved,   ClaimStatus::rejected,
                               ClaimStatus::suspended};
constexpr std::array kProofs{Proof::none, Proof::mail, Proof::letter, Proof::operator_};

constexpr std::string_view kSelectClaim = R"sql(
    SELECT claim_id, shop_id, account_id, status, siret, legal_name, legal_address, phone, email,
           register_number, mediator, mediator_url, certified_at, proof, link_sha256,
           link_expires_at, links_sent, letter_asked_at, code_sha256, code_attempts,
           code_expires_at, reason, created_at, changed_at
    FROM shop_claim WHERE territory_id = :territory
)sql";

constexpr std::string_view kById = "AND claim_id = :claim";
constexpr std::string_view kByShopAndAccount =
    "AND shop_id = :shop AND account_id = :account ORDER BY claim_id DESC LIMIT 1";
constexpr std::string_view kHolding = "AND shop_id = :shop AND status IN ('approved', 'suspended')";
constexpr std::string_view kOpenOfShop =
    "AND shop_id = :shop AND status IN ('pending', 'invited', 'onboarding', 'ready_for_review')"
    " ORDER BY claim_id LIMIT :limit";
constexpr std::string_view kNewest = "ORDER BY changed_at DESC, claim_id DESC LIMIT :limit";
constexpr std::string_view kByLink = "AND link_sha256 = :link";

constexpr std::string_view kCountOpen = R"sql(
    SELECT COUNT(*) FROM shop_claim
    WHERE territory_id = :territory AND account_id = :account
      AND status IN ('pending', 'onboarding', 'ready_for_review')
)sql";

constexpr std::string_view kSaveClaim = R"sql(
    INSERT INTO shop_claim (territory_id, claim_id, shop_id, account_id, status, siret, legal_name,
        legal_address, phone, email, register_number, mediator, mediator_url, certified_at, proof,
        link_sha256, link_expires_at, links_sent, letter_asked_at, code_sha256, code_attempts,
        code_expires_at, reason, created_at, changed_at)
    VALUES (:territory, :claim, :shop, :account, :status, :siret, :legal_name, :legal_address,
        :phone, :email, :register_number, :mediator, :mediator_url, :certified_at, :proof,
        :link_sha256, :link_expires_at, :links_sent, :letter_asked_at, :code_sha256,
        :code_attempts, :code_expires_at, :reason, :created_at, :changed_at)
    ON CONFLICT (territory_id, claim_id) DO UPDATE SET account_id = excluded.account_id,
        status = excluded.status, siret = excluded.siret, legal_name = excluded.legal_name,
        legal_address = excluded.legal_address, phone = excluded.phone, email = excluded.email,
        register_number = excluded.register_number, mediator = excluded.mediator,
        mediator_url = excluded.mediator_url, certified_at = excluded.certified_at,
        proof = excluded.proof, link_sha256 = excluded.link_sha256,
        link_expires_at = excluded.link_expires_at, links_sent = excluded.links_sent,
        letter_asked_at = excluded.letter_asked_at, code_sha256 = excluded.code_sha256,
        code_attempts = excluded.code_attempts, code_expires_at = excluded.code_expires_at,
        reason = excluded.reason, changed_at = excluded.changed_at
)sql";

constexpr std::string_view kAppendStep = R"sql(
    INSERT INTO shop_claim_step (territory_id, claim_id, step_number, status, by_account, reason,
                                 taken_at)
    SELECT CAST(:territory AS BIGINT), CAST(:claim AS BIGINT), COALESCE(MAX(step_number), 0) + 1,
           CAST(:status AS TEXT), CAST(:by AS BIGINT), CAST(:reason AS TEXT), CAST(:at AS BIGINT)
    FROM shop_claim_step WHERE territory_id = :territory AND claim_id = :claim
)sql";

constexpr std::string_view kLoadSteps = R"sql(
    SELECT status, by_account, reason, taken_at FROM shop_claim_step
    WHERE territory_id = :territory AND claim_id = :claim
    ORDER BY step_number
    LIMIT 200
)sql";

constexpr std::string_view kOldRejected = R"sql(
    SELECT claim_id FROM shop_claim
    WHERE territory_id = :territory AND status = 'rejected' AND changed_at < :before
    ORDER BY claim_id
    LIMIT 200
)sql";

constexpr std::string_view kForgetSteps = R"sql(
    DELETE FROM shop_claim_step WHERE territory_id = :territory AND claim_id = :claim
)sql";

constexpr std::string_view kForgetClaim = R"sql(
    DELETE FROM shop_claim WHERE territory_id = :territory AND claim_id = :claim
)sql";

constexpr std::int64_t kOpenOfShopMax = 100;

ClaimStatus read_status(std::string_view word) {
    for (const ClaimStatus status : kStatuses)
        if (word == to_string(status)) return status;
    check(false);
    return {};
}

Proof read_proof(std::string_view word) {
    for (const Proof proof : kProofs)
        if (word == to_string(proof)) return proof;
    check(false);
    return {};
}

std::vector<Claim> select_claims(store::Tx& tx, std::string_view condition, store::Params params) {
    using Text = std::string;
    std::vector<Claim> claims;
    const std::string sql = std::string(kSelectClaim) + std::string(condition);
    tx.each<ClaimId, ShopId, AccountId, Text, Text, Text, Text, Text, Text, Text, Text, Text,
            Instant, Text, Text, Instant, int, Instant, Text, int, Instant, Text, Instant, Instant>(
        sql, params,
        [&](ClaimId id, ShopId shop, AccountId account, Text status, Text siret, Text legal_name,
            Text legal_address, Text phone, Text email, Text register_number, Text mediator,
            Text mediator_url, Instant certified_at, Text proof, Text link_sha256,
            Instant link_expires_at, int links_sent, Instant letter_asked_at, Text code_sha256,
            int code_attempts, Instant code_expires_at, Text reason, Instant created_at,
            Instant changed_at) {
            claims.push_back({.id = id,
                              .shop = shop,
                              .account = account,
                              .status = read_status(status),
                              .seller = {.siret = std::move(siret),
                                         .legal_name = std::move(legal_name),
                                         .legal_address = std::move(legal_address),
                                         .phone = std::move(phone),
                                         .email = std::move(email),
                                         .register_number = std::move(register_number),
                                         .mediator = std::move(mediator),
                                         .mediator_url = std::move(mediator_url),
                                         .certified_at = certified_at},
                              .proof = read_proof(proof),
                              .link_sha256 = std::move(link_sha256),
                              .link_expires_at = link_expires_at,
                              .links_sent = links_sent,
                              .letter_asked_at = letter_asked_at,
                              .code_sha256 = std::move(code_sha256),
                              .code_attempts = code_attempts,
                              .code_expires_at = code_expires_at,
                              .reason = std::move(reason),
                              .created_at = created_at,
                              .changed_at = changed_at});
        });
    return claims;
}

std::optional<Claim> first_claim(std::vector<Claim> claims) {
    if (claims.empty()) return std::nullopt;
    return std::move(claims.front());
}

}  // namespace

std::string_view to_string(ClaimStatus status) {
    switch (status) {
        case ClaimStatus::pending: return "pending";
        case ClaimStatus::invited: return "invited";
        case ClaimStatus::onboarding: return "onboarding";
        case ClaimStatus::ready_for_review: return "ready_for_review";
        case ClaimStatus::approved: return "approved";
        case ClaimStatus::rejected: return "rejected";
        case ClaimStatus::suspended: return "suspended";
    }
    check(false);
    return {};
}

std::string_view to_string(Proof proof) {
    switch (proof) {
        case Proof::none: return "";
        case Proof::mail: return "mail";
        case Proof::letter: return "letter";
        case Proof::operator_: return "operator";
    }
    check(false);
    return {};
}

std::optional<Claim> find_claim(store::Tx& tx, TerritoryId territory, ClaimId id) {
    return first_claim(select_claims(tx, kById, {{"territory", territory}, {"claim", id}}));
}

std::optional<Claim> find_claim_of(store::Tx& tx, TerritoryId territory, ShopId shop,
                                   AccountId account) {
    return first_claim(select_claims(
        tx, kByShopAndAccount, {{"territory", territory}, {"shop", shop}, {"account", account}}));
}

std::optional<Claim> find_holding_claim(store::Tx& tx, TerritoryId territory, ShopId shop) {
    return first_claim(select_claims(tx, kHolding, {{"territory", territory}, {"shop", shop}}));
}

std::vector<Claim> load_open_claims(store::Tx& tx, TerritoryId territory, ShopId shop) {
    return select_claims(tx, kOpenOfShop,
                         {{"territory", territory}, {"shop", shop}, {"limit", kOpenOfShopMax}});
}

std::vector<Claim> load_claims(store::Tx& tx, TerritoryId territory) {
    return select_claims(tx, kNewest, {{"territory", territory}, {"limit", kClaimsListedMax}});
}

std::int64_t count_open_claims(store::Tx& tx, TerritoryId territory, AccountId account) {
    return tx.one<std::int64_t>(kCountOpen, {{"territory", territory}, {"account", account}})
        .value_or(0);
}

std::optional<Claim> find_claim_by_link(store::Tx& tx, TerritoryId territory,
                                        std::string_view token) {
    return first_claim(
        select_claims(tx, kByLink, {{"territory", territory}, {"link", store::sha256(token)}}));
}

void save_claim(store::Tx& tx, TerritoryId territory, const Claim& claim) {
    tx.run(kSaveClaim, {{"territory", territory},
                        {"claim", claim.id},
                        {"shop", claim.shop},
                        {"account", claim.account},
                        {"status", to_string(claim.status)},
                        {"siret", claim.seller.siret},
                        {"legal_name", claim.seller.legal_name},
                        {"legal_address", claim.seller.legal_address},
                        {"phone", claim.seller.phone},
                        {"email", claim.seller.email},
                        {"register_number", claim.seller.register_number},
                        {"mediator", claim.seller.mediator},
                        {"mediator_url", claim.seller.mediator_url},
                        {"certified_at", claim.seller.certified_at},
                        {"proof", to_string(claim.proof)},
                        {"link_sha256", claim.link_sha256},
                        {"link_expires_at", claim.link_expires_at},
                        {"links_sent", claim.links_sent},
                        {"letter_asked_at", claim.letter_asked_at},
                        {"code_sha256", claim.code_sha256},
                        {"code_attempts", claim.code_attempts},
                        {"code_expires_at", claim.code_expires_at},
                        {"reason", claim.reason},
                        {"created_at", claim.created_at},
                        {"changed_at", claim.changed_at}});
}

void append_step(store::Tx& tx, TerritoryId territory, ClaimId claim, const TakenStep& step) {
    tx.run(kAppendStep, {{"territory", territory},
                         {"claim", claim},
                         {"status", to_string(step.status)},
                         {"by", step.by},
                         {"reason", step.reason},
                         {"at", step.at}});
}

std::vector<TakenStep> load_steps(store::Tx& tx, TerritoryId territory, ClaimId claim) {
    std::vector<TakenStep> steps;
    tx.each<std::string, AccountId, std::string, Instant>(
        kLoadSteps, {{"territory", territory}, {"claim", claim}},
        [&](const std::string& status, AccountId by, std::string reason, Instant at) {
            steps.push_back(
                {.status = read_status(status), .by = by, .reason = std::move(reason), .at = at});
        });
    return steps;
}

void forget_claim(store::Tx& tx, TerritoryId territory, ClaimId claim) {
    tx.run(kForgetSteps, {{"territory", territory}, {"claim", claim}});
    tx.run(kForgetClaim, {{"territory", territory}, {"claim", claim}});
}

std::int64_t purge_claims(store::Tx& tx, TerritoryId territory, Instant before) {
    const auto old = tx.all<ClaimId>(kOldRejected, {{"territory", territory}, {"before", before}});
    for (const ClaimId claim : old) forget_claim(tx, territory, claim);
    return static_cast<std::int64_t>(old.size());
}

}  // namespace emplettes::territory
