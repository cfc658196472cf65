#include "catalogue/shelf/fetched.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/news.h"
#include "catalogue/shelf/import_contract.h"

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kFeed =
    "sku;titre;prix;stock;updated_at\n"
    "vert;Thé vert;12,90;2;\n"
    "noir;Thé noir;11,90;4;\n"
    "blanc;Thé blanc;21,90;1;2026-10-14 09:00\n";

// A shop's feed, as it was fetched.
class FetchedFiles : public ImportContract {
  protected:
    FetchedFiles() {
        source_ = {.id = ids_.next<ShelfSourceId>(),
                   .shop = kShop,
                   .name = "the till's feed",
                   .url = "https://tea.example/feed.csv",
                   .is_whole_shelf = true,
                   .every = 1h};
        db_->write([&](store::Tx& tx) { save_source(tx, town_.id, source_); });
    }

    // An hour after the last one.
    bool fetch(std::string_view bytes) {
        clock_.advance(1h);
        const auto file = folder_ / "fetched";
        std::ofstream(file, std::ios::binary) << bytes;
        const bool is_taken{take_fetched(work_, source_, file)};
        work_on_waiting(work_);
        return is_taken;
    }
    std::vector<ShelfImport> imports() {
        return db_->read([&](store::Tx& tx) { return load_imports(tx, town_.id, kShop, 1000); });
    }
    Offer offer(std::string_view title) {
        for (const Product& product : products())
            for (const Offer& offer : offers())
                if (product.title == title && offer.product == product.id) return offer;
        throw std::runtime_error("not offered");
    }
    static std::string many(std::size_t rows) {
        std::string csv = "sku;titre;prix;stock\n";
        for (std::size_t i = 0; i < rows; ++i)
            csv += std::to_string(i) + ";Thé n° " + std::to_string(i) + ";3;2\n";
        return csv;
    }

    ShelfSource source_;
};

TEST_P(FetchedFiles, TheSameFileConfirmsWhatItBrought) {
    ASSERT_TRUE(fetch(kFeed));
    EXPECT_EQ(offer("Thé vert").stock.source, StockSource::feed);
    EXPECT_EQ(offer("Thé vert").stock.confirmed_at, clock_.now());
    const Instant counted = offer("Thé blanc").stock.confirmed_at;
    EXPECT_LT(counted, kNoon);

    ASSERT_TRUE(fetch(kFeed));
    EXPECT_EQ(imports().size(), 1U);
    EXPECT_EQ(offer("Thé vert").stock.confirmed_at, clock_.now());
    EXPECT_EQ(offer("Thé noir").stock.confirmed_at, clock_.now());
    EXPECT_EQ(offer("Thé blanc").stock.confirmed_at, counted);
    EXPECT_EQ(say_again(work_, source_), 0);
    EXPECT_THAT(told(kShelfTopic), testing::SizeIs(1));
}

TEST_P(FetchedFiles, WhatSomebodyHasCountedSinceStaysTheirs) {
    ASSERT_TRUE(fetch(kFeed));
    Offer counted = offer("Thé vert");
    counted.stock = {.quantity = 1, .source = StockSource::hand, .confirmed_at = clock_.now()};
    db_->write([&](store::Tx& tx) { save_offer(tx, town_.id, counted); });
    ASSERT_TRUE(fetch(kFeed));
    EXPECT_EQ(offer("Thé vert").stock, counted.stock);
}

TEST_P(FetchedFiles, WhatWasSaidAgainIsUndoneAllTheSame) {
    ASSERT_TRUE(fetch(kFeed));
    ASSERT_TRUE(fetch("sku;titre;prix;stock\nvert;Thé vert;9,90;7\nnoir;Thé noir;11,90;4\n"));
    clock_.advance(1h);
    EXPECT_EQ(say_again(work_, source_), 2);
    EXPECT_EQ(undo(imports().front().id).status, ImportStatus::undone);
    EXPECT_EQ(offer("Thé vert").price, Money{1290});
    EXPECT_EQ(offer("Thé vert").stock.quantity, 2);
    // It is not brought back by the file that was undone, nor confirmed by it.
    clock_.advance(1h);
    EXPECT_EQ(say_again(work_, source_), 0);
}

TEST_P(FetchedFiles, AFeedThatWouldEmptyTheShelfIsHeldUntilItIsWellAgain) {
    ASSERT_TRUE(fetch(many(30)));
    const Instant read = clock_.now();
    ASSERT_TRUE(fetch(many(3)));
    ASSERT_EQ(imports().size(), 2U);
    EXPECT_EQ(imports().front().status, ImportStatus::checked);
    EXPECT_EQ(imports().front().report.doubt, ImportDoubt::most_gone);
    ASSERT_TRUE(fetch(many(3)));  // still the same: no second question, and nothing confirmed
    EXPECT_EQ(imports().size(), 2U);
    EXPECT_EQ(offers().size(), 30U);
    EXPECT_EQ(offer("Thé n° 1").stock.confirmed_at, read);
    ASSERT_TRUE(fetch(many(30)));
    EXPECT_EQ(imports().at(0).status, ImportStatus::done);
    EXPECT_EQ(imports().at(1).status, ImportStatus::discarded);
    EXPECT_EQ(offer("Thé n° 1").stock.confirmed_at, clock_.now());
}

TEST_P(FetchedFiles, WhatIsNoFeedIsNotTaken) {
    EXPECT_FALSE(fetch(""));
    EXPECT_TRUE(imports().empty());
}

TEST_P(FetchedFiles, OfManyReadingsTheLastIsKeptForAMonth) {
    ASSERT_TRUE(fetch(many(30)));
    ASSERT_TRUE(fetch(many(29)));
    clock_.advance(kReadingKept + 1h);
    EXPECT_EQ(forget_imports(work_), 1);
    EXPECT_EQ(imports().size(), 1U);
    clock_.advance(kImportKept);
    EXPECT_EQ(forget_imports(work_), 1);
    // Then the file is taken as if for the first time.
    ASSERT_TRUE(fetch(many(29)));
    EXPECT_EQ(offer("Thé n° 1").stock.confirmed_at, clock_.now());
}

TEST_P(FetchedFiles, AThousandRowsAreNotTheLimit) {
    ASSERT_TRUE(fetch(many(2500)));
    clock_.advance(1h);
    EXPECT_EQ(say_again(work_, source_), 2500);
}

INSTANTIATE_TEST_SUITE_P(Databases, FetchedFiles, store::both_databases(), store::name_of_dialect);

}  // namespace
}  // namespace emplettes::catalogue
