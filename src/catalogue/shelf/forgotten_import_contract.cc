#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/shelf/import_contract.h"

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;
using testing::SizeIs;

class ForgottenImports : public ImportContract {};

INSTANTIATE_TEST_SUITE_P(Databases, ForgottenImports, store::both_databases(),
                         store::name_of_dialect);

TEST_P(ForgottenImports, OldOnesAreForgottenWithTheirFiles) {
    const auto import = bring("sku;titre;prix;stock\n1;Thé vert;12,90;2\n2;Thé noir;11,90;1\n");
    EXPECT_EQ(forget_imports(work_), 0);
    clock_.advance(kImportKept + 1h);
    EXPECT_EQ(forget_imports(work_), 1);
    EXPECT_FALSE(std::filesystem::exists(work_.folder.file_of(import.id)));
    EXPECT_EQ(store::count_rows(*db_, "import_change"), 0);
    EXPECT_THAT(offers(), SizeIs(2));
}

TEST_P(ForgottenImports, ALargeOneIsForgottenInPartsAndNotUndoneByHalves) {
    std::string many = "sku;titre;prix;stock\n";
    constexpr std::int64_t kMany = 2 * static_cast<std::int64_t>(kRowsPerTransaction);
    for (std::int64_t i = 0; i < kMany; ++i)
        many += std::to_string(i) + ";Thing " + std::to_string(i) + ";5;1\n";
    const auto import = bring(many);
    clock_.advance(kImportKept + 1h);
    int asked = 0;
    work_.is_stopping = [&] { return ++asked > 1; };  // after the first part
    EXPECT_EQ(forget_imports(work_), 0);
    const auto left = store::count_rows(*db_, "import_change");
    EXPECT_GT(left, kMany - static_cast<std::int64_t>(kRowsPerTransaction) - 1);
    EXPECT_LT(left, kMany);
    EXPECT_EQ(db_->write([&](store::Tx& tx) {
                     return start_undoing(tx, town_.id, {kShop, import.id, clock_.now()});
                 })
                  .error(),
              ImportStepError::not_now);
    work_.is_stopping = [] { return false; };
    EXPECT_EQ(forget_imports(work_), 1);
    EXPECT_EQ(store::count_rows(*db_, "import_change"), 0);
    EXPECT_EQ(store::count_rows(*db_, "shelf_import"), 0);
    EXPECT_THAT(offers(), SizeIs(static_cast<std::size_t>(kMany)));
}

}  // namespace
}  // namespace emplettes::catalogue
