#include <gtest/gtest.h>

#include "catalogue/offer.h"
#include "notices/unsubscription.h"
#include "territory/contract.h"
#include "territory/stock_reminder.h"
#include "territory/team.h"

namespace emplettes::territory {
namespace {

using std::chrono::days;

constexpr OfferId kOffer{31};

class StockReminderContract : public TownContract {
  protected:
    StockReminderContract() {
        town_.id = kHere;
        shelve(days{8});
    }

    void shelve(days age) {
        write([&](store::Tx& tx) {
            catalogue::save_product(
                tx, kHere,
                {.id = ProductId{21}, .key = "thing", .title = "Thing", .updated_at = kNow});
            catalogue::save_offer(tx, kHere,
                                  {.id = kOffer,
                                   .shop = kShop,
                                   .product = ProductId{21},
                                   .price = Money{500},
                                   .stock = {.quantity = 3,
                                             .source = catalogue::StockSource::hand,
                                             .confirmed_at = kNow - age}});
        });
    }
    void hire(const std::string& email, accounts::Role role) {
        const AccountId account = person(email).id;
        const auto granted = write([&](store::Tx& tx) {
            return accounts::grant_role(
                tx, kHere, {.account = account, .grant = {.role = role, .shop = kShop}, .by = {}},
                kNow);
        });
        check(granted.ok());
    }
    bool remind(Instant now = kNow) {
        return write(
            [&](store::Tx& tx) { return send_stock_reminder(tx, town_, kShop, ids_, now); });
    }
    bool is_due(Instant now = kNow) {
        return db_->read(
            [&](store::Tx& tx) { return is_stock_reminder_due(tx, town_, kShop, now); });
    }
    void want(bool wants) {
        write([&](store::Tx& tx) { want_stock_reminders(tx, kHere, kShop, wants); });
    }

    catalogue::Territory town_;
};

INSTANTIATE_TEST_SUITE_P(Databases, StockReminderContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(StockReminderContract, EverybodyOfTheShopIsToldOnceAWeek) {
    hire("claire@example.org", accounts::Role::shopkeeper);
    hire("paul@example.org", accounts::Role::staff);
    EXPECT_TRUE(is_due());
    EXPECT_TRUE(remind());
    ASSERT_EQ(notices().size(), 2u);
    EXPECT_EQ(notices()[0].facts, (Json{{"shop", "L’Écume"}, {"slug", "ecume"}, {"to_check", 1}}));
    EXPECT_FALSE(is_due());
    EXPECT_FALSE(remind());
    EXPECT_FALSE(remind(kNow + days{7} - std::chrono::seconds{1}));
    EXPECT_EQ(notices().size(), 2u);
    EXPECT_TRUE(remind(kNow + days{7}));
}

TEST_P(StockReminderContract, AShopWithoutPeopleIsNotWrittenTo) {
    EXPECT_FALSE(remind());
    EXPECT_TRUE(notices().empty());
    EXPECT_TRUE(is_due());  // for whoever comes
}

TEST_P(StockReminderContract, WhatIsFreshNeedsNoMail) {
    hire("claire@example.org", accounts::Role::shopkeeper);
    shelve(days{6});
    EXPECT_FALSE(is_due());
    EXPECT_FALSE(remind());
    EXPECT_TRUE(remind(kNow + days{2}));  // the week counts from the mail, not from the question
}

TEST_P(StockReminderContract, AShopCanDoWithoutThem) {
    hire("claire@example.org", accounts::Role::shopkeeper);
    const auto wants = [&] {
        return db_->read([&](store::Tx& tx) { return wants_stock_reminders(tx, kHere, kShop); });
    };
    EXPECT_TRUE(wants());
    want(false);
    EXPECT_FALSE(wants());
    EXPECT_FALSE(remind());
    want(true);
    EXPECT_TRUE(remind());
    // Off and on again is no second mail of the week.
    want(false);
    want(true);
    EXPECT_FALSE(remind());
}

TEST_P(StockReminderContract, WhoHasEndedItForThemselvesGetsNone) {
    hire("claire@example.org", accounts::Role::shopkeeper);
    hire("paul@example.org", accounts::Role::staff);
    write([&](store::Tx& tx) {
        notices::unsubscribe(
            tx, kHere, {.kind = std::string(kStockReminderKind), .address = "paul@example.org"},
            kNow);
    });
    EXPECT_TRUE(remind());
    ASSERT_EQ(notices().size(), 1u);
    EXPECT_EQ(notices()[0].recipient, "claire@example.org");
}

}  // namespace
}  // namespace emplettes::territory
