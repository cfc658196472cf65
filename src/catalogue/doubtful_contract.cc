#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/contract.h"
#include "catalogue/doubtful.h"

namespace emplettes::catalogue {
namespace {

using std::chrono::days;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr ShopId kNextShop{2};

class DoubtfulContract : public CatalogueContract {
  protected:
    DoubtfulContract() {
        save(make_shop(kShop.value, "Écume"));
        save(make_shop(kNextShop.value, "Neighbour"));
    }

    void shelve(std::int64_t number, StockSource source, days age, std::int64_t stock = 3) {
        const Product product = make_product(number, "Thing " + std::to_string(number));
        Offer offer = make_offer(kShop, product, stock);
        offer.stock.source = source;
        offer.stock.confirmed_at = kNoon - age;
        save(product, offer);
    }
    StockLines lines() const { return stock_lines(town_.stock, clock_.now()); }
    std::vector<std::int64_t> to_check(std::int64_t limit = 10, ShopId shop = kShop) {
        std::vector<std::int64_t> ids;
        for (const DoubtfulOffer& one : db_->read(
                 [&](store::Tx& tx) { return load_doubtful(tx, town_.id, shop, lines(), limit); }))
            ids.push_back(one.offer.id.value);
        return ids;
    }
    StockAges ages(ShopId shop = kShop) {
        return db_->read(
            [&](store::Tx& tx) { return count_stock_ages(tx, town_.id, shop, lines()); });
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, DoubtfulContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(DoubtfulContract, TheOldestPromisesComeFirst) {
    shelve(11, StockSource::hand, days{8});
    shelve(12, StockSource::till, days{3});
    shelve(13, StockSource::hand, days{6});      // still believed
    shelve(14, StockSource::feed, days{60});     // not shown any more
    shelve(15, StockSource::hand, days{90}, 0);  // promises nothing
    shelve(16, StockSource::demo, days{90});
    EXPECT_THAT(to_check(), ElementsAre(14, 11, 12));
    EXPECT_THAT(to_check(2), ElementsAre(14, 11));
    EXPECT_THAT(to_check(10, kNextShop), IsEmpty());
    const auto first =
        db_->read([&](store::Tx& tx) { return load_doubtful(tx, town_.id, kShop, lines(), 1); });
    EXPECT_EQ(first.at(0).title, "Thing 14");
    EXPECT_EQ(first.at(0).trust, StockTrust::hidden);
}

TEST_P(DoubtfulContract, CountsByAge) {
    EXPECT_EQ(ages(), StockAges{});
    shelve(11, StockSource::hand, days{8});
    shelve(12, StockSource::till, days{3});
    shelve(13, StockSource::hand, days{6});
    shelve(14, StockSource::feed, days{60});
    shelve(15, StockSource::hand, days{90}, 0);
    EXPECT_EQ(ages(),
              (StockAges{
                  .fresh = 1, .doubtful = 2, .hidden = 1, .median_confirmed_at = kNoon - days{8}}));
    EXPECT_EQ(ages().to_check(), 3);
    EXPECT_EQ(ages(kNextShop), StockAges{});
}

TEST_P(DoubtfulContract, WhatIsKeptStandsInTheShopToo) {
    shelve(11, StockSource::till, days{3});
    ASSERT_TRUE(db_->write(
        [&](store::Tx& tx) { return take_stock(tx, town_.id, OfferId{11}, 1, clock_.now()); }));
    const auto doubtful =
        db_->read([&](store::Tx& tx) { return load_doubtful(tx, town_.id, kShop, lines(), 1); });
    EXPECT_EQ(doubtful.at(0).offer.stock.quantity, 2);
    EXPECT_EQ(doubtful.at(0).kept, 1);
}

}  // namespace
}  // namespace emplettes::catalogue
