#include "territory/exported_seller.h"

#include <gtest/gtest.h>

#include "territory/contract.h"
#include "territory/deciding.h"

namespace emplettes::territory {
namespace {

constexpr ShopId kOther{12};

class ExportedSellerContract : public TownContract {
  protected:
    void sell(ShopId shop, ClaimStatus status) {
        Claim claim;
        claim.id = ids_.next<ClaimId>();
        claim.shop = shop;
        claim.status = status;
        claim.seller = whole_seller();
        claim.proof = Proof::mail;
        claim.reason = status == ClaimStatus::suspended ? "unpaid" : "";
        write([&](store::Tx& tx) { save_claim(tx, kHere, claim); });
    }
    std::string exported(ShopId shop) {
        return db_->read([&](store::Tx& tx) { return exported_seller(tx, kHere, shop); });
    }
    SellerRestored restore(ShopId shop, const std::string& text) {
        return write([&](store::Tx& tx) {
            return restore_seller(tx, kHere, {.shop = shop, .text = text}, ids_, kNow);
        });
    }
    std::optional<Claim> holding(ShopId shop) {
        return db_->read([&](store::Tx& tx) { return find_holding_claim(tx, kHere, shop); });
    }
};

TEST_P(ExportedSellerContract, ComesBackAsItWas) {
    sell(kShop, ClaimStatus::approved);
    const std::string text = exported(kShop);
    EXPECT_EQ(restore(kOther, text), SellerRestored::restored);
    const auto claim = holding(kOther);
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->seller, whole_seller());
    EXPECT_EQ(claim->account, AccountId{});
    EXPECT_EQ(exported(kOther), text);
    EXPECT_EQ(restore(kOther, text), SellerRestored::was_here);
}

TEST_P(ExportedSellerContract, WhoIsSuspendedStaysSo) {
    sell(kShop, ClaimStatus::suspended);
    const std::string text = exported(kShop);
    EXPECT_EQ(restore(kOther, text), SellerRestored::restored);
    EXPECT_EQ(holding(kOther)->status, ClaimStatus::suspended);
    EXPECT_EQ(exported(kOther), text);
    // Nobody's account is opened when the operator thinks again.
    const auto reinstated = write([&](store::Tx& tx) {
        return decide_claim(tx, kHere,
                            {.claim = holding(kOther)->id, .step = ClaimStep::reinstate, .by = {}},
                            ids_, kNow);
    });
    ASSERT_TRUE(reinstated);
    EXPECT_EQ(reinstated->status, ClaimStatus::approved);
}

TEST_P(ExportedSellerContract, LessThanTheLawWantsIsNotTaken) {
    sell(kShop, ClaimStatus::approved);
    const std::string sound = exported(kShop);
    const auto changed = [&](const std::string& what, const std::string& into) {
        std::string text = sound;
        text.replace(text.find(what), what.size(), into);
        return text;
    };
    for (const std::string& text :
         {std::string("no JSON"), std::string("[]"), changed("73282932000074", "73282932000075"),
          changed("\"approved\"", "\"pending\""), changed("\"approved\"", "\"suspended\""),
          changed("Écume SARL", std::string(201, 'x')), changed("certified_at", "certified")})
        EXPECT_EQ(restore(kOther, text), SellerRestored::not_whole) << text;
    EXPECT_FALSE(holding(kOther));
    EXPECT_EQ(restore(kOther, ""), SellerRestored::none);
    EXPECT_EQ(exported(kOther), "");
}

INSTANTIATE_TEST_SUITE_P(Databases, ExportedSellerContract, store::both_databases(),
                         store::name_of_dialect);

}  // namespace
}  // namespace emplettes::territory
