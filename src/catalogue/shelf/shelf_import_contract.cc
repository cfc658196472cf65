#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/check.h"
#include "base/json.h"
#include "catalogue/news.h"
#include "catalogue/shelf/import_contract.h"
#include "catalogue/shelf_touch.h"

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kShelf =
    "ean;sku;titre;auteur;rayon;prix;stock\n"
    "9782070360024;;L’Étranger;Camus;books.novels;7,80;3\n"
    ";the-vert;Thé vert;;drinks.tea;12,90;2\n"
    ";the-noir;Thé noir;;drinks.tea;11,90;0\n";

class ShelfImports : public ImportContract {
  protected:
    static std::string many(std::size_t rows, std::size_t from = 0) {
        std::string csv = "sku;titre;prix;stock\n";
        for (std::size_t i = from; i < from + rows; ++i)
            csv += std::to_string(i) + ";Thé n° " + std::to_string(i) + ";3;" +
                   std::to_string(1 + i % 5) + "\n";
        return csv;
    }
    std::int64_t stock_of(std::size_t offer) { return offers().at(offer).stock.quantity; }
    void take(OfferId offer, std::int64_t quantity) {
        ASSERT_TRUE(db_->write([&](store::Tx& tx) {
            return take_stock(tx, town_.id, offer, quantity, clock_.now());
        }));
    }
    void end(OfferId offer, std::int64_t quantity, KeptEnd how) {
        db_->write([&](store::Tx& tx) {
            end_keeping(tx, town_.id, offer,
                        {.quantity = quantity, .how = how, .now = clock_.now()});
        });
    }
    void count_by_hand(Offer offer, std::int64_t quantity) {
        offer.stock = {
            .quantity = quantity, .source = StockSource::hand, .confirmed_at = clock_.now()};
        db_->write([&](store::Tx& tx) { save_offer(tx, town_.id, offer); });
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, ShelfImports, store::both_databases(), store::name_of_dialect);

TEST_P(ShelfImports, ADryRunSaysAllAndDoesNothing) {
    const auto import = check_file(kShelf);
    EXPECT_EQ(import.status, ImportStatus::checked);
    EXPECT_EQ(import.report.rows, 3);
    EXPECT_EQ(import.report.counts[RowOutcome::new_], 2);
    EXPECT_EQ(import.report.counts[RowOutcome::not_on_shelf], 1);
    ASSERT_THAT(import.report.examples, SizeIs(3));
    EXPECT_EQ(import.report.examples[0], (ImportExample{.outcome = RowOutcome::new_,
                                                        .line = 2,
                                                        .number = "9782070360024",
                                                        .title = "L’Étranger",
                                                        .price_after = Money{780},
                                                        .stock_after = 3}));
    EXPECT_THAT(products(), IsEmpty());
    EXPECT_THAT(offers(), IsEmpty());
}

TEST_P(ShelfImports, ARunKeepsWhatTheFileSays) {
    const auto import = bring(kShelf);
    EXPECT_EQ(import.status, ImportStatus::done);
    EXPECT_EQ(import.outcome, import.report.counts);
    EXPECT_EQ(import.rows_done, import.rows_total);
    const Product book = products().at(0);
    EXPECT_EQ(book.key, "gtin:9782070360024");
    EXPECT_EQ(book.maker, "Camus");
    EXPECT_EQ(book.category, "books.novels");
    EXPECT_EQ(book.source, "file");
    EXPECT_EQ(products().at(1).key, "shop/1/the-vert");
    ASSERT_THAT(offers(), SizeIs(2));
    const Offer offer = offers().at(0);
    EXPECT_EQ(offer, (Offer{.id = offer.id,
                            .shop = kShop,
                            .product = book.id,
                            .price = Money{780},
                            .stock = {.quantity = 3, .confirmed_at = import.made_at}}));
}

TEST_P(ShelfImports, TheSameFileAgainChangesNothingButWhenTheStockWasConfirmed) {
    bring(kShelf);
    const auto products_before = products();
    auto offers_before = offers();
    const auto again = bring(kShelf);
    EXPECT_EQ(again.outcome[RowOutcome::unchanged], 2);
    EXPECT_EQ(again.outcome[RowOutcome::not_on_shelf], 1);
    EXPECT_EQ(products(), products_before);
    for (Offer& offer : offers_before) offer.stock.confirmed_at = again.made_at;
    EXPECT_EQ(offers(), offers_before);
}

TEST_P(ShelfImports, WhatChangedIsCountedAndKeepsItsId) {
    bring(kShelf);
    const auto before = offers();
    const auto import = bring(
        "ean;sku;titre;auteur;rayon;prix;stock\n"
        "9782070360024;;L’Étranger (poche);Camus;books.novels;7,80;3\n"
        ";the-vert;Thé vert;;drinks.tea;11,90;2\n"
        ";the-noir;Thé noir;;drinks.tea;11,90;4\n");
    EXPECT_EQ(import.outcome[RowOutcome::changed], 2);
    EXPECT_EQ(import.outcome[RowOutcome::new_], 1);
    EXPECT_EQ(import.outcome, import.report.counts);
    EXPECT_EQ(products().at(0).title, "L’Étranger (poche)");
    EXPECT_EQ(offers().at(0).id, before.at(0).id);
    EXPECT_EQ(offers().at(1).price, Money{1190});
}

TEST_P(ShelfImports, BadRowsAreReportedAndTheOthersTaken) {
    const auto import = bring(
        "ean;titre;prix;stock\n"
        "9782070360025;Mistyped;7,80;3\n"
        "9782070360024;L’Étranger;7,80;3\n"
        "3017620422003;No price;gratuit;3\n");
    EXPECT_EQ(import.report.counts[RowOutcome::not_understood], 2);
    ASSERT_THAT(import.report.problem_examples, SizeIs(2));
    EXPECT_EQ(import.report.problem_examples[0].line, 2);
    EXPECT_EQ(import.report.problem_examples[0].value, "9782070360025");
    EXPECT_EQ(import.report.problem_examples[1].fault, RowFault::not_a_price);
    EXPECT_THAT(titles(), ElementsAre("L’Étranger"));
    std::ifstream list(work_.folder.problems_of(import.id));
    const std::string all(std::istreambuf_iterator<char>(list), {});
    EXPECT_THAT(all, HasSubstr("2;ean;9782070360025;wrong_check_digit;no\n"));
}

TEST_P(ShelfImports, ACategoryNobodyKnowsIsLeftAway) {
    const auto import = bring("sku;titre;rayon;prix;stock\n1;Thé;Au fond à droite;3;1\n");
    EXPECT_EQ(import.report.counts[RowOutcome::not_understood], 0);
    ASSERT_THAT(import.report.problem_examples, SizeIs(1));
    EXPECT_EQ(import.report.problem_examples[0].fault, RowFault::unknown_category);
    EXPECT_EQ(products().at(0).category, "");
    EXPECT_THAT(offers(), SizeIs(1));
}

TEST_P(ShelfImports, OfTheSameThingTwiceTheLastCounts) {
    const auto import = bring("sku;titre;prix;stock\n1;Thé;3;1\n1;Thé;3;5\n");
    EXPECT_EQ(import.outcome[RowOutcome::new_], 1);
    EXPECT_EQ(import.outcome[RowOutcome::repeated], 1);
    EXPECT_EQ(import.outcome, import.report.counts);
    EXPECT_THAT(offers(), SizeIs(1));
    EXPECT_EQ(stock_of(0), 5);
}

TEST_P(ShelfImports, NewAndUsedAreTwoOffers) {
    bring(
        "ean;titre;etat;prix;stock\n"
        "9782070360024;L’Étranger;new;7,80;3\n"
        "9782070360024;L’Étranger;used;2,00;1\n");
    EXPECT_THAT(products(), SizeIs(1));
    ASSERT_THAT(offers(), SizeIs(2));
    EXPECT_EQ(offers().at(1).condition, Condition::used);
}

TEST_P(ShelfImports, AFileWithoutTitlesTakesThemFromTheReference) {
    bring("ean;titre;prix;stock\n9782070360024;L’Étranger;7,80;3\n", {.shop = kOtherShop});
    const auto import = bring(
        "ean13;qty;price_ttc\n"
        "9782070360024;2;7.80\n"
        "3017620422003;1;4.00\n");
    EXPECT_EQ(import.outcome[RowOutcome::new_], 1);
    EXPECT_EQ(import.report.counts[RowOutcome::not_understood], 1);
    EXPECT_EQ(import.report.problem_examples.at(0).fault, RowFault::no_title);
    EXPECT_THAT(titles(), ElementsAre("L’Étranger"));
    EXPECT_THAT(offers(), SizeIs(2));
}

TEST_P(ShelfImports, AnInventoryKnowsThingsByTheShopsOwnNumber) {
    bring("ean;sku;titre;prix;stock\n9782070360024;A7;L’Étranger;7,80;3\n");
    const auto import = bring("sku;stock\nA7;9\n");
    EXPECT_EQ(import.outcome[RowOutcome::changed], 1);
    EXPECT_THAT(products(), SizeIs(1));
    EXPECT_EQ(stock_of(0), 9);
}

TEST_P(ShelfImports, InStockWithoutANumberIsAtLeastOne) {
    bring("sku;titre;prix;availability\n1;Thé;3;in stock\n");
    EXPECT_EQ(stock_of(0), 1);
    bring("sku;titre;prix;stock\n1;Thé;3;6\n");
    bring("sku;titre;prix;availability\n1;Thé;3;in stock\n");
    EXPECT_EQ(stock_of(0), 6);
}

TEST_P(ShelfImports, WhatIsKeptIsNotPromisedAgain) {
    bring(kShelf);
    take(offers().at(0).id, 2);
    const auto import = bring(kShelf);
    EXPECT_EQ(import.outcome[RowOutcome::unchanged], 2);
    EXPECT_EQ(stock_of(0), 1);
}

TEST_P(ShelfImports, SoldOutGoesOffTheShelfAndComesBackWithItsId) {
    bring(kShelf);
    const OfferId id = offers().at(0).id;
    take(id, 1);
    const auto import = bring("ean;stock\n9782070360024;0\n");
    EXPECT_EQ(import.outcome[RowOutcome::gone], 1);
    ASSERT_THAT(offers(), SizeIs(1));
    end(id, 1, KeptEnd::collected);
    bring("ean;stock\n9782070360024;4\n");
    ASSERT_THAT(offers(), SizeIs(2));
    EXPECT_EQ(offers().at(0).id, id);
    EXPECT_EQ(stock_of(0), 4);
    EXPECT_EQ(offers().at(0).price, Money{780});
}

TEST_P(ShelfImports, AnOlderCountDoesNotOverwriteANewerOne) {
    bring(kShelf);
    const auto at = std::to_string(to_unix(clock_.now() - 30min));
    const auto import = bring("ean;prix;stock;updated_at\n9782070360024;8,00;1;" + at + "\n");
    EXPECT_EQ(stock_of(0), 3);
    EXPECT_EQ(offers().at(0).price, Money{800});
    EXPECT_EQ(import.outcome[RowOutcome::changed], 1);
}

TEST_P(ShelfImports, WhatWasTouchedByHandAfterTheFileWasMadeStays) {
    bring(kShelf);
    const Instant made_at = clock_.now() + 10min;
    clock_.advance(1h);
    Offer touched = offers().at(0);
    touched.price = Money{700};
    count_by_hand(touched, 8);
    bring("ean;prix;stock\n9782070360024;7,80;3\n", {.made_at = made_at});
    EXPECT_EQ(stock_of(0), 8);
    EXPECT_EQ(offers().at(0).price, Money{700});
    bring("ean;prix;stock\n9782070360024;7,80;3\n");
    EXPECT_EQ(stock_of(0), 3);
}

TEST_P(ShelfImports, APriceSetByHandAfterTheFileWasMadeStays) {
    bring(kShelf);
    const Offer offer = offers().at(1);
    const Instant made_at = clock_.now();
    clock_.advance(1h);
    const auto touch = [&](const std::string& id, std::int64_t cents) {
        db_->write([&](store::Tx& tx) {
            check(touch_shelf(tx, town_,
                              {.id = id,
                               .shop = kShop,
                               .product = offer.product,
                               .price = Money{cents},
                               .touched_at = clock_.now()},
                              ids_, clock_.now())
                      .ok());
            return Done{};
        });
    };
    touch("a", 1'500);
    const std::string file = "sku;titre;prix;stock\nthe-vert;Thé vert;13;7\n";
    bring(file, {.made_at = made_at});
    EXPECT_EQ(offers().at(1).price, Money{1'500});
    EXPECT_EQ(offers().at(1).stock.quantity, 7);
    // Taken back, it is nobody's word any more.
    touch("b", 1'700);
    db_->write([&](store::Tx& tx) {
        for (const std::string id : {"b", "a"})
            check(undo_touch(tx, town_.id, kShop, id, clock_.now()).ok());
        return Done{};
    });
    bring(file, {.made_at = made_at});
    EXPECT_EQ(offers().at(1).price, Money{1'300});
    touch("c", 1'900);
    bring(file);  // newer than the touch
    EXPECT_EQ(offers().at(1).price, Money{1'300});
}

TEST_P(ShelfImports, AWholeShelfTakesOffWhatItDoesNotHave) {
    bring(many(4), {.is_whole_shelf = true});
    bring("ean;titre;prix;stock\n9782070360024;By another file;7,80;3\n");
    const auto import = bring(many(2, 1), {.is_whole_shelf = true});
    EXPECT_EQ(import.report.counts[RowOutcome::gone], 2);
    EXPECT_EQ(import.outcome, import.report.counts);
    EXPECT_EQ(import.rows_done, import.rows_total);
    EXPECT_THAT(offers(), SizeIs(3));
}

TEST_P(ShelfImports, AFileThatWouldEmptyTheShelfAsksFirst) {
    bring(many(10), {.is_whole_shelf = true});
    const auto few = check_file(many(4), {.is_whole_shelf = true, .runs_by_itself = true});
    EXPECT_EQ(few.status, ImportStatus::checked);
    EXPECT_EQ(few.report.doubt, ImportDoubt::most_gone);
    EXPECT_EQ(start(few.id, false).error(), ImportStepError::needs_confirmation);
    EXPECT_THAT(offers(), SizeIs(10));
    EXPECT_TRUE(start(few.id, true));
    work_on(work_, few.id);
    EXPECT_THAT(offers(), SizeIs(4));
}

TEST_P(ShelfImports, HalfOfTheShelfMayGoWithoutAQuestion) {
    bring(many(10), {.is_whole_shelf = true});
    const auto half = check_file(many(5), {.is_whole_shelf = true, .runs_by_itself = true});
    EXPECT_EQ(half.status, ImportStatus::done);
    EXPECT_THAT(offers(), SizeIs(5));
}

TEST_P(ShelfImports, AFileOfWhichNothingIsUnderstoodAsksFirst) {
    const auto import = check_file("ean;titre;prix;stock\n1;?;x;y\n", {.runs_by_itself = true});
    EXPECT_EQ(import.status, ImportStatus::checked);
    EXPECT_EQ(import.report.doubt, ImportDoubt::nothing_understood);
}

TEST_P(ShelfImports, ADiscardedOneIsOver) {
    const auto import = check_file(kShelf);
    const ImportStep step{kShop, import.id, clock_.now()};
    EXPECT_EQ(db_->write([&](store::Tx& tx) {
                     return discard_import(tx, town_.id, {kOtherShop, import.id, clock_.now()});
                 })
                  .error(),
              ImportStepError::unknown_import);
    EXPECT_TRUE(db_->write([&](store::Tx& tx) { return discard_import(tx, town_.id, step); }));
    EXPECT_EQ(start(import.id, true).error(), ImportStepError::not_now);
    work_on(work_, import.id);
    EXPECT_THAT(offers(), IsEmpty());
}

TEST_P(ShelfImports, UndoneItIsAsBefore) {
    bring(kShelf);
    const auto products_before = products();
    const auto offers_before = offers();
    const auto import = bring(
        "ean;sku;titre;auteur;rayon;prix;stock\n"
        "9782070360024;;Wrong title;Nobody;books.crime;1,00;30\n"
        ";the-vert;Thé vert;;drinks.tea;11,90;0\n"
        ";new;Something else;;drinks.tea;11,90;4\n");
    EXPECT_EQ(undo(import.id).status, ImportStatus::undone);
    EXPECT_EQ(offers(), offers_before);
    for (std::size_t i = 0; i < products_before.size(); ++i) {
        EXPECT_EQ(products().at(i).title, products_before.at(i).title);
        EXPECT_EQ(products().at(i).maker, products_before.at(i).maker);
        EXPECT_EQ(products().at(i).category, products_before.at(i).category);
    }
    EXPECT_EQ(db_->read([&](store::Tx& tx) { return count_left(tx, town_.id, import.id); }), 0);
}

TEST_P(ShelfImports, UndoLeavesWhatWasChangedSinceAndWhatIsKept) {
    bring(kShelf);
    const auto import = bring(
        "ean;sku;titre;prix;stock\n"
        "9782070360024;;L’Étranger;7,80;9\n"
        ";the-vert;Thé vert;12,90;7\n");
    take(offers().at(1).id, 4);
    end(offers().at(1).id, 1, KeptEnd::collected);
    clock_.advance(1h);
    count_by_hand(offers().at(0), 5);
    undo(import.id);
    const auto left =
        db_->read([&](store::Tx& tx) { return load_left(tx, town_.id, import.id, 10); });
    ASSERT_THAT(left, SizeIs(1));
    EXPECT_EQ(left[0].title, "L’Étranger");
    EXPECT_EQ(stock_of(0), 5);
    EXPECT_EQ(stock_of(1), 0);  // two were there, one was collected, three are kept
    end(offers().at(1).id, 3, KeptEnd::returned);
    EXPECT_EQ(stock_of(1), 3);
}

TEST_P(ShelfImports, OneImportAfterTheOtherIsUndone) {
    const auto first = bring(kShelf);
    const auto offers_before = offers();
    const auto second = bring("ean;stock\n9782070360024;9\n");
    undo(second.id);
    EXPECT_EQ(offers(), offers_before);
    undo(first.id);
    EXPECT_THAT(offers(), IsEmpty());
}

TEST_P(ShelfImports, TellsOfOffersAtOnceAndOfStocksInOneGo) {
    bring(kShelf);
    ASSERT_THAT(told(kCatalogueTopic), SizeIs(1));
    bring(kShelf);
    EXPECT_THAT(told(kCatalogueTopic), SizeIs(1));
    const auto news = told(kShelfTopic);
    ASSERT_THAT(news, SizeIs(1));
    EXPECT_THAT(parse_json(news[0].payload_json).at("offers"), SizeIs(2));
}

TEST_P(ShelfImports, ManyRowsTakeManyTransactionsAndNoneIsLost) {
    constexpr std::size_t kRows = 2 * kRowsPerTransaction + 1;
    const auto import = bring(many(kRows));
    EXPECT_EQ(import.outcome[RowOutcome::new_], static_cast<std::int64_t>(kRows));
    EXPECT_THAT(offers(), SizeIs(kRows));
    EXPECT_THAT(import.report.examples, SizeIs(kExamplesMax));
    undo(import.id);
    EXPECT_THAT(offers(), IsEmpty());
}

TEST_P(ShelfImports, GoesOnWhereItStopped) {
    constexpr std::size_t kRows = 3 * kRowsPerTransaction;
    bring(many(kRowsPerTransaction + 20, kRows - 10), {.is_whole_shelf = true});
    const auto checked = check_file(many(kRows), {.is_whole_shelf = true});
    EXPECT_TRUE(start(checked.id, true));
    int calls = 0;
    while (load(checked.id).status == ImportStatus::running) {
        ASSERT_LT(calls++, 20);
        int asked = 0;
        ImportWork work = work_;
        work.is_stopping = [&] { return ++asked > 3; };
        work_on(work, checked.id);
    }
    EXPECT_GT(calls, 2);
    const auto done = load(checked.id);
    EXPECT_EQ(done.outcome, done.report.counts);
    EXPECT_EQ(done.rows_done, done.rows_total);
    EXPECT_THAT(offers(), SizeIs(kRows));
}

TEST_P(ShelfImports, TwoProcessesDoNotWorkOnOne) {
    const auto id = drop(kShelf, {});
    const auto lock = FileLock::try_lock(work_.folder.file_of(id));
    ASSERT_TRUE(lock.has_value());
    work_on(work_, id);
    EXPECT_EQ(load(id).status, ImportStatus::checking);
}

TEST_P(ShelfImports, FilesThatLookAlikeAreOfOneSource) {
    const auto first = bring(kShelf);
    EXPECT_EQ(bring(kShelf).source, first.source);
    EXPECT_NE(bring("sku;stock\nthe-vert;9\n").source, first.source);
    EXPECT_NE(bring(kShelf, {.shop = kOtherShop}).source, first.source);
}

TEST_P(ShelfImports, AFileThatCannotBeReadIsNotKept) {
    EXPECT_EQ(try_to_drop("", {}).error().feed.fault, FeedFault::empty);
    EXPECT_THAT(db_->read([&](store::Tx& tx) {
        return load_waiting_imports(tx, town_.id, clock_.now(), 9);
    }),
                IsEmpty());
}

TEST_P(ShelfImports, WhatNoColumnTellsTheKeeperCanSay) {
    const auto said = check_file("chose;combien\nbol;12\ntasse;7\n", {.runs_by_itself = true});
    ASSERT_EQ(said.status, ImportStatus::failed);
    EXPECT_EQ(said.report.failure->fault, FeedFault::no_usable_columns);
    const auto check_again_as = [&](const FeedMapping& mapping) {
        return db_->write([&](store::Tx& tx) {
            return check_again(tx, town_.id, {kShop, said.id, clock_.now()}, {.mapping = mapping});
        });
    };
    ASSERT_TRUE(check_again_as({{"chose", ShelfField::sku}, {"combien", ShelfField::price}}));
    work_on(work_, said.id);
    EXPECT_EQ(load(said.id).status, ImportStatus::checked);
    EXPECT_FALSE(load(said.id).runs_by_itself);  // the keeper sees what it would do
    // One that has stumbled on its way is no file to be read in another way.
    EXPECT_TRUE(start(said.id, true));
    db_->write([&](store::Tx& tx) {
        save_failure(tx, town_.id,
                     {.import = said.id, .failure = "x", .is_final = true, .now = clock_.now()});
    });
    EXPECT_EQ(check_again_as({}).error(), ImportStepError::not_now);
}

TEST_P(ShelfImports, WhatWasUndoneMayComeAgain) {
    const std::string file =
        "sku;titre;prix;stock;updated_at\nvert;Thé vert;3;2;2026-10-14 09:00\n";
    undo(bring(file).id);
    EXPECT_THAT(offers(), IsEmpty());
    EXPECT_EQ(bring(file).outcome[RowOutcome::new_], 1);
    EXPECT_EQ(stock_of(0), 2);
}

TEST_P(ShelfImports, AreListedWithoutWhatIsLarge) {
    const auto done = bring(kShelf);
    const auto waiting = check_file(kShelf);
    bring(kShelf, {.shop = kOtherShop});
    const auto list = [&](const ImportsAsked& asked) {
        std::vector<ShelfImportId> ids;
        for (const auto& import :
             db_->read([&](store::Tx& tx) { return list_imports(tx, town_.id, asked); }))
            ids.push_back(import.id);
        return ids;
    };
    EXPECT_THAT(list({.shop = kShop, .limit = 9}), ElementsAre(waiting.id, done.id));
    EXPECT_THAT(list({.shop = kShop, .limit = 1}), ElementsAre(waiting.id));
    EXPECT_THAT(list({.shop = kShop, .before = waiting.id, .limit = 9}), ElementsAre(done.id));
    EXPECT_THAT(list({.shop = kShop, .is_going_on = true, .limit = 9}), ElementsAre(waiting.id));
    const auto listed = db_->read(
        [&](store::Tx& tx) { return list_imports(tx, town_.id, {.shop = kShop, .limit = 9}); });
    EXPECT_EQ(listed.back().outcome, done.outcome);
    EXPECT_THAT(listed.back().report.examples, IsEmpty());
}

}  // namespace
}  // namespace emplettes::catalogue
