#include "accounts/session.h"

#include <gtest/gtest.h>

#include "accounts/contract.h"

namespace emplettes::accounts {
namespace {

using namespace std::chrono_literals;

class SessionContract : public PeopleContract {
  protected:
    void start(std::int64_t id, AccountId account, Instant now = kNow) {
        db_->write([&](store::Tx& tx) {
            start_session(tx, kHere,
                          {.id = SessionId{id},
                           .token = "token" + std::to_string(id),
                           .account = account,
                           .device = "Firefox, Android"},
                          now);
        });
    }
    std::optional<SignedIn> who(std::int64_t id, Instant now = kNow,
                                TerritoryId territory = kHere) {
        return db_->read([&](store::Tx& tx) {
            return find_signed_in(tx, territory, "token" + std::to_string(id), now);
        });
    }
    std::vector<std::int64_t> list(AccountId account, Instant now = kNow) {
        std::vector<std::int64_t> ids;
        db_->read([&](store::Tx& tx) {
            for (const Session& session : load_sessions(tx, kHere, account, now))
                ids.push_back(session.id.value);
        });
        return ids;
    }
    void see(std::int64_t id, Instant now) {
        const auto signed_in = who(id, now);
        ASSERT_TRUE(signed_in.has_value());
        db_->write([&](store::Tx& tx) { note_seen(tx, kHere, signed_in->session, now); });
    }

    const Account ada_ = person("ada@example.org");
    const Account grace_ = person("grace@example.org");
};

INSTANTIATE_TEST_SUITE_P(Databases, SessionContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(SessionContract, ItsTokenTellsWhoItIs) {
    start(1, ada_.id);
    ASSERT_TRUE(grant(ada_.id, Role::staff, kTea).ok());
    const auto signed_in = who(1);
    ASSERT_TRUE(signed_in.has_value());
    EXPECT_EQ(signed_in->account.email, "ada@example.org");
    EXPECT_EQ(signed_in->account.grants, (Grants{{.role = Role::staff, .shop = kTea}}));
    EXPECT_EQ(signed_in->session.device, "Firefox, Android");
    EXPECT_FALSE(who(2).has_value());
    EXPECT_FALSE(who(1, kNow, kElsewhere).has_value()) << "not in another territory";
}

TEST_P(SessionContract, TheTokenItselfIsNowhere) {
    start(1, ada_.id);
    const std::string kept = who(1)->session.token_sha256;
    EXPECT_EQ(kept.size(), 64u);
    EXPECT_EQ(kept.find("token"), std::string::npos);
}

TEST_P(SessionContract, LastsThirtyDaysAfterItWasSeen) {
    start(1, ada_.id);
    EXPECT_TRUE(who(1, kNow + kSessionLasts - 1s).has_value());
    EXPECT_FALSE(who(1, kNow + kSessionLasts).has_value());
    see(1, kNow + 20 * 24h);
    EXPECT_TRUE(who(1, kNow + 20 * 24h + kSessionLasts - 1s).has_value());
    EXPECT_FALSE(who(1, kNow + 20 * 24h + kSessionLasts).has_value());
    EXPECT_EQ(find("ada@example.org")->last_seen_at, kNow + 20 * 24h);
}

TEST_P(SessionContract, IsNotedOnceAnHour) {
    start(1, ada_.id);
    EXPECT_FALSE(is_to_be_noted(who(1)->session, kNow + 59min));
    EXPECT_TRUE(is_to_be_noted(who(1)->session, kNow + 1h));
    see(1, kNow + 1h);
    EXPECT_FALSE(is_to_be_noted(who(1)->session, kNow + 119min));
}

TEST_P(SessionContract, OnesOwnAreListedAndEnded) {
    start(1, ada_.id);
    start(2, ada_.id, kNow + 1s);
    start(3, grace_.id);
    see(1, kNow + 2h);
    EXPECT_EQ(list(ada_.id), (std::vector<std::int64_t>{1, 2}));
    const auto end = [&](AccountId account, std::int64_t id) {
        return db_->write(
            [&](store::Tx& tx) { return end_session(tx, kHere, account, SessionId{id}); });
    };
    EXPECT_FALSE(end(ada_.id, 3)) << "not hers";
    EXPECT_TRUE(end(ada_.id, 2));
    EXPECT_FALSE(end(ada_.id, 2));
    EXPECT_FALSE(who(2).has_value());
    EXPECT_TRUE(who(3).has_value());
}

TEST_P(SessionContract, AllOthersEndAtOnce) {
    for (std::int64_t id : {1, 2, 3}) start(id, ada_.id);
    start(4, grace_.id);
    const auto mine = who(2);
    db_->write([&](store::Tx& tx) { end_other_sessions(tx, kHere, mine->session); });
    EXPECT_EQ(list(ada_.id), std::vector<std::int64_t>{2});
    EXPECT_TRUE(who(4).has_value());
}

TEST_P(SessionContract, ThereIsALimitToDevices) {
    for (std::int64_t id = 1; id <= kSessionsPerAccountMax + 2; ++id)
        start(id, ada_.id, kNow + std::chrono::seconds{id});
    EXPECT_EQ(list(ada_.id).size(), static_cast<std::size_t>(kSessionsPerAccountMax));
    EXPECT_FALSE(who(2).has_value()) << "the longest unseen";
    EXPECT_TRUE(who(3).has_value());
}

TEST_P(SessionContract, TheExpiredIsForgotten) {
    start(1, ada_.id);
    start(2, ada_.id, kNow + 1h);
    EXPECT_EQ(list(ada_.id, kNow + kSessionLasts), std::vector<std::int64_t>{2});
    const auto purge = [&] {
        return db_->write(
            [&](store::Tx& tx) { return purge_sessions(tx, kHere, kNow + kSessionLasts); });
    };
    EXPECT_EQ(purge(), 1);
    EXPECT_EQ(purge(), 0);
}

}  // namespace
}  // namespace emplettes::accounts
