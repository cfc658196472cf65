#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/shelf/import_contract.h"
#include "catalogue/shelf/import_steps.h"

namespace emplettes::catalogue {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::SizeIs;

TEST(RestAfter, GrowsToAnHour) {
    std::vector<std::int64_t> rests;
    for (std::int64_t faults = 1; faults < 8; ++faults) rests.push_back(rest_after(faults).count());
    EXPECT_THAT(rests, ElementsAre(10, 40, 160, 640, 2560, 3600, 3600));
    EXPECT_EQ(rest_after(1'000'000), kImportRestMost);
}

// An import whose file cannot be read for a while.
class StumblingImportContract : public ImportContract {
  protected:
    static std::string shelf() {
        std::string csv = "sku;titre;prix;stock\n";
        for (int i = 0; i < 3; ++i) csv += std::to_string(i) + ";Thé;12,90;2\n";
        return csv;
    }
    // A disk that fails, as far as the worker sees.
    void lose(ShelfImportId id) { std::ofstream(work_.folder.file_of(id), std::ios::trunc); }
    void find_again(ShelfImportId id) {
        std::ofstream(work_.folder.file_of(id), std::ios::binary) << shelf();
    }
    ShelfImport look(ShelfImportId id) {
        work_on_waiting(work_);
        return load(id);
    }
    Result<Done, ImportStepError> go_on(ShelfImportId id, ShopId shop = kShop) {
        return db_->write([&](store::Tx& tx) {
            return go_on_again(tx, town_.id, {shop, id, clock_.now()});
        });
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, StumblingImportContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(StumblingImportContract, RestsLongerEachTimeAndOutlivesHours) {
    const auto id = check_file(shelf()).id;
    ASSERT_TRUE(start(id, false));
    lose(id);
    EXPECT_EQ(look(id).attempts, 1);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(look(id).attempts, 1);  // it rests
    clock_.advance(rest_after(1));
    EXPECT_EQ(look(id).attempts, 2);
    clock_.advance(rest_after(2) - seconds{1});
    EXPECT_EQ(look(id).attempts, 2);
    const Instant began = clock_.now();
    while (clock_.now() < began + hours{4}) {
        clock_.advance(seconds{60});
        ASSERT_EQ(look(id).status, ImportStatus::running);
    }
    find_again(id);
    clock_.advance(kImportRestMost);
    EXPECT_EQ(look(id).status, ImportStatus::done);
    EXPECT_EQ(load(id).outcome[RowOutcome::new_], 3);
    EXPECT_EQ(load(id).attempts, 0);
}

TEST_P(StumblingImportContract, ThatHasFailedGoesOnWhenSomebodySaysSo) {
    const auto id = check_file(shelf()).id;
    ASSERT_TRUE(start(id, false));
    lose(id);
    for (int i = 0; i < kImportAttemptsMax; ++i) {
        look(id);
        clock_.advance(kImportRestMost);
    }
    ASSERT_EQ(load(id).status, ImportStatus::failed);
    EXPECT_EQ(load(id).failed_at, ImportStatus::running);
    EXPECT_EQ(go_on(id, kOtherShop).error(), ImportStepError::unknown_import);
    find_again(id);
    EXPECT_TRUE(go_on(id));
    EXPECT_EQ(look(id).status, ImportStatus::done);
    EXPECT_EQ(load(id).failed_at, std::nullopt);
    EXPECT_EQ(go_on(id).error(), ImportStepError::not_now);
}

TEST_P(StumblingImportContract, AnUndoingThatFailedGoesOnAsOne) {
    const auto id = bring(shelf()).id;
    ASSERT_TRUE(db_->write([&](store::Tx& tx) {
        return start_undoing(tx, town_.id, {kShop, id, clock_.now()});
    }));
    db_->write([&](store::Tx& tx) {
        save_failure(tx, town_.id, {.import = id, .is_final = true, .now = clock_.now()});
    });
    EXPECT_EQ(load(id).failed_at, ImportStatus::undoing);
    EXPECT_TRUE(go_on(id));
    EXPECT_EQ(look(id).status, ImportStatus::undone);
}

// Two workers, of which the slower one comes after the end.
TEST_P(StumblingImportContract, WhoComesTooLateUndoesNothing) {
    const auto id = bring(shelf()).id;
    ASSERT_TRUE(db_->write([&](store::Tx& tx) {
        return start_undoing(tx, town_.id, {kShop, id, clock_.now()});
    }));
    const ShelfImport undoing = load(id);
    db_->write([&](store::Tx& tx) {
        save_failure(tx, town_.id, {.import = id, .is_final = true, .now = clock_.now()});
    });
    undo_import(work_, undoing);
    EXPECT_EQ(load(id).status, ImportStatus::failed);
    EXPECT_THAT(offers(), SizeIs(3));
}

TEST_P(StumblingImportContract, WhatCannotBeReadDoesNotGoOn) {
    const auto unread = check_file("couleur;taille\nrouge;grande\n");
    ASSERT_EQ(unread.status, ImportStatus::failed);
    EXPECT_EQ(go_on(unread.id).error(), ImportStepError::not_now);
}

}  // namespace
}  // namespace emplettes::catalogue
