#include "accounts/role.h"

#include <gtest/gtest.h>

namespace emplettes::accounts {
namespace {

constexpr ShopId kTea{1};
constexpr ShopId kBooks{2};

TEST(Role, WordsAreReadBack) {
    for (const Role role : {Role::operator_, Role::shopkeeper, Role::staff})
        EXPECT_EQ(parse_role(to_string(role)), role);
    EXPECT_EQ(parse_role("owner"), std::nullopt);
}

TEST(Role, HoldsAtItsShopAlone) {
    const Grants grants{{.role = Role::shopkeeper, .shop = kTea}};
    EXPECT_EQ(role_at(grants, kTea), Role::shopkeeper);
    EXPECT_EQ(role_at(grants, kBooks), std::nullopt);
    EXPECT_FALSE(is_operator(grants));
    EXPECT_EQ(role_at({}, kTea), std::nullopt);
}

TEST(Role, AnOperatorMayStandAtEveryCounter) {
    const Grants grants{{.role = Role::staff, .shop = kBooks},
                        {.role = Role::operator_, .shop = {}},
                        {.role = Role::shopkeeper, .shop = kTea}};
    EXPECT_TRUE(is_operator(grants));
    EXPECT_EQ(role_at(grants, kTea), Role::shopkeeper);
    EXPECT_EQ(role_at(grants, kBooks), Role::operator_) << "the role that may more";
    EXPECT_EQ(role_at(grants, ShopId{3}), Role::operator_);
}

TEST(Role, StaffDecidesNothingAboutOthers) {
    EXPECT_TRUE(may_manage(Role::operator_));
    EXPECT_TRUE(may_manage(Role::shopkeeper));
    EXPECT_FALSE(may_manage(Role::staff));
}

}  // namespace
}  // namespace emplettes::accounts
