#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "catalogue/shop_export.h"
#include "site/context.h"
#include "territory/exported_seller.h"

namespace emplettes::site {

// All that any part of the house has of a shop, in one file (catalogue/shop_export.h).

struct ArchiveSource {
    store::Database& database;
    const catalogue::Territory& territory;
    std::filesystem::path pictures;  // the territory's files
    Instant now;
};
// `shop` as everybody sees it. Throws as catalogue::write_shop_export does.
void write_shop_archive(const ArchiveSource& source, const catalogue::Shop& shop,
                        const std::filesystem::path& file);

struct ArchiveTarget {
    catalogue::ShopRestore restore;
    pictures::PictureMaker& picture_maker;
    PictureFolder pictures;
    // Told before each picture, which takes a second: how many of how many.
    std::function<void(std::size_t, std::size_t)> on_picture = {};
};
struct RestoredArchive {
    catalogue::RestoredShop shop;
    territory::SellerRestored seller = territory::SellerRestored::none;
    std::int64_t pictures_new = 0;
    std::int64_t pictures_known = 0;            // were here already
    std::vector<std::string> pictures_refused;  // English sentences, each begins with its name
};
// Brings in what read_shop_export() has read. A picture is made anew of what can be seen in it, by
// a process that can do nothing else, as any stranger's is; one that cannot be is left out, and
// said. Repeating it changes nothing. For the operator at the command line (restore_seller).
Result<RestoredArchive, catalogue::RestoreError> restore_shop_archive(
    const ArchiveTarget& target, const catalogue::ShopArchive& archive,
    const std::filesystem::path& file);

}  // namespace emplettes::site
