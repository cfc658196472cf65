#include "orders/contact_proof.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "orders/contact_rule.h"
#include "orders/test_market.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::orders {
namespace {

using namespace std::chrono_literals;

const std::string kContact = "zoe@example.org";

class ContactProofContract : public store::Contract {
  protected:
    ContactProofContract() {
        store::migrate(*db_, embedded_migrations(), SystemClock());
        market_.emplace(*db_, kTerritory, 100);
    }
    ProofSent ask() {
        const ReserveContext context = market_->context();
        return db_->write([&](store::Tx& tx) {
            return ask_for_proof(tx, {.contact = kContact, .language = "fr"},
                                 {.territory = kTerritory,
                                  .now = context.now,
                                  .ids = context.ids,
                                  .random = context.random});
        });
    }
    // What the last mail says.
    std::string code() {
        const auto notices = market_->waiting_notices();
        EXPECT_EQ(notices.back().kind, kContactCodeKind);
        return notices.back().facts.at("code");
    }
    bool prove(const std::string& contact, const std::string& typed) {
        return db_->write([&](store::Tx& tx) {
            return orders::prove(tx, kTerritory, contact, typed, market_->clock().now());
        });
    }
    ContactHistory history() {
        return db_->read([&](store::Tx& tx) {
            return load_contact_history(tx, kTerritory, "ZOE@example.org", {},
                                        market_->clock().now());
        });
    }
    // Of somebody who wants more than the unproven may, or more than anybody may.
    ContactVerdict verdict(std::int64_t more) {
        return db_->read([&](store::Tx& tx) {
            return judge_contact(tx, kTerritory, "ZOE@example.org", more, market_->clock().now());
        });
    }

    std::optional<TestMarket> market_;
};

INSTANTIATE_TEST_SUITE_P(Databases, ContactProofContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(ContactProofContract, ACodeProvesItsContactOnce) {
    EXPECT_FALSE(prove(kContact, "000000"));  // nothing was sent
    EXPECT_EQ(ask(), ProofSent::sent);
    const std::string sent = code();
    EXPECT_EQ(sent.size(), kProofCodeLength);
    EXPECT_FALSE(prove("other@example.org", sent));
    EXPECT_EQ(verdict(7), ContactVerdict::must_prove);
    EXPECT_TRUE(prove("Zoe@Example.org", sent));
    EXPECT_EQ(verdict(7), ContactVerdict::fine);
    EXPECT_EQ(verdict(31), ContactVerdict::too_many_open);
    EXPECT_FALSE(prove(kContact, sent));
    market_->clock().advance(kProvenFor);
    EXPECT_EQ(verdict(7), ContactVerdict::must_prove);
}

TEST_P(ContactProofContract, GuessingEnds) {
    ask();
    const std::string sent = code();
    const std::string wrong = sent == "000000" ? "000001" : "000000";
    for (std::int64_t attempt = 0; attempt < kProofTriesMax; ++attempt)
        EXPECT_FALSE(prove(kContact, wrong));
    EXPECT_FALSE(prove(kContact, sent));
    EXPECT_EQ(ask(), ProofSent::sent);
    EXPECT_TRUE(prove(kContact, code()));
}

TEST_P(ContactProofContract, ACodeGrowsOld) {
    ask();
    market_->clock().advance(kProofLasts);
    EXPECT_FALSE(prove(kContact, code()));
}

TEST_P(ContactProofContract, NobodysMailboxIsFlooded) {
    for (std::int64_t sent = 0; sent < kProofCodesMax; ++sent) EXPECT_EQ(ask(), ProofSent::sent);
    EXPECT_EQ(ask(), ProofSent::sent_before);
    EXPECT_EQ(std::ssize(market_->waiting_notices()), kProofCodesMax);
    market_->clock().advance(kProofCodesPer);
    EXPECT_EQ(ask(), ProofSent::sent);
}

TEST_P(ContactProofContract, WhatProvesNothingIsForgotten) {
    ask();
    const auto purge = [&] {
        return db_->write([&](store::Tx& tx) {
            return purge_proofs(tx, kTerritory, market_->clock().now(), 100);
        });
    };
    EXPECT_EQ(purge(), 0);
    market_->clock().advance(kProofLasts + kProofCodesPer + 1s);
    EXPECT_EQ(purge(), 1);
}

TEST_P(ContactProofContract, AHistoryIsOfOneContact) {
    ASSERT_TRUE(market_->reserve(TestMarket::request()));
    const std::string kept = market_->reserve(TestMarket::request()).value().code;
    ReserveRequest other = TestMarket::request();
    other.contact = "bob@example.org";
    ASSERT_TRUE(market_->reserve(other));
    EXPECT_EQ(history(), (ContactHistory{.open = 2, .burst = 2}));
    // One that went on to another shop is still open, and still one wish.
    market_->add_shop(ShopId{21}, OfferId{31}, 5, 100);
    const std::string there = market_->reserve(TestMarket::request()).value().code;
    ASSERT_TRUE(market_->pass_on(there));
    EXPECT_EQ(history(), (ContactHistory{.open = 3, .burst = 3}));
    ASSERT_TRUE(market_->step(market_->find(there)->asking.to, Step::cancel));
    EXPECT_EQ(history(), (ContactHistory{.open = 2, .burst = 3}));
    ASSERT_TRUE(market_->step(kept, Step::accept));
    market_->clock().advance(TestMarket::kHold);
    EXPECT_EQ(market_->expire(), 3);
    // One was promised and not collected; the other was never promised.
    EXPECT_EQ(history(), (ContactHistory{.no_shows = 1}));
}

}  // namespace
}  // namespace emplettes::orders
