#include "campaign/signature.h"

#include <gtest/gtest.h>

#include <optional>

#include "campaign/signer_database.h"
#include "campaign/test_signers.h"
#include "store/contract.h"
#include "store/migrations.h"
#include "store/table_text.h"

namespace emplettes::campaign {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const std::string kAda = "ada@example.org";

class SignatureContract : public store::Contract {
  protected:
    SignatureContract() {
        store::migrate(*db_, embedded_pledge_migrations(), SystemClock());
        signers_.emplace(*db_);
    }
    std::optional<Signature> find(SignatureId id) {
        return db_->read([&](store::Tx& tx) {
            return find_signature(tx, TestSigners::kTerritory, signers_->pledge().id, id);
        });
    }
    // Every table of the database as text.
    std::string everything() {
        std::string all;
        db_->read([&](store::Tx& tx) {
            for (const auto& table : store::list_tables(tx))
                store::write_table(tx, table, [&](std::string_view lines) { all += lines; });
        });
        return all;
    }

    std::optional<TestSigners> signers_;
};

INSTANTIATE_TEST_SUITE_P(Databases, SignatureContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(SignatureContract, OnlyAClickCounts) {
    signers_->sign("Ada", kAda);
    EXPECT_EQ(signers_->count(), Count{});
    const auto mail = signers_->mails().at(0);
    EXPECT_EQ(mail.kind, kSignLinkKind);
    EXPECT_EQ(mail.recipient, kAda);
    const auto id = signers_->link_of(mail);
    // A scanner of mails looks, as often as it likes.
    for (int i = 0; i < 5; ++i) EXPECT_EQ(find(id)->status, SignatureStatus::waiting);
    EXPECT_EQ(signers_->count(), Count{});
    EXPECT_EQ(signers_->confirm(id).value(), Confirmed::now_counted);
    EXPECT_EQ(signers_->confirm(id).value(), Confirmed::counted_before);
    EXPECT_EQ(signers_->count(), Count{.confirmed = 1});
    EXPECT_TRUE(signers_->contradictions().empty());
}

TEST_P(SignatureContract, AConfirmedAddressIsForgotten) {
    signers_->sign("Ada", kAda);
    EXPECT_NE(everything().find(kAda), std::string::npos);
    EXPECT_TRUE(signers_->confirm(signers_->link_of(signers_->mails().at(0))).ok());
    for (const auto& mail : signers_->mails())
        db_->write([&](store::Tx& tx) { notices::mark_sent(tx, mail, signers_->clock().now()); });
    signers_->clock().advance(1h + 1s);
    signers_->forget();
    EXPECT_EQ(everything().find(kAda), std::string::npos);
    EXPECT_EQ(everything().find("ada@"), std::string::npos);
    EXPECT_NE(everything().find("Ada"), std::string::npos);
}

TEST_P(SignatureContract, NobodysMailboxIsFlooded) {
    for (int i = 0; i < 10; ++i) signers_->sign("Ada " + std::to_string(i), kAda);
    EXPECT_EQ(signers_->mails().size(), 3U);
    // Neither by another way to write it, nor by the list.
    signers_->sign("Ada", "ADA@example.org");
    db_->write([&](store::Tx& tx) { send_list(tx, kAda, "fr", signers_->context()); });
    EXPECT_EQ(signers_->mails().size(), 3U);
    signers_->clock().advance(days{1});
    signers_->sign("Ada", kAda);
    EXPECT_EQ(signers_->mails().size(), 4U);
}

TEST_P(SignatureContract, TheSameMailboxWrittenInManyWaysIsFloodedNeither) {
    signers_->sign("Ada", "a.d.a@gmail.com");
    signers_->sign("Bob", "ada+1@gmail.com");
    signers_->sign("Eve", "ada+2@googlemail.com");
    signers_->sign("Max", "ad.a@gmail.com");
    EXPECT_EQ(signers_->mails().size(), 3U);
}

TEST_P(SignatureContract, TwoPeopleShareAMailbox) {
    signers_->signed_by("Ada", kAda);
    signers_->signed_by("Charles", kAda);
    EXPECT_EQ(signers_->count().counted(), 2);
    signers_->clock().advance(days{1});
    signers_->sign("Third", kAda);
    EXPECT_EQ(signers_->mails().back().kind, kSignedBeforeKind);
    EXPECT_EQ(signers_->count().counted(), 2);
}

TEST_P(SignatureContract, StrangersNamesTakeNobodysSeat) {
    signers_->sign("Mallory", kAda);
    signers_->sign("Trudy", kAda);
    signers_->sign("Ada", kAda);
    const auto mails = signers_->mails();
    ASSERT_EQ(mails.size(), 3U);
    EXPECT_TRUE(signers_->confirm(signers_->link_of(mails[2])).ok());
    EXPECT_TRUE(signers_->confirm(signers_->link_of(mails[1])).ok());
    EXPECT_EQ(signers_->confirm(signers_->link_of(mails[0])).error(), ConfirmError::mailbox_full);
    EXPECT_EQ(signers_->count().counted(), 2);
}

TEST_P(SignatureContract, ASeatThatWasLeftIsFreeAgain) {
    const auto first = signers_->signed_by("Ada", kAda);
    signers_->signed_by("Charles", kAda);
    EXPECT_TRUE(signers_->withdraw(first));
    signers_->signed_by("Byron", kAda);
    EXPECT_EQ(signers_->count(), (Count{.confirmed = 3, .withdrawn = 1}));
    EXPECT_TRUE(signers_->contradictions().empty());
}

TEST_P(SignatureContract, TheSameNameIsTheSamePerson) {
    signers_->sign("Ada Lovelace", kAda);
    signers_->sign(" ada LOVELACE ", kAda);
    const auto mails = signers_->mails();
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_EQ(mails[0].facts.at("token"), mails[1].facts.at("token"));  // both links are good
    EXPECT_TRUE(signers_->confirm(signers_->link_of(mails[1])).ok());
    signers_->sign("Ada Lovelace", kAda);
    EXPECT_EQ(signers_->mails().back().kind, kSignedBeforeKind);
    EXPECT_EQ(signers_->count(), Count{.confirmed = 1});
}

TEST_P(SignatureContract, LateClicksAreUnderstood) {
    signers_->clock().advance(days{22});
    signers_->sign("Ada", kAda);
    signers_->sign("Charles", kAda);
    const auto mails = signers_->mails();
    signers_->clock().advance(days{2});  // the pledge is over since yesterday
    EXPECT_TRUE(signers_->confirm(signers_->link_of(mails[0])).ok());
    signers_->clock().advance(days{1});
    EXPECT_EQ(signers_->confirm(signers_->link_of(mails[1])).error(), ConfirmError::too_late);
    signers_->clock().advance(days{7});
    signers_->forget();
    EXPECT_EQ(signers_->confirm(signers_->link_of(mails[1])).error(), ConfirmError::not_there);
    EXPECT_EQ(signers_->confirm(signers_->link_of(mails[0])).value(), Confirmed::counted_before);
}

TEST_P(SignatureContract, WhoWithdrawsIsGoneAlsoAfterTheEnd) {
    const auto id = signers_->signed_by("Ada", kAda);
    signers_->clock().advance(days{30});
    EXPECT_TRUE(signers_->withdraw(id));
    EXPECT_FALSE(signers_->withdraw(id));
    EXPECT_FALSE(find(id));
    EXPECT_EQ(signers_->count(), (Count{.confirmed = 1, .withdrawn = 1}));
    EXPECT_EQ(signers_->confirm(id).error(), ConfirmError::not_there);
    EXPECT_TRUE(signers_->contradictions().empty());
}

TEST_P(SignatureContract, AListTellsAllThatAMailboxSigned) {
    signers_->signed_by("Ada", "a.d.a@gmail.com");
    signers_->signed_by("Charles", "ada@gmail.com");
    db_->write([&](store::Tx& tx) { send_list(tx, "ada+x@gmail.com", "fr", signers_->context()); });
    const auto mail = signers_->mails().back();
    EXPECT_EQ(mail.kind, kSignedListKind);
    const auto hash = read_list_token(TestSigners::kKey, mail.facts.at("token").get<std::string>(),
                                      signers_->clock().now());
    const auto all = db_->read(
        [&](store::Tx& tx) { return load_signed(tx, TestSigners::kTerritory, hash.value()); });
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].name, "Charles");
    // Who has signed nothing is not written to.
    const auto before = signers_->mails().size();
    db_->write([&](store::Tx& tx) { send_list(tx, "bob@example.org", "fr", signers_->context()); });
    EXPECT_EQ(signers_->mails().size(), before);
}

TEST_P(SignatureContract, ANameIsShownByChoiceAndNoWordUnseen) {
    auto request = TestSigners::request("Ada", kAda);
    request.is_public = true;
    request.comment = "Pour la rue.";
    signers_->sign(request);
    EXPECT_TRUE(signers_->confirm(signers_->link_of(signers_->mails().back())).ok());
    signers_->signed_by("Bob", "bob@example.org");
    const auto shown = db_->read([&](store::Tx& tx) {
        return load_public(tx, TestSigners::kTerritory, signers_->pledge().id, 10);
    });
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_EQ(shown[0].name, "Ada");
    EXPECT_EQ(shown[0].comment, "");
}

TEST_P(SignatureContract, OnTheAnnouncedDayOnlyFiguresStay) {
    signers_->signed_by("Ada", kAda);
    const auto withdrawn = signers_->signed_by("Bob", "bob@example.org");
    signers_->withdraw(withdrawn);
    signers_->clock().advance(days{60});
    signers_->forget();
    EXPECT_NE(everything().find("Ada"), std::string::npos);
    signers_->clock().advance(days{1});
    for (const auto& mail : signers_->mails())
        db_->write([&](store::Tx& tx) { notices::mark_sent(tx, mail, signers_->clock().now()); });
    signers_->forget();
    EXPECT_EQ(everything().find("Ada"), std::string::npos);
    EXPECT_EQ(signers_->count(), (Count{.confirmed = 2, .withdrawn = 1}));
    EXPECT_TRUE(signers_->contradictions().empty());
}

TEST_P(SignatureContract, ACountThatIsNotTheLedgersSumIsFound) {
    signers_->signed_by("Ada", kAda);
    db_->write([](store::Tx& tx) { tx.run("UPDATE count_shard SET confirmed = confirmed + 1"); });
    EXPECT_EQ(signers_->contradictions().size(), 2U);
    db_->write([](store::Tx& tx) { tx.run("UPDATE count_shard SET confirmed = confirmed - 1"); });
    EXPECT_TRUE(signers_->contradictions().empty());
    db_->write([](store::Tx& tx) { tx.run("DELETE FROM signature"); });
    EXPECT_EQ(signers_->contradictions().size(), 1U);
}

}  // namespace
}  // namespace emplettes::campaign
