#include "accounts/account.h"

#include <gtest/gtest.h>

#include "accounts/contract.h"
#include "accounts/session.h"
#include "accounts/sign_in.h"

namespace emplettes::accounts {
namespace {

class AccountContract : public PeopleContract {};

INSTANTIATE_TEST_SUITE_P(Databases, AccountContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(AccountContract, AnAddressHasOneAccountInATerritory) {
    const Account first = person("ada@example.org");
    EXPECT_EQ(first.email, "ada@example.org");
    EXPECT_EQ(first.created_at, kNow);
    EXPECT_TRUE(first.grants.empty());
    EXPECT_EQ(person("ada@example.org"), first);
    EXPECT_EQ(find("ada@example.org"), first);
    EXPECT_EQ(find("grace@example.org"), std::nullopt);
    EXPECT_NE(person("ada@example.org", kElsewhere).id, first.id);
    const auto by_id = db_->read([&](store::Tx& tx) { return find_account(tx, kHere, first.id); });
    EXPECT_EQ(by_id, first);
    EXPECT_FALSE(db_->read(
        [&](store::Tx& tx) { return find_account(tx, kElsewhere, first.id).has_value(); }));
}

TEST_P(AccountContract, RolesAreOnePerShop) {
    const AccountId ada = person("ada@example.org").id;
    EXPECT_TRUE(grant(ada, Role::staff, kTea).ok());
    EXPECT_TRUE(grant(ada, Role::staff, kBooks).ok());
    EXPECT_TRUE(grant(ada, Role::shopkeeper, kTea).ok());
    EXPECT_TRUE(grant(ada, Role::operator_, {}).ok());
    EXPECT_EQ(find("ada@example.org")->grants, (Grants{{.role = Role::operator_, .shop = {}},
                                                       {.role = Role::shopkeeper, .shop = kTea},
                                                       {.role = Role::staff, .shop = kBooks}}));
}

TEST_P(AccountContract, ARoleThatIsTakenAwayIsGoneAtOnce) {
    const AccountId ada = person("ada@example.org").id;
    ASSERT_TRUE(grant(ada, Role::staff, kTea).ok());
    const auto revoke = [&] {
        return db_->write([&](store::Tx& tx) { return revoke_role(tx, kHere, ada, kTea); });
    };
    EXPECT_TRUE(revoke());
    EXPECT_FALSE(revoke());
    EXPECT_TRUE(find("ada@example.org")->grants.empty());
}

TEST_P(AccountContract, ShopsWithPeopleAreListedOnceEach) {
    const AccountId ada = person("ada@example.org").id;
    ASSERT_TRUE(grant(ada, Role::shopkeeper, kTea).ok());
    ASSERT_TRUE(grant(ada, Role::staff, kBooks).ok());
    ASSERT_TRUE(grant(ada, Role::operator_, {}).ok());
    ASSERT_TRUE(grant(person("grace@example.org").id, Role::staff, kTea).ok());
    const auto shops = [&](ShopId after, std::int64_t limit) {
        return db_->read(
            [&](store::Tx& tx) { return load_shops_with_people(tx, kHere, after, limit); });
    };
    EXPECT_EQ(shops({}, 10), (std::vector<ShopId>{kTea, kBooks}));
    EXPECT_EQ(shops({}, 1), std::vector<ShopId>{kTea});
    EXPECT_EQ(shops(kTea, 10), std::vector<ShopId>{kBooks});
}

TEST_P(AccountContract, PeopleOfAShopAreListedAndLimited) {
    for (std::int64_t i = 0; i < kPeopleOfShopMax; ++i) {
        const auto account = person("staff" + std::to_string(i) + "@example.org");
        ASSERT_TRUE(grant(account.id, Role::staff, kTea).ok());
    }
    const Account ada = person("ada@example.org");
    EXPECT_EQ(grant(ada.id, Role::shopkeeper, kTea).error(), GrantError::too_many_people);
    EXPECT_TRUE(grant(ada.id, Role::shopkeeper, kBooks).ok());
    const auto people = [&](ShopId shop) {
        return db_->read([&](store::Tx& tx) { return load_people_of_shop(tx, kHere, shop); });
    };
    EXPECT_EQ(people(kTea).size(), static_cast<std::size_t>(kPeopleOfShopMax));
    ASSERT_EQ(people(kBooks).size(), 1u);
    EXPECT_EQ(people(kBooks)[0].email, "ada@example.org");
    const Account known = people(kTea)[0];
    EXPECT_TRUE(grant(known.id, Role::shopkeeper, kTea).ok()) << "no newcomer";

    db_->write([&](store::Tx& tx) { revoke_roles_of_shop(tx, kHere, kTea); });
    EXPECT_TRUE(people(kTea).empty());
    EXPECT_EQ(people(kBooks).size(), 1u);
}

TEST_P(AccountContract, AllAreListedByAddress) {
    person("grace@example.org");
    person("ada@example.org");
    person("zoe@example.org", kElsewhere);
    const auto all = db_->read([&](store::Tx& tx) { return load_accounts(tx, kHere); });
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].email, "ada@example.org");
    EXPECT_EQ(all[1].email, "grace@example.org");
}

TEST_P(AccountContract, NothingIsLeftOfWhoIsRemoved) {
    const Account ada = person("ada@example.org");
    const Account grace = person("grace@example.org");
    ASSERT_TRUE(grant(ada.id, Role::staff, kTea).ok());
    db_->write([&](store::Tx& tx) {
        start_session(tx, kHere,
                      {.id = SessionId{1}, .token = "t", .account = ada.id, .device = ""}, kNow);
        check(ask_for_link(tx, kHere, {.email = ada.email, .return_to = "", .token = "l"}, kNow)
                  .ok());
        remove_account(tx, kHere, ada);
    });
    EXPECT_EQ(find(ada.email), std::nullopt);
    EXPECT_EQ(find(grace.email), grace);
    for (const char* table : {"account_role", "session", "sign_in_link"})
        EXPECT_EQ(store::count_rows(*db_, table), 0) << table;
}

}  // namespace
}  // namespace emplettes::accounts
