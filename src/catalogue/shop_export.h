#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/id_source.h"
#include "base/random.h"
#include "base/result.h"
#include "catalogue/shop.h"
#include "catalogue/territory.h"
#include "store/database.h"

// A shop as one ZIP file, which it may take away at any hour and bring into any installation:
//   README.txt   what this is, in French and English
//   shop.json    who, where, when open
//   shelf.csv    the shelf for a spreadsheet (shelf_files.h)
//   shelf.json   the shelf exactly, an array with one item a line
//   pictures/    its photographs
// What a person reserved is not in it.
namespace emplettes::catalogue {

// A file that goes along as it is.
struct ExportedPicture {
    std::string name;  // within pictures/
    std::filesystem::path file;
};

struct ShopExport {
    TerritoryId territory;
    Shop shop;
    std::string currency;
    std::vector<ExportedPicture> pictures;
    Instant now;
};

// Writes the file, in constant memory. Throws std::runtime_error with a sentence for people, and
// what the database throws; then the file is not to be used.
void write_shop_export(store::Database& database, const ShopExport& wanted,
                       const std::filesystem::path& file);

enum class RestoreFault {
    not_an_export,   // no ZIP file, or without shop.json and shelf.json
    newer_version,   // written by a later program
    other_currency,  // than the territory's
    broken,          // `detail` says where
};
struct RestoreError {
    RestoreFault fault = RestoreFault::not_an_export;
    std::string detail;  // an English sentence
};

struct ShopRestore {
    store::Database& database;
    const Territory& territory;
    IdSource& ids;
    Random& random;
    Instant now;
};
struct RestoredShop {
    ShopId shop;
    std::string slug;
    bool is_new = false;  // it was not on this map
    std::int64_t items = 0;
};
// Makes the shelf that of the file: prices, counts and how these are known. A shop of the map is
// found by its place there, else by its slug, else made. Texts of products that are known here
// stay. In batches; repeating it changes nothing. What the shop has here beside it stays.
Result<RestoredShop, RestoreError> restore_shop(const ShopRestore& restore,
                                                const std::filesystem::path& file);

inline constexpr int kShopExportVersion = 1;

}  // namespace emplettes::catalogue
