#include "accounts/sign_in.h"

#include <gtest/gtest.h>

#include "accounts/contract.h"
#include "store/sha256.h"

namespace emplettes::accounts {
namespace {

using namespace std::chrono_literals;

class SignInContract : public PeopleContract {
  protected:
    Result<Done, LinkError> ask(const std::string& token,
                                const std::string& email = "ada@example.org", Instant now = kNow,
                                const std::string& network = "192.0.2.0/24") {
        return db_->write([&](store::Tx& tx) {
            return ask_for_link(
                tx, kHere,
                {.email = email, .return_to = "/fr/account", .token = token, .network = network},
                now);
        });
    }
    std::optional<Link> look(std::string_view token, Instant now = kNow) {
        return db_->read([&](store::Tx& tx) { return find_link(tx, kHere, token, now); });
    }
    std::optional<Link> use(std::string_view token, Instant now = kNow,
                            TerritoryId territory = kHere) {
        return db_->write([&](store::Tx& tx) { return use_link(tx, territory, token, now); });
    }

    const Link adas_{.email = "ada@example.org", .return_to = "/fr/account"};
};

INSTANTIATE_TEST_SUITE_P(Databases, SignInContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(SignInContract, ALinkCanBeUsedOnce) {
    ASSERT_TRUE(ask("a").ok());
    EXPECT_EQ(use("a"), adas_);
    EXPECT_EQ(use("a"), std::nullopt);
    EXPECT_EQ(look("a"), std::nullopt);
}

TEST_P(SignInContract, LookingAtALinkUsesNothingUp) {
    ASSERT_TRUE(ask("a").ok());
    EXPECT_EQ(look("a"), adas_);
    EXPECT_EQ(look("a"), adas_);
    EXPECT_EQ(use("a"), adas_);
}

TEST_P(SignInContract, ALinkLastsTenMinutes) {
    ASSERT_TRUE(ask("a").ok());
    EXPECT_EQ(look("a", kNow + 10min), std::nullopt);
    EXPECT_EQ(use("a", kNow + 10min), std::nullopt);
    EXPECT_EQ(use("a", kNow + 10min - 1s), adas_);
}

TEST_P(SignInContract, NobodyElsesLinkOpens) {
    ASSERT_TRUE(ask("a").ok());
    EXPECT_EQ(use("b"), std::nullopt);
    EXPECT_EQ(use(""), std::nullopt);
    EXPECT_EQ(use("a", kNow, kElsewhere), std::nullopt);
    EXPECT_EQ(use(store::sha256("a")), std::nullopt) << "what is stored opens nothing";
}

TEST_P(SignInContract, AnAddressIsNotFlooded) {
    for (std::int64_t i = 0; i < kLinksPerAddressMax; ++i)
        ASSERT_TRUE(ask("a" + std::to_string(i)).ok());
    EXPECT_EQ(ask("b").error(), LinkError::too_many);
    EXPECT_EQ(look("b"), std::nullopt);
    EXPECT_TRUE(ask("c", "grace@example.org").ok());
    EXPECT_TRUE(ask("d", "ada@example.org", kNow + kLinksCountedFor).ok());
}

TEST_P(SignInContract, NobodyFloodsManyAddresses) {
    const auto somebody = [](std::int64_t i) { return "n" + std::to_string(i) + "@example.org"; };
    for (std::int64_t i = 0; i < kLinksPerNetworkMax; ++i)
        ASSERT_TRUE(ask("a" + std::to_string(i), somebody(i)).ok());
    EXPECT_EQ(ask("b", "next@example.org").error(), LinkError::too_many_of_network);
    EXPECT_EQ(look("b"), std::nullopt);
    EXPECT_TRUE(ask("c", "next@example.org", kNow, "198.51.100.0/24").ok());
    EXPECT_TRUE(ask("d", "next@example.org", kNow + kLinksCountedFor).ok());
}

TEST_P(SignInContract, OldLinksAreForgottenWhenTheyNoLongerCount) {
    ASSERT_TRUE(ask("a").ok());
    ASSERT_TRUE(ask("b", "ada@example.org", kNow + 30min).ok());
    const auto purge = [&](Instant now) {
        return db_->write([&](store::Tx& tx) { return purge_links(tx, kHere, now); });
    };
    EXPECT_EQ(purge(kNow + 59min), 0) << "they still count";
    EXPECT_EQ(purge(kNow + 61min), 1);
    EXPECT_EQ(purge(kNow + 91min), 1);
}

}  // namespace
}  // namespace emplettes::accounts
