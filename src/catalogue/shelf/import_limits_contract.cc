#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/shelf/import_contract.h"

namespace emplettes::catalogue {
namespace {

// How much of a shop waits or is remembered.
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
    EXPECT_EQ(try_to_drop(file, {}).error().fault, TakeFault::too_many_waiting);
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

}  // namespace
}  // namespace emplettes::catalogue
