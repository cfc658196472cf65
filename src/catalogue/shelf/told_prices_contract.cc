#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "catalogue/shelf/import_contract.h"
#include "catalogue/shelf/reference.h"
#include "catalogue/told_prices.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Money kUsual{1990};

// What files of shops and of the trade say of the publisher's price of one book.
class ToldPricesContract : public ImportContract {
  protected:
    ToldPricesContract() {
        importing_.book_price_law =
            std::make_shared<const law::BookPriceLaw>(*law::BookPriceLaw::built_in("FR"));
    }

    // A file of one line: "19,90;19,90" is the shop's price and the publisher's.
    static std::string file(const std::string& prices) {
        return "isbn;titre;prix;prix éditeur;stock\n9782070360024;L’Étranger;" + prices + ";2\n";
    }
    ShelfImport bring_prices(const std::string& prices, ShopId shop = kShop) {
        return bring(file(prices), {.shop = shop});
    }
    void bring_as_the_trade(const std::string& prices) {
        clock_.advance(std::chrono::hours{1});
        const auto path = folder_ / "trade.csv";
        std::ofstream(path, std::ios::binary) << file(prices);
        ASSERT_TRUE(import_reference({.database = *db_,
                                      .territory = importing_,
                                      .trades = trades(),
                                      .ids = ids_,
                                      .now = clock_.now(),
                                      .file = path,
                                      .key_prefix = "reference/"}));
    }
    // Whom the word binds; no shop: everybody.
    std::optional<Money> price_for(ShopId shop) {
        return db_->read([&](store::Tx& tx) {
            return find_publisher_prices(tx, {town_.id, shop}, std::array{products().at(0).id},
                                         day_of(town_, clock_.now()))
                .front();
        });
    }
    std::string title_of_the_thing() { return products().at(0).title; }
    std::vector<RowFault> faults_of(const ShelfImport& import) {
        std::vector<RowFault> faults;
        for (const RowProblem& problem : import.report.problem_examples)
            faults.push_back(problem.fault);
        return faults;
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, ToldPricesContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(ToldPricesContract, NoShopSetsThePriceOfAnother) {
    bring_prices("1,00;1,00", kOtherShop);
    const auto honest = bring_prices("19,90;", kShop);
    EXPECT_THAT(faults_of(honest), IsEmpty());
    EXPECT_EQ(honest.outcome[RowOutcome::new_], 1);
    EXPECT_EQ(price_for({}), std::nullopt);
    EXPECT_EQ(price_for(kShop), std::nullopt);
    EXPECT_EQ(price_for(kOtherShop), Money{100});
}

TEST_P(ToldPricesContract, AShopIsHeldToItsOwnWord) {
    EXPECT_THAT(faults_of(bring_prices("18,90;19,90")), ElementsAre(RowFault::price_too_low));
    EXPECT_THAT(faults_of(bring_prices("18,90;")), ElementsAre(RowFault::price_too_low));
    // What it says now goes before what it said: in the dry run as in the run.
    const auto raised = bring_prices("24,00;25,00");
    EXPECT_THAT(faults_of(raised), IsEmpty());
    EXPECT_EQ(raised.outcome[RowOutcome::new_], 1);
    EXPECT_EQ(price_for(kShop), Money{2500});
}

TEST_P(ToldPricesContract, TheTradeBindsAllWhateverTheirFilesSay) {
    bring_prices("1,00;1,00", kOtherShop);
    bring_as_the_trade(";19,90");
    EXPECT_EQ(price_for({}), kUsual);
    EXPECT_EQ(price_for(kOtherShop), kUsual);
    EXPECT_THAT(faults_of(bring_prices("1,00;1,00")), ElementsAre(RowFault::price_too_low));
    EXPECT_THAT(faults_of(bring_prices("18,91;1,00")), IsEmpty());
}

TEST_P(ToldPricesContract, UndoPutsTheWordBackThatWasThere) {
    const auto first = bring_prices("10,00;10,00");
    const auto second = bring_prices("12,00;12,00");
    EXPECT_EQ(price_for(kShop), Money{1200});
    EXPECT_EQ(undo(second.id).status, ImportStatus::undone);
    EXPECT_EQ(price_for(kShop), Money{1000});
    EXPECT_EQ(undo(first.id).status, ImportStatus::undone);
    EXPECT_EQ(price_for(kShop), std::nullopt);
}

TEST_P(ToldPricesContract, UndoLeavesWhatALaterFileSaid) {
    const auto first = bring_prices("10,00;10,00");
    bring_prices("12,00;12,00");
    undo(first.id);
    EXPECT_EQ(price_for(kShop), Money{1200});
}

TEST_P(ToldPricesContract, UndoLeavesWhatALaterFileSaidAgain) {
    const auto first = bring_prices("10,00;10,00");
    const auto second = bring_prices("10,00;10,00");
    EXPECT_EQ(second.outcome[RowOutcome::unchanged], 1);
    undo(first.id);
    EXPECT_EQ(price_for(kShop), Money{1000});
    EXPECT_EQ(title_of_the_thing(), "L’Étranger");
}

TEST_P(ToldPricesContract, WhatWasSaidTwiceIsUndoneTwice) {
    const auto first = bring_prices("10,00;10,00");
    const auto second = bring_prices("10,00;10,00");
    undo(second.id);
    EXPECT_EQ(price_for(kShop), Money{1000});
    undo(first.id);
    EXPECT_EQ(price_for(kShop), std::nullopt);
}

TEST_P(ToldPricesContract, UndoOfAWordAloneIsCountedToo) {
    bring_prices(";10,00");
    const auto second = bring_prices(";12,00");
    EXPECT_EQ(price_for(kShop), Money{1200});
    undo(second.id);
    EXPECT_EQ(price_for(kShop), Money{1000});
}

TEST_P(ToldPricesContract, OneFileOfTwoConditionsIsUndoneToWhatWasBefore) {
    bring_prices("10,00;10,00");
    const auto both = bring(
        "isbn;titre;prix;prix éditeur;stock;état\n"
        "9782070360024;L’Étranger;12,00;12,00;2;used\n"
        "9782070360024;L’Étranger;13,00;13,00;2;new\n");
    EXPECT_EQ(price_for(kShop), Money{1300});
    undo(both.id);
    EXPECT_EQ(price_for(kShop), Money{1000});
}

}  // namespace
}  // namespace emplettes::catalogue
