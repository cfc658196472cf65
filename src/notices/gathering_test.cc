#include "notices/gathering.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "notices/contract.h"

namespace emplettes::notices {
namespace {

using namespace std::chrono_literals;

Notice notice(std::int64_t id, const std::string& to = "shop@example.org",
              Pace pace = Pace::may_gather) {
    return {.id = NoticeId{id},
            .territory = kTerritory,
            .kind = "reservation_requested",
            .audience = Audience::shop,
            .recipient = to,
            .language = "fr",
            .facts = {},
            .created_at = kNow,
            .pace = pace};
}

std::vector<Notice> notices(int count) {
    std::vector<Notice> all;
    for (int id = 1; id <= count; ++id) all.push_back(notice(id));
    return all;
}

TEST(Gathering, FewGoAlone) {
    const auto plan = gather(notices(5), {}, {}, kNow);
    EXPECT_EQ(plan.mails.size(), 5u);
    EXPECT_TRUE(plan.held.empty());
}

TEST(Gathering, ManyBecomeOneMail) {
    const auto plan = gather(notices(6), {}, {}, kNow);
    ASSERT_EQ(plan.mails.size(), 1u);
    EXPECT_EQ(plan.mails[0].size(), 6u);
}

TEST(Gathering, WhoGotEnoughHearsTheRestWhenTheWindowIsOver) {
    const RecentlySentTo recently{{"shop@example.org", {.notices = 5, .last = kNow - 100s}}};
    const auto plan = gather(notices(2), recently, {}, kNow);
    EXPECT_TRUE(plan.mails.empty());
    ASSERT_EQ(plan.held.size(), 2u);
    EXPECT_EQ(plan.held[0].until, kNow + 200s);
}

TEST(Gathering, WhatIsUrgentNeverWaits) {
    const RecentlySentTo recently{{"shop@example.org", {.notices = 50, .last = kNow}}};
    const auto plan =
        gather({notice(1), notice(2, "shop@example.org", Pace::at_once)}, recently, {}, kNow);
    ASSERT_EQ(plan.mails.size(), 1u);
    EXPECT_EQ(plan.mails[0][0].id, NoticeId{2});
    EXPECT_EQ(plan.held.size(), 1u);
}

TEST(Gathering, WhatWasGatheredStaysTogether) {
    auto all = notices(3);
    for (Notice& one : all) one.bundle = NoticeId{1};
    all.push_back(notice(4));
    const auto plan = gather(all, {}, {}, kNow);
    ASSERT_EQ(plan.mails.size(), 2u);
    EXPECT_EQ(plan.mails[0].size(), 3u);
}

// The law: each notice is in exactly one place, mails are of one reader, nothing urgent waits or is
// listed, nothing waits beyond the window, and nobody gets more than the rules allow at once.
RC_GTEST_PROP(Gathering, LosesAndDoublesNothing, ()) {
    const GatherRules rules{.mails_max = *rc::gen::inRange(1, 8), .window = 300s};
    std::vector<Notice> due;
    RecentlySentTo recently;
    for (const auto* to : {"a@example.org", "b@example.org", "+33600000000"})
        if (*rc::gen::arbitrary<bool>())
            recently[to] = {.notices = *rc::gen::inRange(1, 10),
                            .last = kNow - std::chrono::seconds{*rc::gen::inRange(0, 299)}};
    const int count = *rc::gen::inRange(0, 150);
    for (int id = 1; id <= count; ++id)
        due.push_back(notice(id,
                             *rc::gen::element<std::string>("a@example.org", "b@example.org",
                                                            "+33600000000", "slip"),
                             *rc::gen::element(Pace::at_once, Pace::may_gather)));
    const auto plan = gather(due, recently, rules, kNow);

    std::set<NoticeId> seen;
    std::map<std::string, std::int64_t> alone;
    for (const auto& mail : plan.mails) {
        RC_ASSERT(!mail.empty() && mail.size() <= kGatheredMax);
        for (const Notice& one : mail) {
            RC_ASSERT(seen.insert(one.id).second);
            RC_ASSERT(one.recipient == mail[0].recipient);
            RC_ASSERT(mail.size() == 1 || one.pace == Pace::may_gather);
        }
        if (mail.size() == 1 && mail[0].pace == Pace::may_gather && way_of(mail[0]) == Way::mail)
            ++alone[mail[0].recipient];
    }
    for (const auto& held : plan.held) {
        RC_ASSERT(seen.insert(held.notice.id).second);
        RC_ASSERT(held.notice.pace == Pace::may_gather);
        RC_ASSERT(held.until > kNow && held.until <= kNow + rules.window);
    }
    RC_ASSERT(std::ssize(seen) == count);
    for (const auto& [to, mails] : alone)
        RC_ASSERT(mails == 1 || recently[to].notices + mails <= rules.mails_max);
}

}  // namespace
}  // namespace emplettes::notices
