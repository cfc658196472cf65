#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "catalogue/contract.h"
#include "catalogue/news.h"
#include "catalogue/shelf_touch.h"
#include "catalogue/told_prices.h"

namespace emplettes::catalogue {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::SizeIs;

constexpr OfferId kTea{11};
constexpr int kRounds = 12;

class ShelfTouchContract : public CatalogueContract {
  protected:
    ShelfTouchContract() {
        save(make_shop(kShop.value, "Écume"));
        save(tea_, make_offer(kShop, tea_, 5));  // counted at noon, 12.90
        db_->write([&](store::Tx& tx) { save_product(tx, town_.id, book_); });
        clock_.set(kNoon + hours{2});
    }

    ShelfTouch touch(const std::string& id, minutes after_noon) const {
        return {.id = id,
                .shop = kShop,
                .product = tea_.id,
                .by = AccountId{3},
                .touched_at = kNoon + after_noon};
    }
    ShelfTouch count(const std::string& id, minutes after_noon, std::int64_t counted) const {
        ShelfTouch told = touch(id, after_noon);
        told.counted = counted;
        return told;
    }
    ShelfTouch change(const std::string& id, minutes after_noon, std::int64_t difference) const {
        ShelfTouch told = touch(id, after_noon);
        told.difference = difference;
        return told;
    }
    ShelfTouch price(const std::string& id, minutes after_noon, std::int64_t cents) const {
        ShelfTouch told = touch(id, after_noon);
        told.price = Money{cents};
        return told;
    }
    ShelfTouch of_book(ShelfTouch told) const {
        told.product = book_.id;
        return told;
    }

    Result<Offer, TouchError> tell(const ShelfTouch& told) {
        return db_->write(
            [&](store::Tx& tx) { return touch_shelf(tx, town_, told, ids_, clock_.now()); });
    }
    Result<Offer, TouchUndoError> undo(const std::string& id, ShopId shop = kShop) {
        return db_->write(
            [&](store::Tx& tx) { return undo_touch(tx, town_.id, shop, id, clock_.now()); });
    }
    Offer tea() {
        return *db_->read([&](store::Tx& tx) { return find_offer(tx, town_.id, kTea); });
    }
    std::int64_t stock() { return tea().stock.quantity; }
    std::int64_t column_of_tea(const char* column) {
        return *db_->read([&](store::Tx& tx) {
            return tx.one<std::int64_t>(std::string("SELECT ") + column +
                                            " FROM offer WHERE territory_id = :territory_id"
                                            " AND offer_id = :offer_id",
                                        {{"territory_id", town_.id}, {"offer_id", kTea}});
        });
    }
    bool keep(std::int64_t quantity) {
        return db_->write([&](store::Tx& tx) {
            return take_stock(tx, town_.id, kTea, quantity, clock_.now()).ok();
        });
    }
    // Back to five counted at noon.
    void start_again() {
        db_->write([&](store::Tx& tx) {
            tx.run("DELETE FROM shelf_touch WHERE territory_id = :territory_id",
                   {{"territory_id", town_.id}});
            tx.run("UPDATE offer SET kept = 0 WHERE territory_id = :territory_id",
                   {{"territory_id", town_.id}});
            save_offer(tx, town_.id, make_offer(kShop, tea_, 5));
        });
    }

    const Product tea_ = make_product(kTea.value, "Thé vert");
    const Product book_ = make_product(12, "L'Étranger");
};

INSTANTIATE_TEST_SUITE_P(Databases, ShelfTouchContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(ShelfTouchContract, PutsANewThingOnTheShelf) {
    ShelfTouch told = of_book(count("a", minutes{60}, 3));
    EXPECT_EQ(tell(told).error(), TouchError::no_price);
    told.price = Money{740};
    const auto offer = tell(told);
    ASSERT_TRUE(offer);
    EXPECT_EQ(offer->price, Money{740});
    EXPECT_EQ(
        offer->stock,
        (Stock{.quantity = 3, .source = StockSource::hand, .confirmed_at = kNoon + minutes{60}}));
    EXPECT_THAT(offers(), SizeIs(2));
    EXPECT_THAT(this->told(kStockTopic), SizeIs(1));
    EXPECT_THAT(this->told(kCatalogueTopic), SizeIs(1));
}

TEST_P(ShelfTouchContract, TheSameTouchTwiceHasOneEffect) {
    ASSERT_TRUE(tell(change("a", minutes{1}, -1)));
    EXPECT_EQ(tell(change("a", minutes{1}, -1))->stock.quantity, 4);
    EXPECT_EQ(tell(change("a", minutes{9}, -1))->stock.quantity, 4);  // another clock, the same
    EXPECT_EQ(tell(change("a", minutes{1}, 1)).error(), TouchError::other_content);
    EXPECT_EQ(stock(), 4);
}

TEST_P(ShelfTouchContract, ALateCountDoesNotOverwriteANewerOne) {
    ASSERT_TRUE(tell(count("new", minutes{60}, 9)));
    ShelfTouch late = count("late", minutes{30}, 2);
    late.price = Money{1500};
    const auto offer = tell(late);
    ASSERT_TRUE(offer);
    EXPECT_EQ(offer->stock.quantity, 9);
    EXPECT_EQ(offer->price, Money{1500});
    EXPECT_EQ(tell(change("sold", minutes{30}, -1))->stock.quantity, 9);  // it is in the count
    EXPECT_EQ(tell(price("older", minutes{20}, 1400))->price, Money{1500});
}

TEST_P(ShelfTouchContract, ALateCountIsFollowedByWhatWasSoldAfterIt) {
    ASSERT_TRUE(tell(change("sold", minutes{60}, -1)));
    EXPECT_EQ(tell(count("late", minutes{30}, 8))->stock.quantity, 7);
    EXPECT_EQ(undo("sold")->stock.quantity, 8);
    EXPECT_EQ(undo("late")->stock, make_offer(kShop, tea_, 5).stock);
}

TEST_P(ShelfTouchContract, NobodySellsWhatIsNotThereNorWhatIsKept) {
    ASSERT_TRUE(keep(2));
    EXPECT_EQ(tell(count("a", minutes{1}, 1))->stock.quantity, 0);
    EXPECT_EQ(column_of_tea("kept"), 2);
    EXPECT_EQ(tell(change("b", minutes{2}, -1))->stock.quantity, 0);
    EXPECT_EQ(tell(change("c", minutes{3}, 1))->stock.quantity, 1);
    EXPECT_EQ(undo("b")->stock.quantity, 1);  // it had no effect
}

TEST_P(ShelfTouchContract, UndoPutsBackButWhatOthersDidSince) {
    ShelfTouch told = count("a", minutes{60}, 9);
    told.price = Money{1000};
    ASSERT_TRUE(tell(told));
    ASSERT_TRUE(keep(3));
    ASSERT_TRUE(tell(change("b", minutes{61}, -1)));
    const auto offer = undo("a");
    ASSERT_TRUE(offer);
    EXPECT_EQ(offer->price, Money{1290});
    EXPECT_EQ(offer->stock, (Stock{.quantity = 1, .confirmed_at = kNoon}));
    EXPECT_EQ(undo("a")->stock.quantity, 1);
    EXPECT_EQ(tell(told)->stock.quantity, 1);  // and it does not come again
}

TEST_P(ShelfTouchContract, AnUndoDoesNotOverruleALaterWord) {
    ASSERT_TRUE(tell(count("a", minutes{10}, 9)));
    ASSERT_TRUE(tell(count("b", minutes{20}, 4)));
    EXPECT_EQ(undo("a").error(), TouchUndoError::changed_since);
    EXPECT_EQ(undo("b")->stock.quantity, 9);
    EXPECT_EQ(undo("a")->stock.quantity, 5);
    ASSERT_TRUE(tell(price("c", minutes{30}, 1000)));
    Offer imported = make_offer(kShop, tea_, 5);
    imported.price = Money{1100};
    db_->write([&](store::Tx& tx) { save_offer(tx, town_.id, imported); });
    EXPECT_EQ(undo("c").error(), TouchUndoError::changed_since);
    EXPECT_EQ(undo("nobody").error(), TouchUndoError::unknown_touch);
    EXPECT_EQ(undo("c", ShopId{2}).error(), TouchUndoError::unknown_touch);
}

TEST_P(ShelfTouchContract, ANewThingThatIsUndoneIsOffTheShelf) {
    ShelfTouch told = of_book(count("a", minutes{60}, 3));
    told.price = Money{740};
    ASSERT_TRUE(tell(told));
    EXPECT_EQ(undo("a")->stock.quantity, 0);
    told.id = "b";
    told.touched_at = kNoon + minutes{70};
    EXPECT_EQ(tell(told)->stock.quantity, 3);
}

TEST_P(ShelfTouchContract, WhatIsTakenOffTheShelfComesBackWithACount) {
    ShelfTouch off = touch("off", minutes{60});
    off.is_withdrawn = true;
    EXPECT_EQ(tell(off)->stock.quantity, 0);
    EXPECT_EQ(column_of_tea("withdrawn_at"), to_unix(kNoon + minutes{60}));
    EXPECT_EQ(undo("off")->stock.quantity, 5);
    EXPECT_EQ(column_of_tea("withdrawn_at"), 0);
    off.id = "again";
    ASSERT_TRUE(tell(off));
    EXPECT_EQ(tell(change("in", minutes{61}, 1))->stock.quantity, 1);
    EXPECT_EQ(column_of_tea("withdrawn_at"), 0);
    EXPECT_THAT(told(kCatalogueTopic), SizeIs(4));
}

TEST_P(ShelfTouchContract, RefusesWhatCannotBe) {
    ShelfTouch unknown = count("a", minutes{1}, 1);
    unknown.product = ProductId{99};
    EXPECT_EQ(tell(unknown).error(), TouchError::unknown_product);
    EXPECT_EQ(tell(count("a", minutes{1}, -1)).error(), TouchError::quantity_out_of_range);
    EXPECT_EQ(tell(change("a", minutes{1}, 1'001)).error(), TouchError::quantity_out_of_range);
    EXPECT_EQ(tell(price("a", minutes{1}, -1)).error(), TouchError::price_out_of_range);
    ShelfTouch both = count("a", minutes{1}, 1);
    both.difference = 1;
    EXPECT_EQ(tell(both).error(), TouchError::quantity_out_of_range);
    EXPECT_EQ(tell(count("a", -minutes{60 * 24 * 31}, 1)).error(), TouchError::too_old);
    EXPECT_EQ(tell(count("a", minutes{60 * 24}, 1))->stock.confirmed_at, clock_.now());
}

TEST_P(ShelfTouchContract, ANewBookKeepsToItsPublishersPrice) {
    Territory france = make_town();
    france.book_price_law =
        std::make_shared<const law::BookPriceLaw>(*law::BookPriceLaw::built_in("FR"));
    Product novel = make_product(13, "L'Étranger");
    novel.gtin = parse_gtin("9782070360024").value();
    const auto ask = [&](std::int64_t cents, Condition condition) {
        ShelfTouch told = touch("n" + std::to_string(cents), minutes{60});
        told.product = novel.id;
        told.condition = condition;
        told.price = Money{cents};
        return db_->write(
            [&](store::Tx& tx) { return touch_shelf(tx, france, told, ids_, clock_.now()); });
    };
    db_->write([&](store::Tx& tx) {
        save_product(tx, town_.id, novel);
        const std::array told{ToldPrices{.product = novel.id, .prices = {{.price = Money{1990}}}}};
        save_told_prices(tx, {town_.id, kShop}, told, clock_.now());
    });
    EXPECT_EQ(ask(1890, Condition::new_).error(), TouchError::price_too_low);
    EXPECT_EQ(ask(1991, Condition::new_).error(), TouchError::price_too_high);
    EXPECT_TRUE(ask(1891, Condition::new_));
    EXPECT_TRUE(ask(500, Condition::used));
}

TEST_P(ShelfTouchContract, UndoHasAnEndAndSoHasMemory) {
    ASSERT_TRUE(tell(count("a", minutes{1}, 9)));
    clock_.advance(kTouchUndoWithin + seconds{1});
    EXPECT_EQ(undo("a").error(), TouchUndoError::too_late);
    const auto purge = [&] {
        return db_->write([&](store::Tx& tx) { return purge_touches(tx, town_.id, clock_.now()); });
    };
    EXPECT_EQ(purge(), 0);
    clock_.advance(kTouchAgeMax);
    EXPECT_EQ(purge(), 1);
    EXPECT_EQ(tell(count("a", minutes{1}, 9)).error(), TouchError::too_old);
}

TEST_P(ShelfTouchContract, RemembersTheLastOnes) {
    ASSERT_TRUE(tell(count("a", minutes{1}, 9)));
    ASSERT_TRUE(tell(change("b", minutes{2}, -1)));
    ASSERT_TRUE(undo("b"));
    const auto recent =
        db_->read([&](store::Tx& tx) { return load_recent_touches(tx, town_.id, kShop, 10); });
    ASSERT_THAT(recent, SizeIs(2));
    EXPECT_EQ(recent[0].id, "b");
    EXPECT_EQ(recent[0].difference, -1);
    EXPECT_TRUE(recent[0].is_undone);
    EXPECT_EQ(recent[1].title, "Thé vert");
    EXPECT_EQ(recent[1].counted, 9);
    EXPECT_FALSE(recent[1].is_undone);
}

// In whatever order and how often they arrive, what counts is the last count, what was sold or came
// in after it, and the last price.
TEST_P(ShelfTouchContract, AnyOrderAndRepetitionComesToTheSame) {
    for (int round = 0; round < kRounds; ++round) {
        SeededRandom chance(static_cast<std::uint64_t>(round));
        std::vector<ShelfTouch> told;
        std::int64_t expected = 5;
        Money expected_price{1290};
        for (int i = 0; i < 8; ++i) {
            const std::string id = std::to_string(round) + "-" + std::to_string(i);
            const auto what = chance.below(4);
            ShelfTouch& next = told.emplace_back(touch(id, minutes{i + 1}));
            if (what == 0) next.counted = 20 + static_cast<std::int64_t>(chance.below(10));
            if (what == 1) next.difference = expected > 0 ? -1 : 1;
            if (what == 2) next.difference = 2;
            if (what == 3) next.price = Money{1000 + i};
            expected = next.counted.value_or(expected + next.difference);
            expected_price = next.price.value_or(expected_price);
        }
        for (int i = 0; i < 4; ++i) told.push_back(told[chance.below(8)]);
        for (std::size_t i = told.size(); i > 1; --i) std::swap(told[i - 1], told[chance.below(i)]);
        start_again();
        for (const ShelfTouch& next : told) ASSERT_TRUE(tell(next));
        EXPECT_EQ(stock(), expected) << round;
        EXPECT_EQ(tea().price, expected_price) << round;
    }
}

// Whatever is told, taken back, kept and let go: what stands in the shop is never less than what is
// kept, and what is taken back the other way round leaves things as they were.
TEST_P(ShelfTouchContract, NeverBelowZeroNorWhatIsKept) {
    for (int round = 0; round < kRounds; ++round) {
        SeededRandom chance(static_cast<std::uint64_t>(1'000 + round));
        start_again();
        std::vector<std::string> done;
        std::int64_t kept = 0;
        for (int i = 0; i < 12; ++i) {
            const std::string id = std::to_string(round) + "/" + std::to_string(i);
            const auto what = chance.below(6);
            const auto number = static_cast<std::int64_t>(chance.below(4));
            const minutes moment{1 + chance.below(60)};
            ShelfTouch next = touch(id, moment);
            if (what == 0) next.counted = number;
            if (what == 1) next.difference = -number;
            if (what == 2) next.difference = number;
            if (what == 3) next.price = Money{1000 + number};
            if (what == 4) next.is_withdrawn = true;
            if (what == 5) {
                kept += keep(1) ? 1 : 0;
            } else {
                ASSERT_TRUE(tell(next));
                done.push_back(id);
            }
            ASSERT_GE(stock(), 0);
            ASSERT_EQ(column_of_tea("kept"), kept);
        }
        for (auto id = done.rbegin(); id != done.rend(); ++id) {
            const auto undone = undo(*id);
            ASSERT_TRUE(undone || undone.error() == TouchUndoError::changed_since);
            ASSERT_GE(stock(), 0);
        }
        EXPECT_EQ(column_of_tea("kept"), kept);
    }
}

// Told in order, all can be taken back in the reverse order, and nothing is left of them.
TEST_P(ShelfTouchContract, WhatWasToldInOrderCanAllBeTakenBack) {
    for (int round = 0; round < kRounds; ++round) {
        SeededRandom chance(static_cast<std::uint64_t>(2'000 + round));
        start_again();
        std::vector<Offer> states{tea()};
        for (int i = 0; i < 8; ++i) {
            ShelfTouch next = touch(std::to_string(i), minutes{i + 1});
            const auto what = chance.below(4);
            if (what == 0) next.counted = static_cast<std::int64_t>(chance.below(4));
            if (what == 1) next.difference = static_cast<std::int64_t>(chance.below(7)) - 3;
            if (what == 2) next.price = Money{static_cast<std::int64_t>(chance.below(3'000))};
            if (what == 3) next.is_withdrawn = true;
            ASSERT_TRUE(tell(next));
            states.push_back(tea());
        }
        for (int i = 8; i > 0; --i) {
            ASSERT_EQ(tea(), states[static_cast<std::size_t>(i)]);
            ASSERT_TRUE(undo(std::to_string(i - 1)));
        }
        EXPECT_EQ(tea(), states[0]);
    }
}

}  // namespace
}  // namespace emplettes::catalogue
