#include "orders/contact_rule.h"

#include <gtest/gtest.h>

namespace emplettes::orders {
namespace {

TEST(Judge, AFewAreNobodysBusiness) {
    const ContactRule rule;
    EXPECT_EQ(judge({}, rule), ContactVerdict::fine);
    EXPECT_EQ(judge({.open = 5, .burst = 5, .no_shows = 1}, rule), ContactVerdict::fine);
}

TEST(Judge, MoreWantProof) {
    const ContactRule rule;
    for (const ContactHistory& odd :
         {ContactHistory{.open = 6}, ContactHistory{.burst = 6}, ContactHistory{.no_shows = 2}})
        EXPECT_EQ(judge(odd, rule), ContactVerdict::must_prove);
}

TEST(Judge, NobodyEmptiesATown) {
    const ContactRule rule;
    EXPECT_EQ(judge({.open = 29}, rule), ContactVerdict::must_prove);
    EXPECT_EQ(judge({.open = 30}, rule), ContactVerdict::too_many_open);
}

TEST(ContactKey, IsTheSameHoweverItIsTyped) {
    EXPECT_EQ(contact_key("Zoe@Example.ORG"), contact_key("zoe@example.org"));
    EXPECT_EQ(contact_key("+33 1 42-00-00-00"), "0033142000000");
    EXPECT_EQ(contact_key("(01) 42 00 00 00"), "0142000000");
    EXPECT_NE(contact_key("zoe@example.org"), contact_key("zoe@example.com"));
}

}  // namespace
}  // namespace emplettes::orders
