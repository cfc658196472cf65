#include "territory/claim.h"

#include <gtest/gtest.h>

#include "accounts/account.h"
#include "catalogue/shop.h"
#include "notices/notice.h"
#include "territory/contract.h"
#include "territory/deciding.h"
#include "territory/proving.h"

namespace emplettes::territory {
namespace {

using namespace std::chrono_literals;

class ClaimContract : public TownContract {
  protected:
    Result<Claim, ClaimError> open(AccountId account) {
        return write([&](store::Tx& tx) {
            return open_claim(
                tx, kHere,
                {.shop = kShop, .account = account, .siret = {.digits = "73282932000074"}}, ids_,
                kNow);
        });
    }
    Result<Claim, ClaimError> send(ClaimId claim, const std::string& token,
                                   const std::string& email = "ecume@example.org") {
        return write([&](store::Tx& tx) {
            return send_proof_link(tx, kHere,
                                   {.claim = claim,
                                    .email = email,
                                    .shop = "L’Écume",
                                    .claimant = "claire@example.org",
                                    .language = "fr",
                                    .token = token},
                                   ids_, kNow);
        });
    }
    Result<Claim, ClaimError> answer(const std::string& token, bool is_right, Instant now = kNow) {
        return write([&](store::Tx& tx) {
            return answer_proof_link(
                tx, kHere, {.token = token, .is_right = is_right, .reason = "unknown here"}, now);
        });
    }
    Result<Claim, ClaimError> tell(ClaimId claim, const Seller& seller) {
        return write([&](store::Tx& tx) { return tell_seller(tx, kHere, claim, seller, kNow); });
    }
    Result<Claim, ClaimError> decide(ClaimId claim, ClaimStep step,
                                     const std::string& reason = {}) {
        return write([&](store::Tx& tx) {
            return decide_claim(
                tx, kHere, {.claim = claim, .step = step, .by = AccountId{9}, .reason = reason},
                ids_, kNow);
        });
    }
    CodeOutcome type_code(AccountId account, const std::string& code, Instant now = kNow) {
        return write([&](store::Tx& tx) {
            return try_code(tx, kHere, {.shop = kShop, .account = account, .code = code}, now);
        });
    }
    // A claim of Claire's as far as the operator's desk.
    Claim ready(AccountId account) {
        const ClaimId id = open(account)->id;
        check(decide(id, ClaimStep::prove).ok());
        return tell(id, whole_seller()).value();
    }

    const accounts::Account claire_ = person("claire@example.org");
    const accounts::Account paul_ = person("paul@example.org");
};

INSTANTIATE_TEST_SUITE_P(Databases, ClaimContract, store::both_databases(), store::name_of_dialect);

TEST_P(ClaimContract, IsKeptAsItWasWritten) {
    Claim claim;
    claim.id = ClaimId{5};
    claim.shop = kShop;
    claim.account = claire_.id;
    claim.status = ClaimStatus::approved;
    claim.seller = whole_seller();
    claim.proof = Proof::letter;
    claim.link_sha256 = "l";
    claim.link_expires_at = kNow + 1s;
    claim.links_sent = 2;
    claim.letter_asked_at = kNow + 2s;
    claim.code_sha256 = "c";
    claim.code_attempts = 3;
    claim.code_expires_at = kNow + 4s;
    claim.reason = "why";
    claim.created_at = kNow - 1s;
    claim.changed_at = kNow;
    write([&](store::Tx& tx) { save_claim(tx, kHere, claim); });
    const auto find = [&](ClaimId id) {
        return db_->read([&](store::Tx& tx) { return find_claim(tx, kHere, id); });
    };
    EXPECT_EQ(find(ClaimId{5}), claim);
    EXPECT_EQ(find(ClaimId{6}), std::nullopt);
    claim.status = ClaimStatus::suspended;
    claim.code_attempts = 4;
    write([&](store::Tx& tx) { save_claim(tx, kHere, claim); });
    EXPECT_EQ(find(ClaimId{5}), claim);
}

TEST_P(ClaimContract, OneAccountHasOneOpenClaimForAShop) {
    const Claim first = open(claire_.id).value();
    EXPECT_EQ(first.status, ClaimStatus::pending);
    EXPECT_EQ(open(claire_.id)->id, first.id);
    EXPECT_NE(open(paul_.id)->id, first.id) << "a claim that nothing proves blocks nobody";
}

TEST_P(ClaimContract, TheShopItselfAnswersByMail) {
    const ClaimId id = open(claire_.id)->id;
    ASSERT_TRUE(send(id, "t").ok());
    const auto mails = notices();
    ASSERT_EQ(mails.size(), 1u);
    EXPECT_EQ(mails[0].recipient, "ecume@example.org") << "never the claimant's own address";
    EXPECT_EQ(answer("other", true).error(), ClaimError::unknown_claim);
    EXPECT_EQ(answer("t", true, kNow + kProofLinkLasts).error(), ClaimError::unknown_claim);
    const auto proven = answer("t", true, kNow + kProofLinkLasts - 1s);
    ASSERT_TRUE(proven.ok());
    EXPECT_EQ(proven->status, ClaimStatus::onboarding);
    EXPECT_EQ(proven->proof, Proof::mail);
    EXPECT_EQ(answer("t", true).error(), ClaimError::unknown_claim) << "once";
}

TEST_P(ClaimContract, TheShopMaySayNo) {
    const ClaimId id = open(claire_.id)->id;
    ASSERT_TRUE(send(id, "t").ok());
    const auto rejected = answer("t", false);
    ASSERT_TRUE(rejected.ok());
    EXPECT_EQ(rejected->status, ClaimStatus::rejected);
    EXPECT_EQ(rejected->reason, "unknown here");
}

TEST_P(ClaimContract, MailsGoToAPublishedAddressAndAreFew) {
    const ClaimId id = open(claire_.id)->id;
    EXPECT_EQ(send(id, "t", "").error(), ClaimError::no_published_address);
    for (int i = 0; i < kProofLinksMax; ++i) ASSERT_TRUE(send(id, "t" + std::to_string(i)).ok());
    EXPECT_EQ(send(id, "t").error(), ClaimError::too_many_mails);
    EXPECT_EQ(answer("t0", true).error(), ClaimError::unknown_claim) << "an older link is dead";
    EXPECT_TRUE(answer("t2", true).ok());
}

TEST_P(ClaimContract, ACodeOnALetterProves) {
    const ClaimId id = open(claire_.id)->id;
    EXPECT_EQ(type_code(claire_.id, "ABCDE FGHJK"), CodeOutcome::no_letter);
    EXPECT_TRUE(write([&](store::Tx& tx) { return ask_for_letter(tx, kHere, id, kNow); }).ok());
    const auto letter = write([&](store::Tx& tx) {
        return make_letter(tx, kHere, id, {.shop = kShop, .by = AccountId{9}, .code = "ABCDEFGHJK"},
                           kNow);
    });
    ASSERT_TRUE(letter.ok());
    EXPECT_EQ(letter->letter_asked_at, Instant{});
    EXPECT_EQ(type_code(paul_.id, "ABCDEFGHJK"), CodeOutcome::no_letter) << "it is Claire's";
    EXPECT_EQ(type_code(claire_.id, "ABCDEFGHJJ"), CodeOutcome::wrong);
    EXPECT_EQ(type_code(claire_.id, "ABCDEFGHJK", kNow + kLetterCodeLasts), CodeOutcome::no_letter);
    EXPECT_EQ(type_code(claire_.id, " abcde-fghjk"), CodeOutcome::proven);
    EXPECT_EQ(type_code(claire_.id, "ABCDEFGHJK"), CodeOutcome::no_letter) << "once";
}

TEST_P(ClaimContract, ACodeIsTriedTenTimes) {
    const auto invited = write([&](store::Tx& tx) {
        return invite_by_letter(
            tx, kHere, {.shop = kShop, .by = AccountId{9}, .code = "ABCDEFGHJK"}, ids_, kNow);
    });
    ASSERT_TRUE(invited.ok());
    for (int i = 0; i < kLetterCodeAttemptsMax; ++i)
        EXPECT_EQ(type_code(paul_.id, "WRONG"), CodeOutcome::wrong);
    EXPECT_EQ(type_code(claire_.id, "ABCDEFGHJK"), CodeOutcome::no_letter);
}

TEST_P(ClaimContract, AnInvitationBelongsToWhoHasItsCode) {
    const auto invite = [&](const std::string& code) {
        return write([&](store::Tx& tx) {
            return invite_by_letter(tx, kHere, {.shop = kShop, .by = AccountId{9}, .code = code},
                                    ids_, kNow);
        });
    };
    const ClaimId id = invite("ABCDEFGHJK")->id;
    EXPECT_EQ(invite("KJHGFEDCBA")->id, id) << "one letter at a time";
    EXPECT_EQ(decide(id, ClaimStep::prove).error(), ClaimError::not_now) << "nobody's yet";
    EXPECT_EQ(type_code(claire_.id, "ABCDEFGHJK"), CodeOutcome::wrong) << "the older letter";
    EXPECT_EQ(type_code(claire_.id, "KJHGFEDCBA"), CodeOutcome::proven);
    const auto claim =
        db_->read([&](store::Tx& tx) { return find_claim_of(tx, kHere, kShop, claire_.id); });
    ASSERT_TRUE(claim.has_value());
    EXPECT_EQ(claim->status, ClaimStatus::onboarding);
    EXPECT_EQ(claim->proof, Proof::letter);
}

TEST_P(ClaimContract, WhoHasAskedAndHasALetterHasOneClaim) {
    const auto invited = write([&](store::Tx& tx) {
        return invite_by_letter(
            tx, kHere, {.shop = kShop, .by = AccountId{9}, .code = "ABCDEFGHJK"}, ids_, kNow);
    });
    ASSERT_TRUE(open(claire_.id).ok());
    ASSERT_EQ(type_code(claire_.id, "ABCDEFGHJK"), CodeOutcome::proven);
    const auto all = db_->read([&](store::Tx& tx) { return load_claims(tx, kHere); });
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].id, invited->id);
    EXPECT_EQ(all[0].account, claire_.id);
    EXPECT_EQ(all[0].status, ClaimStatus::onboarding);
    EXPECT_EQ(all[0].seller.siret, "73282932000074") << "what she told already";
}

TEST_P(ClaimContract, WaitsForReviewOnceEverythingIsTold) {
    const ClaimId id = open(claire_.id)->id;
    EXPECT_EQ(tell(id, whole_seller()).error(), ClaimError::not_now) << "not proven";
    ASSERT_TRUE(decide(id, ClaimStep::prove).ok());
    Seller seller = whole_seller();
    seller.mediator.clear();
    EXPECT_EQ(tell(id, seller)->status, ClaimStatus::onboarding);
    EXPECT_EQ(decide(id, ClaimStep::approve).error(), ClaimError::not_now);
    EXPECT_EQ(tell(id, whole_seller())->status, ClaimStatus::ready_for_review);
    EXPECT_EQ(tell(id, seller)->status, ClaimStatus::onboarding) << "and back";
}

TEST_P(ClaimContract, ApprovalOpensTheCounterForOneAccount) {
    const Claim claires = ready(claire_.id);
    const Claim pauls = ready(paul_.id);
    ASSERT_TRUE(decide(claires.id, ClaimStep::approve).ok());
    EXPECT_EQ(roles_of("claire@example.org"),
              (accounts::Grants{{.role = accounts::Role::shopkeeper, .shop = kShop}}));
    EXPECT_EQ(decide(pauls.id, ClaimStep::approve).error(), ClaimError::shop_taken);
    EXPECT_EQ(open(paul_.id).error(), ClaimError::shop_taken);
    EXPECT_EQ(open(claire_.id).error(), ClaimError::not_now);
    EXPECT_TRUE(roles_of("paul@example.org").empty());
    const auto last = notices().back();
    EXPECT_EQ(last.recipient, "claire@example.org");
    EXPECT_EQ(last.facts.at("status"), "approved");
}

TEST_P(ClaimContract, WhatIsTakenAwayHasAReasonThatIsSent) {
    const Claim claim = ready(claire_.id);
    EXPECT_EQ(decide(claim.id, ClaimStep::reject).error(), ClaimError::reason_missing);
    ASSERT_TRUE(decide(claim.id, ClaimStep::approve).ok());
    EXPECT_EQ(decide(claim.id, ClaimStep::suspend, "  ").error(), ClaimError::reason_missing);
    ASSERT_TRUE(decide(claim.id, ClaimStep::suspend, " faux avis ").ok());
    EXPECT_TRUE(roles_of("claire@example.org").empty());
    EXPECT_EQ(notices().back().facts.at("reason"), "faux avis");
    ASSERT_TRUE(decide(claim.id, ClaimStep::reinstate).ok());
    EXPECT_EQ(roles_of("claire@example.org").size(), 1u);
    const auto steps = db_->read([&](store::Tx& tx) { return load_steps(tx, kHere, claim.id); });
    std::vector<ClaimStatus> statuses;
    for (const TakenStep& step : steps) statuses.push_back(step.status);
    using enum ClaimStatus;
    EXPECT_EQ(statuses,
              (std::vector{pending, onboarding, ready_for_review, approved, suspended, approved}));
}

TEST_P(ClaimContract, RejectedClaimsAreForgottenInTime) {
    const ClaimId id = open(claire_.id)->id;
    ASSERT_TRUE(decide(id, ClaimStep::reject, "not the shop").ok());
    EXPECT_NE(open(claire_.id)->id, id) << "one may try again";
    const auto purge = [&](Instant before) {
        return write([&](store::Tx& tx) { return purge_claims(tx, kHere, before); });
    };
    EXPECT_EQ(purge(kNow), 0);
    EXPECT_EQ(purge(kNow + 1s), 1);
    EXPECT_EQ(db_->read([&](store::Tx& tx) { return load_claims(tx, kHere); }).size(), 1u);
}

TEST_P(ClaimContract, AnAccountHasFewOpenClaims) {
    for (std::int64_t i = 0; i < kOpenClaimsMax; ++i)
        write([&](store::Tx& tx) {
            check(open_claim(tx, kHere,
                             {.shop = ShopId{100 + i},
                              .account = claire_.id,
                              .siret = {.digits = "73282932000074"}},
                             ids_, kNow)
                      .ok());
        });
    EXPECT_EQ(open(claire_.id).error(), ClaimError::too_many_claims);
}

}  // namespace
}  // namespace emplettes::territory
