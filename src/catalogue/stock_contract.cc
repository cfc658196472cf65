#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/check.h"
#include "base/json.h"
#include "catalogue/contract.h"
#include "catalogue/news.h"
#include "catalogue/offer.h"

namespace emplettes::catalogue {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr OfferId kOffer{11};
constexpr std::int64_t kStock = 10;

class StockContract : public CatalogueContract {
  protected:
    StockContract() {
        save(make_shop(kShop.value, "Écume"));
        save(tea_, make_offer(kShop, tea_, kStock));
    }

    Result<Offer, TakeError> take(std::int64_t quantity, OfferId offer = kOffer) {
        return db_->write(
            [&](store::Tx& tx) { return take_stock(tx, town_.id, offer, quantity, clock_.now()); });
    }
    Stock end(std::int64_t quantity, KeptEnd how, OfferId offer = kOffer) {
        return db_->write([&](store::Tx& tx) {
            return end_keeping(tx, town_.id, offer,
                               {.quantity = quantity, .how = how, .now = clock_.now()});
        });
    }
    // A minute after such an end.
    Result<Offer, TakeError> keep_again(std::int64_t quantity, KeptEnd how, const Stock& before) {
        const Instant ended_at = clock_.now();
        clock_.advance(std::chrono::minutes{1});
        return db_->write([&](store::Tx& tx) {
            return catalogue::keep_again(
                tx, town_.id, kOffer,
                {.end = {.quantity = quantity, .how = how, .now = ended_at},
                 .before = before,
                 .now = clock_.now()});
        });
    }
    void put_back(std::int64_t quantity, OfferId offer = kOffer) {
        end(quantity, KeptEnd::returned, offer);
    }
    // The shop counts its shelf anew.
    std::int64_t count(std::int64_t quantity) {
        return db_->write([&](store::Tx& tx) {
            return save_offer(tx, town_.id, make_offer(kShop, tea_, quantity)).stock.quantity;
        });
    }
    std::int64_t stock() { return offers().at(0).stock.quantity; }

    const Product tea_ = make_product(kOffer.value, "Thé vert");
};

INSTANTIATE_TEST_SUITE_P(Databases, StockContract, store::both_databases(), store::name_of_dialect);

TEST_P(StockContract, TakesAndPutsBack) {
    const auto taken = take(3);
    ASSERT_TRUE(taken);
    EXPECT_EQ(*taken, make_offer(kShop, tea_, kStock - 3));
    EXPECT_EQ(stock(), kStock - 3);
    put_back(2);
    EXPECT_EQ(stock(), kStock - 1);
}

TEST_P(StockContract, WhatIsGoneDoesNotComeBack) {
    ASSERT_TRUE(take(4));
    end(1, KeptEnd::collected);
    EXPECT_EQ(stock(), kStock - 4);
    end(1, KeptEnd::damaged);
    EXPECT_EQ(stock(), kStock - 4);
    EXPECT_THAT(told(kStockTopic), SizeIs(1));
    end(1, KeptEnd::none_left);
    EXPECT_EQ(stock(), 0);
    EXPECT_EQ(offers().at(0).stock.source, StockSource::hand);
    EXPECT_THAT(told(kStockTopic), SizeIs(2));
    put_back(1);
    EXPECT_THROW(put_back(1), std::exception);  // no more is kept
}

TEST_P(StockContract, AMistakenEndIsTakenBackWhateverItWas) {
    for (const KeptEnd how :
         {KeptEnd::returned, KeptEnd::collected, KeptEnd::damaged, KeptEnd::none_left}) {
        ASSERT_TRUE(take(3));
        const Offer kept = offers().at(0);
        const Stock before = end(3, how);
        EXPECT_EQ(before, kept.stock);
        EXPECT_TRUE(keep_again(3, how, before));
        EXPECT_EQ(offers().at(0), kept);
        EXPECT_EQ(count(kStock), kStock - 3);  // it is kept: a count does not promise it
        put_back(3);
    }
}

TEST_P(StockContract, WhatSomebodyElseTookMeanwhileIsNotKeptAgain) {
    ASSERT_TRUE(take(3));
    const Stock before = end(3, KeptEnd::returned);
    ASSERT_TRUE(take(kStock - 2));
    EXPECT_EQ(keep_again(3, KeptEnd::returned, before).error(), TakeError::not_enough);
    EXPECT_EQ(stock(), 2);
}

TEST_P(StockContract, AShelfThatWasCountedMeanwhileIsBelieved) {
    ASSERT_TRUE(take(3));
    const Stock before = end(3, KeptEnd::none_left);
    EXPECT_EQ(count(5), 5);
    ASSERT_TRUE(keep_again(3, KeptEnd::none_left, before));
    EXPECT_EQ(stock(), 2);
}

TEST_P(StockContract, ACountDoesNotPromiseWhatIsKept) {
    ASSERT_TRUE(take(3));
    EXPECT_EQ(count(kStock), kStock - 3);
    EXPECT_EQ(count(2), 0);
    EXPECT_EQ(take(1).error(), TakeError::not_enough);
    EXPECT_EQ(count(5), 2);
    end(3, KeptEnd::collected);
    EXPECT_EQ(count(5), 5);
}

TEST_P(StockContract, TheLastOneCanBeTakenAndNoMore) {
    EXPECT_TRUE(take(kStock));
    EXPECT_EQ(take(1).error(), TakeError::not_enough);
    EXPECT_EQ(stock(), 0);
}

TEST_P(StockContract, TooManyLeavesTheStockAsItIs) {
    EXPECT_EQ(take(kStock + 1).error(), TakeError::not_enough);
    EXPECT_EQ(stock(), kStock);
    EXPECT_THAT(told(kStockTopic), IsEmpty());
}

TEST_P(StockContract, WhatNobodyOffersCannotBeTaken) {
    EXPECT_EQ(take(1, OfferId{99}).error(), TakeError::unknown_offer);
    EXPECT_THROW(put_back(1, OfferId{99}), Bug);
    EXPECT_THROW(take(0).ok(), Bug);
    EXPECT_THROW(take(-1).ok(), Bug);
    EXPECT_EQ(stock(), kStock);
}

TEST_P(StockContract, TellsWhatIsLeft) {
    ASSERT_TRUE(take(3));
    put_back(1);
    const auto news = told(kStockTopic);
    ASSERT_THAT(news, SizeIs(2));
    EXPECT_EQ(news[0].subject_id, kOffer.value);
    EXPECT_EQ(parse_json(news[0].payload_json).at("stock"), kStock - 3);
    EXPECT_EQ(parse_json(news[1].payload_json).at("stock"), kStock - 2);
}

TEST_P(StockContract, NeverGoesBelowZeroWhoeverTakes) {
    std::atomic<std::int64_t> taken{0};
    std::vector<std::thread> people;
    for (int i = 0; i < 4; ++i)
        people.emplace_back([&] {
            for (int time = 0; time < 5; ++time) taken += take(1) ? 1 : 0;
        });
    for (std::thread& person : people) person.join();
    EXPECT_EQ(taken, kStock);
    EXPECT_EQ(stock(), 0);
    EXPECT_THAT(told(kStockTopic), SizeIs(kStock));
}

}  // namespace
}  // namespace emplettes::catalogue
