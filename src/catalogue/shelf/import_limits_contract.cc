#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/shelf/import_contract.h"

namespace emplettes::catalogue {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

// How much of a shop waits, is remembered, or goes without a question.
class ImportLimitsContract : public ImportContract {};

INSTANTIATE_TEST_SUITE_P(Databases, ImportLimitsContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(ImportLimitsContract, SoManyFilesOfAShopMayWait) {
    const std::string file = "sku;titre;prix;stock\nvert;Thé vert;12,90;2\n";
    ShelfImportId first;
    for (int i = 0; i < kFilesWaitingMax; ++i) {
        const auto id = drop(file, {});
        if (i == 0) first = id;
    }
    EXPECT_EQ(try_to_drop(file, {}).error().fault, DropFault::too_many_waiting);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_ / "imports"), {}),
              kFilesWaitingMax);
    EXPECT_TRUE(try_to_drop(file, {.shop = kOtherShop}));
    EXPECT_TRUE(try_to_drop(file, {.runs_by_itself = true}));
    // Checked it still waits, for somebody's word; discarded it makes room.
    work_on(work_, first);
    EXPECT_FALSE(try_to_drop(file, {}));
    EXPECT_TRUE(db_->write([&](store::Tx& tx) {
        return discard_import(tx, town_.id, {kShop, first, clock_.now()});
    }));
    EXPECT_TRUE(try_to_drop(file, {}));
}

// A file of a kind of its own.
std::string kind(std::size_t number) {
    return "sku;titre;prix;stock;colonne " + std::to_string(number) + "\nvert;Thé;12,90;2;x\n";
}

TEST_P(ImportLimitsContract, SoManyKindsOfFilesAreRemembered) {
    const auto least_used = [&] {
        return db_->read(
            [&](store::Tx& tx) { return find_least_used_source(tx, town_.id, kShop); });
    };
    EXPECT_EQ(least_used(), std::nullopt);
    std::vector<ShelfImport> brought;
    for (std::size_t i = 0; i < kSourcesOfShopMax; ++i) brought.push_back(bring(kind(i)));
    EXPECT_EQ(try_to_drop(kind(1000), {}).error().fault, DropFault::too_many_sources);
    EXPECT_TRUE(try_to_drop(kind(1000), {.shop = kOtherShop}));
    // The first kind waits for an answer now: the second one is used the least.
    check_file(kind(0));
    ASSERT_TRUE(least_used().has_value());
    EXPECT_EQ(least_used()->id, brought[1].source);
    db_->write([&](store::Tx& tx) { forget_source(tx, town_.id, brought[1].source); });
    EXPECT_TRUE(try_to_drop(kind(1000), {}));
    EXPECT_EQ(try_to_drop(kind(1001), {}).error().fault, DropFault::too_many_sources);
    EXPECT_THAT(offers(), SizeIs(1));
}

// An address that is read is used, whenever that was.
TEST_P(ImportLimitsContract, AnAddressIsUsedUnlessItRests) {
    ShelfSource address{.id = ids_.next<ShelfSourceId>(),
                        .shop = kShop,
                        .name = "https://tea.example/feed.csv",
                        .url = "https://tea.example/feed.csv",
                        .every = std::chrono::hours{1}};
    const auto least_used = [&] {
        return db_->write([&](store::Tx& tx) {
            save_source(tx, town_.id, address);
            return find_least_used_source(tx, town_.id, kShop);
        });
    };
    EXPECT_EQ(least_used(), std::nullopt);
    address.is_paused = true;
    EXPECT_EQ(least_used(), address);
}

// A file for the whole shelf with the things from `first` on, each counted so often.
std::string things(int first, int end, int stock) {
    std::string csv = "sku;titre;prix;stock\n";
    for (int i = first; i < end; ++i)
        csv += std::to_string(i) + ";Thé " + std::to_string(i) + ";9,90;" + std::to_string(stock) +
               "\n";
    return csv;
}

TEST_P(ImportLimitsContract, AFewThingsAreNotTakenAwayWithoutAQuestion) {
    const Dropped feed{.is_whole_shelf = true, .runs_by_itself = true};
    bring(things(0, 4, 2), {.is_whole_shelf = true});
    const auto others = check_file(things(10, 11, 2), feed);
    EXPECT_EQ(others.status, ImportStatus::checked);
    EXPECT_EQ(others.report.doubt, ImportDoubt::most_gone);
    const auto none = check_file(things(0, 4, 0), feed);
    EXPECT_EQ(none.status, ImportStatus::checked);
    EXPECT_THAT(offers(), SizeIs(4));
    // Three of four were sold: a day like another.
    EXPECT_EQ(check_file(things(3, 4, 2), feed).status, ImportStatus::done);
    EXPECT_THAT(offers(), SizeIs(1));
    // The last one is missing, which is odd; or it was sold, which is not.
    EXPECT_EQ(check_file(things(10, 11, 2), feed).status, ImportStatus::checked);
    EXPECT_EQ(check_file(things(3, 4, 0), feed).status, ImportStatus::done);
    EXPECT_THAT(offers(), IsEmpty());
}

}  // namespace
}  // namespace emplettes::catalogue
