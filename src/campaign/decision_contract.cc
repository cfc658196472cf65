#include "campaign/decision.h"

#include <gtest/gtest.h>

#include <optional>

#include "campaign/comment.h"
#include "campaign/deed.h"
#include "campaign/signer_database.h"
#include "campaign/test_signers.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::campaign {
namespace {

const std::string kFirst = "first@example.org";
const std::string kOther = "other@example.org";

class DecisionContract : public store::Contract {
  protected:
    DecisionContract() {
        store::migrate(*db_, embedded_pledge_migrations(), SystemClock());
        signers_.emplace(*db_);
        draft_ = db_->write([&](store::Tx& tx) {
            return add_draft(tx, TestSigners::kTerritory, TestSigners::draft("other"),
                             signers_->context().ids, signers_->clock().now())
                .value();
        });
    }
    Pledge pledge() {
        return db_->read(
            [&](store::Tx& tx) { return *find_pledge(tx, TestSigners::kTerritory, draft_); });
    }
    DecisionContext by(const std::string& who) {
        return {.territory = TestSigners::kTerritory,
                .ids = signers_->context().ids,
                .by = who,
                .now = signers_->clock().now()};
    }
    Result<DecisionId, DecisionError> propose(Act act, const std::string& who) {
        const Pledge now = pledge();
        return db_->write([&](store::Tx& tx) { return campaign::propose(tx, now, act, by(who)); });
    }
    Result<Act, DecisionError> second(DecisionId id, const std::string& who) {
        return db_->write([&](store::Tx& tx) { return campaign::second(tx, id, by(who)); });
    }
    std::vector<Deed> deeds() {
        return db_->read(
            [&](store::Tx& tx) { return load_deeds(tx, TestSigners::kTerritory, "other", 10); });
    }

    std::optional<TestSigners> signers_;
    PledgeId draft_;
};

INSTANTIATE_TEST_SUITE_P(Databases, DecisionContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(DecisionContract, NobodyPublishesAlone) {
    const auto id = propose(Act::publish, kFirst).value();
    EXPECT_EQ(pledge().status, PledgeStatus::draft);
    EXPECT_EQ(second(id, kFirst).error(), DecisionError::same_person);
    EXPECT_EQ(pledge().status, PledgeStatus::draft);
    EXPECT_EQ(propose(Act::publish, kOther).error(), DecisionError::proposed_before);
    EXPECT_EQ(second(id, kOther).value(), Act::publish);
    EXPECT_EQ(pledge().status, PledgeStatus::published);
    EXPECT_EQ(second(id, kOther).error(), DecisionError::not_there);
    EXPECT_EQ(propose(Act::publish, kFirst).error(), DecisionError::not_possible);
    // The database itself knows no other way.
    EXPECT_THROW(
        db_->write([](store::Tx& tx) { tx.run("UPDATE decision SET seconded_by = proposed_by"); }),
        store::SqlError);
}

TEST_P(DecisionContract, NobodyRemovesAloneAndAProposalGrowsOld) {
    const auto id = propose(Act::remove, kFirst).value();
    EXPECT_EQ(second(id, kFirst).error(), DecisionError::same_person);
    signers_->clock().advance(kProposalLasts);
    EXPECT_EQ(second(id, kOther).error(), DecisionError::not_there);
    const auto again = propose(Act::remove, kFirst).value();
    EXPECT_EQ(second(again, kOther).value(), Act::remove);
    EXPECT_EQ(pledge().status, PledgeStatus::deleted);
    EXPECT_EQ(propose(Act::remove, kFirst).error(), DecisionError::not_possible);
}

TEST_P(DecisionContract, AProposalIsDropped) {
    const auto id = propose(Act::remove, kFirst).value();
    const auto drop = [&] {
        return db_->write([&](store::Tx& tx) { return drop_proposal(tx, id, by(kFirst)); });
    };
    EXPECT_TRUE(drop());
    EXPECT_FALSE(drop());
    EXPECT_EQ(second(id, kOther).error(), DecisionError::not_there);
    EXPECT_EQ(pledge().status, PledgeStatus::draft);
}

TEST_P(DecisionContract, TheLogTellsWhenItWasTouched) {
    const auto id = propose(Act::publish, kFirst).value();
    ASSERT_TRUE(second(id, kOther).ok());
    ASSERT_TRUE(propose(Act::remove, kOther).ok());
    const auto all = deeds();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[1].act, "second_publish");
    EXPECT_EQ(all[1].done_by, kOther);
    EXPECT_EQ(all[1].details, kFirst);
    EXPECT_TRUE(signers_->contradictions().empty());
    const auto touched = [&](const char* sql) {
        db_->write([&](store::Tx& tx) { tx.run(sql); });
        return signers_->contradictions().size();
    };
    EXPECT_EQ(touched("UPDATE deed SET done_by = 'x' WHERE deed_number = 2"), 1U);
    EXPECT_EQ(touched("UPDATE deed SET done_by = 'other@example.org' WHERE deed_number = 2"), 0U);
    EXPECT_EQ(touched("UPDATE deed SET details = details || ' ' WHERE deed_number = 1"), 1U);
    EXPECT_EQ(touched("UPDATE deed SET details = '' WHERE deed_number = 1"), 0U);
    EXPECT_EQ(touched("DELETE FROM deed WHERE deed_number = 2"), 1U);
}

TEST_P(DecisionContract, AWordIsShownOnceItWasRead) {
    auto request = TestSigners::request("Ada", "ada@example.org");
    request.is_public = true;
    request.comment = "Pour la rue.";
    request.organisation = "La Lanterne";
    signers_->sign(request);
    ASSERT_TRUE(signers_->confirm(signers_->link_of(signers_->mails().back())).ok());
    const auto pledge_id = signers_->pledge().id;
    const auto waiting = db_->read([&](store::Tx& tx) {
        return load_waiting_comments(tx, TestSigners::kTerritory, pledge_id, 10);
    });
    ASSERT_EQ(waiting.size(), 1U);
    const auto judge = [&](bool is_shown) {
        return db_->write([&](store::Tx& tx) {
            return judge_comment(tx, TestSigners::kTerritory, pledge_id,
                                 {.id = waiting[0].id, .is_shown = is_shown});
        });
    };
    EXPECT_TRUE(judge(true));
    EXPECT_FALSE(judge(false));
    const auto shown = db_->read(
        [&](store::Tx& tx) { return load_public(tx, TestSigners::kTerritory, pledge_id, 10); });
    EXPECT_EQ(shown.at(0).comment, "Pour la rue.");
    EXPECT_EQ(shown.at(0).organisation, "La Lanterne");
}

}  // namespace
}  // namespace emplettes::campaign
