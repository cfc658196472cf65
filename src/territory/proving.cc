#include "territory/proving.h"

#include "base/text.h"
#include "notices/notice.h"
#include "store/sha256.h"

namespace emplettes::territory {
namespace {

// As it was printed, however it is typed: "abcde-fghjk" is "ABCDE FGHJK".
std::string plain_code(std::string_view typed) {
    std::string plain;
    for (const char c : to_upper_ascii(typed.substr(0, 4 * kLetterCodeLength)))
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) plain += c;
    return plain;
}

void set_code(Claim& claim, const std::string& code, Instant now) {
    claim.code_sha256 = store::sha256(plain_code(code));
    claim.code_attempts = 0;
    claim.code_expires_at = now + kLetterCodeLasts;
    claim.letter_asked_at = {};
    claim.changed_at = now;
}

bool is_alive(const Claim& claim, Instant now) {
    return !claim.code_sha256.empty() && claim.code_expires_at > now &&
           claim.code_attempts < kLetterCodeAttemptsMax &&
           status_after(claim.status, ClaimStep::prove).has_value();
}

Result<Claim, ClaimError> load_unproven(store::Tx& tx, TerritoryId territory, ClaimId id) {
    auto claim = find_claim(tx, territory, id);
    if (!claim) return ClaimError::unknown_claim;
    if (!status_after(claim->status, ClaimStep::prove)) return ClaimError::not_now;
    return std::move(*claim);
}

void use_code(store::Tx& tx, TerritoryId territory, Claim claim, AccountId account, Instant now) {
    // Who had asked already goes on with the letter's claim, and has one.
    const auto own = find_claim_of(tx, territory, claim.shop, account);
    const bool had_asked = own && own->id != claim.id && own->status == ClaimStatus::pending;
    if (had_asked) {
        claim.seller = own->seller;
        forget_claim(tx, territory, own->id);
    }
    claim.account = account;
    claim.proof = Proof::letter;
    claim.code_sha256.clear();
    claim.code_expires_at = {};
    move_claim(tx, territory, std::move(claim), {.step = ClaimStep::prove, .by = account}, now)
        .value();
}

}  // namespace

Result<Claim, ClaimError> send_proof_link(store::Tx& tx, TerritoryId territory,
                                          const ProofLink& link, IdSource& ids, Instant now) {
    auto loaded = load_unproven(tx, territory, link.claim);
    if (!loaded) return loaded.error();
    if (link.email.empty()) return ClaimError::no_published_address;
    Claim claim = std::move(loaded).value();
    if (claim.links_sent >= kProofLinksMax) return ClaimError::too_many_mails;
    claim.link_sha256 = store::sha256(link.token);
    claim.link_expires_at = now + kProofLinkLasts;
    ++claim.links_sent;
    claim.changed_at = now;
    save_claim(tx, territory, claim);
    notices::enqueue(
        tx, {.id = ids.next<NoticeId>(),
             .territory = territory,
             .kind = std::string(kClaimProofKind),
             .audience = notices::Audience::shop,
             .recipient = link.email,
             .language = link.language,
             .facts = {{"token", link.token}, {"shop", link.shop}, {"claimant", link.claimant}},
             .created_at = now});
    return claim;
}

std::optional<Claim> find_asked_claim(store::Tx& tx, TerritoryId territory, std::string_view token,
                                      Instant now) {
    auto claim = find_claim_by_link(tx, territory, token);
    if (!claim || claim->link_expires_at <= now) return std::nullopt;
    if (!status_after(claim->status, ClaimStep::prove)) return std::nullopt;
    return claim;
}

Result<Claim, ClaimError> answer_proof_link(store::Tx& tx, TerritoryId territory,
                                            const ProofAnswer& answer, Instant now) {
    auto claim = find_asked_claim(tx, territory, answer.token, now);
    if (!claim) return ClaimError::unknown_claim;
    claim->link_sha256.clear();
    claim->link_expires_at = {};
    if (answer.is_right) claim->proof = Proof::mail;
    const StepTaken taken{.step = answer.is_right ? ClaimStep::prove : ClaimStep::reject,
                          .by = {},
                          .reason = answer.is_right ? std::string() : answer.reason};
    return move_claim(tx, territory, std::move(*claim), taken, now);
}

Result<Claim, ClaimError> ask_for_letter(store::Tx& tx, TerritoryId territory, ClaimId id,
                                         Instant now) {
    auto loaded = load_unproven(tx, territory, id);
    if (!loaded) return loaded.error();
    Claim claim = std::move(loaded).value();
    claim.letter_asked_at = now;
    claim.changed_at = now;
    save_claim(tx, territory, claim);
    return claim;
}

Result<Claim, ClaimError> make_letter(store::Tx& tx, TerritoryId territory, ClaimId id,
                                      const LetterRequest& request, Instant now) {
    auto loaded = load_unproven(tx, territory, id);
    if (!loaded) return loaded.error();
    Claim claim = std::move(loaded).value();
    set_code(claim, request.code, now);
    save_claim(tx, territory, claim);
    return claim;
}

Result<Claim, ClaimError> invite_by_letter(store::Tx& tx, TerritoryId territory,
                                           const LetterRequest& request, IdSource& ids,
                                           Instant now) {
    if (find_holding_claim(tx, territory, request.shop)) return ClaimError::shop_taken;
    for (Claim& open : load_open_claims(tx, territory, request.shop)) {
        if (open.status != ClaimStatus::invited) continue;
        set_code(open, request.code, now);
        save_claim(tx, territory, open);
        return std::move(open);
    }
    Claim invited;
    invited.id = ids.next<ClaimId>();
    invited.shop = request.shop;
    invited.status = ClaimStatus::invited;
    invited.created_at = now;
    set_code(invited, request.code, now);
    save_claim(tx, territory, invited);
    append_step(tx, territory, invited.id,
                {.status = invited.status, .by = request.by, .reason = {}, .at = now});
    return invited;
}

CodeOutcome try_code(store::Tx& tx, TerritoryId territory, const CodeTry& attempt, Instant now) {
    if (find_holding_claim(tx, territory, attempt.shop)) return CodeOutcome::shop_taken;
    const std::string hash = store::sha256(plain_code(attempt.code));
    std::vector<Claim> letters;
    for (Claim& claim : load_open_claims(tx, territory, attempt.shop)) {
        const bool is_theirs = claim.account == attempt.account || claim.account == AccountId{};
        if (is_theirs && is_alive(claim, now)) letters.push_back(std::move(claim));
    }
    if (letters.empty()) return CodeOutcome::no_letter;
    for (Claim& claim : letters) {
        if (claim.code_sha256 != hash) continue;
        use_code(tx, territory, std::move(claim), attempt.account, now);
        return CodeOutcome::proven;
    }
    for (Claim& claim : letters) {
        ++claim.code_attempts;
        save_claim(tx, territory, claim);
    }
    return CodeOutcome::wrong;
}

}  // namespace emplettes::territory
