#include "territory/claim_rules.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>

namespace emplettes::territory {
namespace {

using enum ClaimStatus;

constexpr std::array kEveryStep{ClaimStep::prove,  ClaimStep::submit,  ClaimStep::approve,
                                ClaimStep::reject, ClaimStep::suspend, ClaimStep::reinstate};

Seller whole_seller() {
    return {.siret = "73282932000074",
            .legal_name = "Écume SARL",
            .legal_address = "12 rue Cadet, 75009 Paris",
            .phone = "01 42 00 00 00",
            .email = "claire@example.org",
            .register_number = "RCS Paris 732 829 320",
            .mediator = "Médiation du commerce",
            .mediator_url = "https://mediation.example/",
            .certified_at = instant_from_unix(1'790'000'000)};
}

TEST(ClaimSteps, TheWayToApproval) {
    EXPECT_EQ(status_after(pending, ClaimStep::prove), onboarding);
    EXPECT_EQ(status_after(invited, ClaimStep::prove), onboarding);
    EXPECT_EQ(status_after(onboarding, ClaimStep::submit), ready_for_review);
    EXPECT_EQ(status_after(ready_for_review, ClaimStep::submit), ready_for_review);
    EXPECT_EQ(status_after(ready_for_review, ClaimStep::approve), approved);
    EXPECT_EQ(status_after(approved, ClaimStep::suspend), suspended);
    EXPECT_EQ(status_after(suspended, ClaimStep::reinstate), approved);
}

TEST(ClaimSteps, NothingIsSkipped) {
    for (const ClaimStatus status : {pending, invited, onboarding, approved, rejected, suspended})
        EXPECT_EQ(status_after(status, ClaimStep::approve), std::nullopt) << to_string(status);
    EXPECT_EQ(status_after(pending, ClaimStep::submit), std::nullopt);
    EXPECT_EQ(status_after(approved, ClaimStep::reject), std::nullopt)
        << "suspended, with a reason";
    for (const ClaimStep step : kEveryStep)
        EXPECT_EQ(status_after(rejected, step), std::nullopt) << to_string(step);
}

TEST(ClaimSteps, WordsAreReadBack) {
    for (const ClaimStep step : kEveryStep) EXPECT_EQ(parse_claim_step(to_string(step)), step);
    EXPECT_EQ(parse_claim_step("ready"), std::nullopt);
}

// Whatever is tried in whatever order: who is approved has proven the claim and told everything,
// and what takes something away has a reason.
RC_GTEST_PROP(ClaimSteps, NobodyIsApprovedUnproven, ()) {
    const auto steps = *rc::gen::container<std::vector<ClaimStep>>(rc::gen::elementOf(kEveryStep));
    ClaimStatus status = *rc::gen::element(pending, invited);
    bool is_proven = false;
    bool is_told = false;
    for (const ClaimStep step : steps) {
        const auto next = status_after(status, step);
        if (!next) continue;
        is_proven |= step == ClaimStep::prove;
        is_told |= step == ClaimStep::submit;
        if (*next == rejected || *next == suspended) RC_ASSERT(needs_reason(step));
        status = *next;
        if (status == approved || status == suspended) RC_ASSERT(is_proven && is_told);
        if (status == onboarding || status == ready_for_review) RC_ASSERT(is_proven);
    }
}

TEST(Duties, AWholeSellerHasNone) { EXPECT_TRUE(unmet_duties(whole_seller()).empty()); }

TEST(Duties, AnEmptyOneHasAll) {
    EXPECT_EQ(unmet_duties({}),
              (std::vector{Duty::siret, Duty::legal_name, Duty::legal_address, Duty::phone,
                           Duty::email, Duty::register_number, Duty::mediator, Duty::mediator_url,
                           Duty::certificate}));
}

TEST(Duties, AMediatorHasASiteOfItsOwn) {
    Seller seller = whole_seller();
    for (const char* bad :
         {"", "mediation.example", "https://", "https://localhost", "javascript:alert(1)",
          "https://ec.europa.eu/consumers/odr/", "HTTPS://EC.EUROPA.EU/consumers/odr/main",
          "https://a.example/\" onclick"}) {
        seller.mediator_url = bad;
        EXPECT_EQ(unmet_duties(seller), std::vector{Duty::mediator_url}) << bad;
    }
}

TEST(Duties, WhiteSpaceIsNoName) {
    Seller seller = whole_seller();
    seller.legal_name = "  ";
    seller.phone = "none";
    EXPECT_EQ(unmet_duties(seller), (std::vector{Duty::legal_name, Duty::phone}));
}

}  // namespace
}  // namespace emplettes::territory
