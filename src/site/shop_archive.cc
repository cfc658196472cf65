#include "site/shop_archive.h"

#include <map>

#include "base/zip_file.h"
#include "pictures/decode.h"
#include "pictures/picture_maker.h"
#include "site/picture_files.h"
#include "store/sha256.h"

namespace emplettes::site {
namespace {

using catalogue::PictureRowError;
using pictures::PictureError;

constexpr std::string_view kPictureFolder = "pictures/";

// The largest file of each that is there.
std::vector<catalogue::ExportedPicture> exported_pictures(const ArchiveSource& source,
                                                          ShopId shop) {
    const auto pictures = source.database.read([&](store::Tx& tx) {
        return catalogue::load_pictures_of_shop(tx, source.territory.id, shop);
    });
    std::vector<catalogue::ExportedPicture> exported;
    for (const catalogue::Picture& picture : pictures) {
        auto file = source.pictures / picture_file_name(picture.content_sha256, picture.width,
                                                        pictures::Format::webp);
        if (std::filesystem::exists(file)) exported.push_back({picture, std::move(file)});
    }
    return exported;
}

std::string explain(PictureError error) {
    switch (error) {
        case PictureError::unknown_format: return "is neither JPEG, PNG, WebP nor AVIF";
        case PictureError::damaged: return "is damaged or incomplete";
        case PictureError::too_long: return "has more than 32 MiB";
        case PictureError::too_large: return "has more than 64 million pixels";
        case PictureError::too_slow: return "took too long to read";
        case PictureError::busy: return "had to wait too long for others";
    }
    return {};
}

std::string explain(PictureRowError error) {
    switch (error) {
        case PictureRowError::unknown_shop:
        case PictureRowError::unknown_product:
        case PictureRowError::unknown_picture: return "shows something that is not here any more";
        case PictureRowError::too_many: return "is one too many";
        case PictureRowError::already_there: return "is here already";
        case PictureRowError::caption_too_long: return "has too long a caption";
    }
    return {};
}

class PicturesIn {
  public:
    PicturesIn(const ArchiveTarget& target, const catalogue::ShopArchive& archive,
               RestoredArchive& restored)
        : target_(target), restored_(restored) {
        for (const auto& picture : archive.pictures)
            wanted_.emplace(std::string(kPictureFolder) + picture.name, &picture);
    }

    // In the order of the file, which is the one that they had.
    void bring(ZipReader& zip) {
        std::size_t done = 0;
        while (const auto name = zip.next()) {
            const auto found = wanted_.find(*name);
            if (found == wanted_.end()) continue;
            if (target_.on_picture) target_.on_picture(++done, wanted_.size());
            const auto bytes = zip.read_all(pictures::kPictureBytesMax);
            if (!bytes && zip.failure().empty())
                refuse(*name, explain(PictureError::too_long));
            else if (bytes)
                take(*found->second, *name, *bytes);
        }
    }

  private:
    void refuse(const std::string& name, const std::string& reason) {
        restored_.pictures_refused.push_back(name + " " + reason);
    }

    // Every process of a picture costs a second: what is known is not made again.
    bool is_known(const std::string& origin, const std::string& bytes, ProductId product) const {
        const auto own = target_.restore.database.read([&](store::Tx& tx) {
            return catalogue::load_pictures_of_shop(tx, target_.restore.territory.id,
                                                    restored_.shop.shop);
        });
        const std::string content = store::sha256(bytes);
        for (const catalogue::Picture& picture : own)
            if (picture.product == product &&
                (origin_of(picture) == origin || picture.content_sha256 == content))
                return true;
        return false;
    }

    ProductId subject_of(const catalogue::PictureToRestore& wanted) const {
        if (!wanted.product) return {};
        return target_.restore.database.write([&](store::Tx& tx) {
            return catalogue::restore_product(tx, target_.restore, restored_.shop.shop,
                                              *wanted.product);
        });
    }

    void take(const catalogue::PictureToRestore& wanted, const std::string& name,
              const std::string& bytes) {
        const ProductId product = subject_of(wanted);
        if (is_known(wanted.origin_sha256, bytes, product)) {
            ++restored_.pictures_known;
            return;
        }
        const auto set = target_.picture_maker.make(bytes);
        if (!set) return refuse(name, explain(set.error()));
        const auto& largest = set->files.front().size;
        const catalogue::Picture picture{
            .id = target_.restore.ids.next<PictureId>(),
            .shop = restored_.shop.shop,
            .product = product,
            .content_sha256 = store_picture_files(target_.pictures, *set),
            .origin_sha256 = wanted.origin_sha256,
            .width = largest.width,
            .height = largest.height,
            .caption = wanted.caption,
            .source = wanted.source,
            .created_at = wanted.created_at};
        const auto added = target_.restore.database.write([&](store::Tx& tx) {
            return catalogue::add_picture(tx, target_.restore.territory.id, picture);
        });
        if (!added) return refuse(name, explain(added.error()));
        ++restored_.pictures_new;
    }

    const ArchiveTarget& target_;
    RestoredArchive& restored_;
    std::map<std::string, const catalogue::PictureToRestore*> wanted_;
};

}  // namespace

void write_shop_archive(const ArchiveSource& source, const catalogue::Shop& shop,
                        const std::filesystem::path& file) {
    auto seller = source.database.read([&](store::Tx& tx) {
        return territory::exported_seller(tx, source.territory.id, shop.id);
    });
    catalogue::write_shop_export(source.database,
                                 {.territory = source.territory,
                                  .shop = shop,
                                  .pictures = exported_pictures(source, shop.id),
                                  .seller_json = std::move(seller),
                                  .now = source.now},
                                 file);
}

Result<RestoredArchive, catalogue::RestoreError> restore_shop_archive(
    const ArchiveTarget& target, const catalogue::ShopArchive& archive,
    const std::filesystem::path& file) {
    const catalogue::ShopRestore& restore = target.restore;
    const auto shop = catalogue::restore_shop(restore, archive, file);
    if (!shop) return shop.error();
    RestoredArchive restored{.shop = *shop};
    restored.seller = restore.database.write([&](store::Tx& tx) {
        return territory::restore_seller(tx, restore.territory.id,
                                         {.shop = shop->shop, .text = archive.seller_json},
                                         restore.ids, restore.now);
    });
    ZipReader zip(file);
    PicturesIn(target, archive, restored).bring(zip);
    if (!zip.failure().empty())
        return catalogue::RestoreError{.fault = catalogue::RestoreFault::broken,
                                       .detail = "the file " + zip.failure()};
    return restored;
}

}  // namespace emplettes::site
