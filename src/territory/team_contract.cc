#include "territory/team.h"

#include <gtest/gtest.h>

#include "territory/contract.h"

namespace emplettes::territory {
namespace {

class TeamContract : public TownContract {
  protected:
    TeamContract() {
        const auto granted = write([&](store::Tx& tx) {
            return accounts::grant_role(
                tx, kHere,
                {.account = claire_.id,
                 .grant = {.role = accounts::Role::shopkeeper, .shop = kShop},
                 .by = {}},
                kNow);
        });
        check(granted.ok());
    }
    Result<Done, TeamError> invite(const std::string& email) {
        return write([&](store::Tx& tx) {
            return invite_staff(
                tx, kHere, {.shop = kShop, .shop_name = "L’Écume", .email = email, .by = claire_},
                ids_, kNow);
        });
    }
    Result<Done, TeamError> remove(AccountId account) {
        return write(
            [&](store::Tx& tx) { return remove_staff(tx, kHere, kShop, account, random_); });
    }

    std::string secret() {
        return db_->read([&](store::Tx& tx) { return catalogue::find_shop(tx, kHere, kShop); })
            ->secret;
    }

    SeededRandom random_{1};
    const accounts::Account claire_ = person("claire@example.org");
};

INSTANTIATE_TEST_SUITE_P(Databases, TeamContract, store::both_databases(), store::name_of_dialect);

TEST_P(TeamContract, WhoIsInvitedIsToldOnce) {
    EXPECT_TRUE(invite("paul@example.org").ok());
    EXPECT_TRUE(invite("paul@example.org").ok());
    EXPECT_EQ(roles_of("paul@example.org"),
              (accounts::Grants{{.role = accounts::Role::staff, .shop = kShop}}));
    ASSERT_EQ(notices().size(), 1u);
    EXPECT_EQ(notices()[0].recipient, "paul@example.org");
}

TEST_P(TeamContract, AShopkeeperStaysOne) {
    EXPECT_EQ(invite("claire@example.org").error(), TeamError::is_shopkeeper);
    EXPECT_EQ(remove(claire_.id).error(), TeamError::is_shopkeeper);
}

TEST_P(TeamContract, StaffGoesAtOnce) {
    ASSERT_TRUE(invite("paul@example.org").ok());
    const AccountId paul = person("paul@example.org").id;
    const std::string known_to_paul = secret();
    EXPECT_TRUE(remove(paul).ok());
    EXPECT_NE(secret(), known_to_paul);
    EXPECT_TRUE(roles_of("paul@example.org").empty());
    EXPECT_EQ(remove(paul).error(), TeamError::unknown_person);
}

}  // namespace
}  // namespace emplettes::territory
