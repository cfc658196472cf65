#include "catalogue/picture.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "catalogue/news.h"
#include "catalogue/offer.h"
#include "catalogue/shop.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kTakenFromOthers = "other_shop";

constexpr const char* kSelectPictures =
    "SELECT picture_id, shop_id, product_id, position, content_sha256, origin_sha256, width,"
    " height, caption, source, created_at FROM picture WHERE territory_id = :territory_id"
    " ORDER BY product_id, shop_id, position, picture_id";
constexpr const char* kSelectPicturesOfShop =
    "SELECT picture_id, shop_id, product_id, position, content_sha256, origin_sha256, width,"
    " height, caption, source, created_at FROM picture WHERE territory_id = :territory_id AND "
    "shop_id = :shop_id"
    " ORDER BY product_id, shop_id, position, picture_id";
constexpr const char* kSelectPicturesOfProduct =
    "SELECT picture_id, shop_id, product_id, position, content_sha256, origin_sha256, width,"
    " height, caption, source, created_at FROM picture WHERE territory_id = :territory_id"
    " AND product_id = :product_id ORDER BY shop_id, position, picture_id";
constexpr const char* kSelectPicture =
    "SELECT picture_id, shop_id, product_id, position, content_sha256, origin_sha256, width,"
    " height, caption, source, created_at FROM picture WHERE territory_id = :territory_id"
    " AND picture_id = :picture_id";
constexpr const char* kInsertPicture =
    "INSERT INTO picture (territory_id, picture_id, shop_id, product_id, position, content_sha256,"
    " origin_sha256, width, height, caption, source, created_at) VALUES (:territory_id,"
    " :picture_id, :shop_id, :product_id, :position, :content_sha256, :origin_sha256, :width,"
    " :height, :caption, :source, :created_at)";
constexpr const char* kMovePicture =
    "UPDATE picture SET position = :position"
    " WHERE territory_id = :territory_id AND picture_id = :picture_id";
constexpr const char* kCaptionPicture =
    "UPDATE picture SET caption = :caption"
    " WHERE territory_id = :territory_id AND picture_id = :picture_id";
constexpr const char* kMovePictures =
    "UPDATE picture SET product_id = :to"
    " WHERE territory_id = :territory_id AND shop_id = :shop_id AND product_id = :from";
constexpr const char* kPictureContents =
    "SELECT DISTINCT content_sha256 FROM picture WHERE territory_id = :territory_id";
constexpr const char* kDeletePicture =
    "DELETE FROM picture WHERE territory_id = :territory_id AND picture_id = :picture_id";

std::vector<Picture> select_pictures(store::Tx& tx, const char* query, store::Params parameters) {
    std::vector<Picture> pictures;
    tx.each<PictureId, ShopId, ProductId, std::int64_t, std::string, std::string, std::int64_t,
            std::int64_t, std::string, std::string, Instant>(
        query, parameters,
        [&](PictureId id, ShopId shop, ProductId product, std::int64_t position, std::string sha256,
            std::string origin, std::int64_t width, std::int64_t height, std::string caption,
            std::string source, Instant created_at) {
            pictures.push_back({.id = id,
                                .shop = shop,
                                .product = product,
                                .position = position,
                                .content_sha256 = std::move(sha256),
                                .origin_sha256 = std::move(origin),
                                .width = static_cast<int>(width),
                                .height = static_cast<int>(height),
                                .caption = std::move(caption),
                                .source = std::move(source),
                                .created_at = created_at});
        });
    return pictures;
}

void insert_picture(store::Tx& tx, TerritoryId territory, const Picture& picture) {
    tx.run(kInsertPicture, {{"territory_id", territory},
                            {"picture_id", picture.id},
                            {"shop_id", picture.shop},
                            {"product_id", picture.product},
                            {"position", picture.position},
                            {"content_sha256", picture.content_sha256},
                            {"origin_sha256", picture.origin_sha256},
                            {"width", std::int64_t{picture.width}},
                            {"height", std::int64_t{picture.height}},
                            {"caption", picture.caption},
                            {"source", picture.source},
                            {"created_at", picture.created_at}});
}

std::optional<Picture> find_picture(const std::vector<Picture>& pictures, PictureId id) {
    const auto found = std::find_if(pictures.begin(), pictures.end(),
                                    [&](const Picture& picture) { return picture.id == id; });
    return found == pictures.end() ? std::nullopt : std::optional(*found);
}

bool are_one_picture(const Picture& a, const Picture& b) {
    return a.content_sha256 == b.content_sha256 || origin_of(a) == origin_of(b);
}

// A picture that several shops show is one.
bool has_content(const std::vector<Picture>& pictures, const Picture& picture) {
    return std::any_of(pictures.begin(), pictures.end(), [&](const Picture& other) {
        return other.content_sha256 == picture.content_sha256;
    });
}

bool is_captionable(std::string_view caption) { return utf8_length(caption) <= kCaptionLengthMax; }

}  // namespace

Result<Picture, PictureRowError> add_picture(store::Tx& tx, TerritoryId territory,
                                             Picture picture) {
    if (!is_captionable(picture.caption)) return PictureRowError::caption_too_long;
    if (!find_shop(tx, territory, picture.shop)) return PictureRowError::unknown_shop;
    if (picture.product != ProductId{} && !find_product(tx, territory, picture.product))
        return PictureRowError::unknown_product;
    std::vector<Picture> others = load_pictures_of_shop(tx, territory, picture.shop);
    if (others.size() >= kPicturesPerShopMax) return PictureRowError::too_many;
    std::erase_if(others, [&](const Picture& o) { return o.product != picture.product; });
    for (const Picture& other : others)
        if (are_one_picture(other, picture)) return PictureRowError::already_there;
    if (others.size() >= kPicturesPerSubjectMax) return PictureRowError::too_many;
    picture.position = others.empty() ? 1 : others.back().position + 1;
    insert_picture(tx, territory, picture);
    append_picture_news(tx, territory, picture.created_at);
    return picture;
}

Result<Picture, PictureRowError> take_picture(store::Tx& tx, TerritoryId territory,
                                              const PictureOf& which, PictureId id, Instant now) {
    const auto found = select_pictures(
        tx, kSelectPicture, {{"territory_id", territory}, {"picture_id", which.picture}});
    if (found.empty() || found.front().product == ProductId{})
        return PictureRowError::unknown_picture;
    Picture taken = found.front();
    const auto product = find_product(tx, territory, taken.product);
    if (!product || !product->gtin) return PictureRowError::unknown_picture;
    taken.id = id;
    taken.shop = which.shop;
    taken.source = kTakenFromOthers;
    taken.created_at = now;
    return add_picture(tx, territory, std::move(taken));
}

Result<Done, PictureRowError> put_picture_first(store::Tx& tx, TerritoryId territory,
                                                const PictureOf& which, Instant now) {
    auto pictures = load_pictures_of_shop(tx, territory, which.shop);
    const auto first = find_picture(pictures, which.picture);
    if (!first) return PictureRowError::unknown_picture;
    std::erase_if(pictures, [&](const Picture& p) { return p.product != first->product; });
    std::stable_partition(pictures.begin(), pictures.end(),
                          [&](const Picture& p) { return p.id == first->id; });
    std::int64_t position = 0;
    for (const Picture& picture : pictures)
        tx.run(kMovePicture,
               {{"territory_id", territory}, {"picture_id", picture.id}, {"position", ++position}});
    append_picture_news(tx, territory, now);
    return Done{};
}

Result<Done, PictureRowError> caption_picture(store::Tx& tx, TerritoryId territory,
                                              const PictureOf& which, std::string_view caption,
                                              Instant now) {
    if (!is_captionable(caption)) return PictureRowError::caption_too_long;
    if (!find_picture(load_pictures_of_shop(tx, territory, which.shop), which.picture))
        return PictureRowError::unknown_picture;
    tx.run(kCaptionPicture, {{"territory_id", territory},
                             {"picture_id", which.picture},
                             {"caption", std::string(trim(caption))}});
    append_picture_news(tx, territory, now);
    return Done{};
}

Result<Done, PictureRowError> delete_picture(store::Tx& tx, TerritoryId territory,
                                             const PictureOf& which, Instant now) {
    if (!find_picture(load_pictures_of_shop(tx, territory, which.shop), which.picture))
        return PictureRowError::unknown_picture;
    tx.run(kDeletePicture, {{"territory_id", territory}, {"picture_id", which.picture}});
    append_picture_news(tx, territory, now);
    return Done{};
}

void move_pictures(store::Tx& tx, TerritoryId territory, const PicturesMoved& moved, Instant now) {
    const auto changed = tx.run(kMovePictures, {{"territory_id", territory},
                                                {"shop_id", moved.shop},
                                                {"from", moved.from},
                                                {"to", moved.to}});
    if (changed > 0) append_picture_news(tx, territory, now);
}

std::set<std::string> load_picture_contents(store::Tx& tx, TerritoryId territory) {
    const auto contents = tx.all<std::string>(kPictureContents, {{"territory_id", territory}});
    return {contents.begin(), contents.end()};
}

std::vector<Picture> load_pictures(store::Tx& tx, TerritoryId territory) {
    return select_pictures(tx, kSelectPictures, {{"territory_id", territory}});
}

std::vector<Picture> load_pictures_of_shop(store::Tx& tx, TerritoryId territory, ShopId shop) {
    return select_pictures(tx, kSelectPicturesOfShop,
                           {{"territory_id", territory}, {"shop_id", shop}});
}

std::vector<Picture> load_pictures_of_product(store::Tx& tx, TerritoryId territory,
                                              ProductId product) {
    return select_pictures(tx, kSelectPicturesOfProduct,
                           {{"territory_id", territory}, {"product_id", product}});
}

Pictures::Pictures(const std::vector<Picture>& all) {
    for (const Picture& picture : all) {
        if (picture.product == ProductId{})
            fronts_[picture.shop].push_back(picture);
        else if (auto& seen = products_[picture.product]; !has_content(seen, picture))
            seen.push_back(picture);
    }
}

std::span<const Picture> Pictures::of_front(ShopId shop) const {
    const auto found = fronts_.find(shop);
    return found == fronts_.end() ? std::span<const Picture>() : found->second;
}

std::span<const Picture> Pictures::of_product(ProductId product) const {
    const auto found = products_.find(product);
    return found == products_.end() ? std::span<const Picture>() : found->second;
}

}  // namespace emplettes::catalogue
