#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "catalogue/contract.h"
#include "catalogue/shelf/import_work.h"

namespace emplettes::catalogue {

inline constexpr ShopId kOtherShop{2};

// For tests: files that two shops drop, and all that becomes of them.
class ImportContract : public CatalogueContract {
  protected:
    ImportContract() {
        std::filesystem::create_directories(folder_);
        save(make_shop(kShop.value, "Écume"));
        save(make_shop(kOtherShop.value, "Neighbour"));
    }
    ~ImportContract() override { std::filesystem::remove_all(folder_); }

    struct Dropped {
        ShopId shop = kShop;
        bool is_whole_shelf = false;
        bool runs_by_itself = false;
        std::optional<Instant> made_at;  // else an hour after the last one
        std::string name = "shelf.csv";
    };

    Result<ShelfImportId, DropError> try_to_drop(std::string_view bytes, const Dropped& dropped) {
        if (!dropped.made_at) clock_.advance(std::chrono::hours{1});
        const auto file = folder_ / "dropped";
        std::ofstream(file, std::ios::binary) << bytes;
        return take_file(work_, {.file = file,
                                 .name = dropped.name,
                                 .shop = dropped.shop,
                                 .is_whole_shelf = dropped.is_whole_shelf,
                                 .runs_by_itself = dropped.runs_by_itself,
                                 .made_at = dropped.made_at.value_or(clock_.now())});
    }
    ShelfImportId drop(std::string_view bytes, const Dropped& dropped) {
        return try_to_drop(bytes, dropped).value();
    }
    // The dry run.
    ShelfImport check_file(std::string_view bytes, const Dropped& dropped) {
        const auto id = drop(bytes, dropped);
        work_on(work_, id);
        return load(id);
    }
    ShelfImport check_file(std::string_view bytes) { return check_file(bytes, {}); }
    // All the way.
    ShelfImport bring(std::string_view bytes, const Dropped& dropped) {
        const auto checked = check_file(bytes, dropped);
        EXPECT_EQ(checked.status, ImportStatus::checked);
        EXPECT_TRUE(start(checked.id, true, dropped.shop));
        work_on(work_, checked.id);
        return load(checked.id);
    }
    ShelfImport bring(std::string_view bytes) { return bring(bytes, {}); }

    Result<Done, ImportStepError> start(ShelfImportId id, bool is_confirmed, ShopId shop = kShop) {
        return db_->write([&](store::Tx& tx) {
            return start_import(tx, town_.id, {shop, id, clock_.now()}, is_confirmed);
        });
    }
    ShelfImport undo(ShelfImportId id, ShopId shop = kShop) {
        EXPECT_TRUE(db_->write([&](store::Tx& tx) {
            return start_undoing(tx, town_.id, {shop, id, clock_.now()});
        }));
        work_on(work_, id);
        return load(id);
    }
    ShelfImport load(ShelfImportId id) {
        return db_->read([&](store::Tx& tx) { return find_import(tx, town_.id, id); }).value();
    }
    std::vector<std::string> titles() {
        std::vector<std::string> titles;
        for (const Product& product : products()) titles.push_back(product.title);
        return titles;
    }

    const std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                          ("emplettes_shelf_" + std::to_string(::getpid()) + "_" +
                                           std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    Territory importing_ = town_;  // for tests of its law
    ImportWork work_{.database = *db_,
                     .territory = importing_,
                     .trades = trades(),
                     .ids = ids_,
                     .clock = clock_,
                     .folder = ImportFolder(folder_ / "imports")};
};

}  // namespace emplettes::catalogue
