#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/id_source.h"
#include "base/random.h"
#include "base/result.h"
#include "catalogue/picture.h"
#include "catalogue/shop.h"
#include "catalogue/shop_word.h"
#include "catalogue/territory.h"
#include "store/database.h"

// A shop as one ZIP file, which it may take away at any hour and bring into any installation:
//   README.txt    what this is, in French and English
//   shop.json     who, where, when open: as everybody sees it, as the map and the keeper say it
//   shelf.csv     the shelf for a spreadsheet (shelf_files.h)
//   shelf.json    the shelf exactly, an array with one item a line
//   seller.json   who sells there, as the law wants it told; of shops that told it
//   pictures.json what its photographs show
//   pictures/     the photographs
// What a person reserved is not in it, and nobody's account.
namespace emplettes::catalogue {

struct ExportedPicture {
    Picture picture;
    std::filesystem::path file;  // goes along as it is
};

struct ShopExport {
    const Territory& territory;
    Shop shop;
    std::vector<ExportedPicture> pictures;
    std::string seller_json;  // written by who knows sellers; empty: nothing was told
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

// The territory that a shop comes from.
struct FormerTerritory {
    std::string name;
    std::vector<std::string> languages;
    std::string time_zone;
    std::string holiday_region;
    std::string currency;
};

// A photograph of an export, whose bytes nobody has looked at yet.
struct PictureToRestore {
    std::string name;                // of its file within pictures/
    std::optional<Product> product;  // none: it shows the front
    std::string caption;
    std::string source;
    std::string origin_sha256;
    Instant created_at;
};

// What a file holds, all of it read to its end and understood; pictures but for their bytes.
struct ShopArchive {
    Shop shop;  // as its source tells it
    ShopWord word;
    FormerTerritory territory;
    std::int64_t items = 0;
    std::string seller_json;  // not looked at
    std::vector<PictureToRestore> pictures;
};
// Changes nothing. In constant memory, but for what pictures show.
Result<ShopArchive, RestoreError> read_shop_export(const std::filesystem::path& file);

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
// Makes the shelf and the keeper's word those of the file: prices, counts and how these are known.
// A shop of the map is found by its place there, else by its slug, else made. Texts of products
// that are known here stay. In batches; repeating it changes nothing. What the shop has here beside
// it stays.
Result<RestoredShop, RestoreError> restore_shop(const ShopRestore& restore,
                                                const ShopArchive& archive,
                                                const std::filesystem::path& file);

// A product of the file, as it is called here; made when nobody knew it. Writes the news.
ProductId restore_product(store::Tx& tx, const ShopRestore& restore, ShopId shop,
                          const Product& product);

inline constexpr int kShopExportVersion = 2;

}  // namespace emplettes::catalogue
