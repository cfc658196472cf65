#pragma once
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// A photograph of a shop's front, or of a product, that a shop has brought. Its files lie in the
// data folder, named by what is in them; they were there before the row.
struct Picture {
    PictureId id;
    ShopId shop;                // who brought it
    ProductId product;          // 0: it shows the shop's front
    std::int64_t position = 0;  // among those of one subject, ascending from 1
    std::string content_sha256;
    // The content of what this one was made of in another installation, so that it is known again
    // wherever it is brought; empty: it was made here.
    std::string origin_sha256;
    int width = 0;  // of its largest size
    int height = 0;
    std::string caption;  // what can be seen, in a few words; may be empty
    std::string source;   // "shop"; "other_shop": taken from there
    Instant created_at;

    bool operator==(const Picture&) const = default;
};

// The content of the picture that this one was at first.
inline const std::string& origin_of(const Picture& picture) {
    return picture.origin_sha256.empty() ? picture.content_sha256 : picture.origin_sha256;
}

inline constexpr std::size_t kPicturesPerSubjectMax = 8;
inline constexpr std::size_t kPicturesPerShopMax = 2'000;
inline constexpr std::size_t kCaptionLengthMax = 200;

enum class PictureRowError {
    unknown_shop,
    unknown_product,
    unknown_picture,   // or another shop's
    too_many,          // kPicturesPerSubjectMax, kPicturesPerShopMax
    already_there,     // the same picture of the same subject, or one of the same origin
    caption_too_long,  // kCaptionLengthMax
};

// After the others of its subject. `position` is chosen, the rest is taken as it is.
Result<Picture, PictureRowError> add_picture(store::Tx& tx, TerritoryId territory, Picture picture);

struct PictureOf {
    ShopId shop;
    PictureId picture;
};
// Another shop's picture of a product that has a number of the world, for this shop, too: a row of
// its own, and the same file; so it stays when the other shop removes its own.
Result<Picture, PictureRowError> take_picture(store::Tx& tx, TerritoryId territory,
                                              const PictureOf& which, PictureId id, Instant now);
// These change pictures of that shop only.
Result<Done, PictureRowError> put_picture_first(store::Tx& tx, TerritoryId territory,
                                                const PictureOf& which, Instant now);
Result<Done, PictureRowError> caption_picture(store::Tx& tx, TerritoryId territory,
                                              const PictureOf& which, std::string_view caption,
                                              Instant now);
Result<Done, PictureRowError> delete_picture(store::Tx& tx, TerritoryId territory,
                                             const PictureOf& which, Instant now);

// A shop's pictures of one product show another one from now on. Writes the news.
struct PicturesMoved {
    ShopId shop;
    ProductId from;
    ProductId to;
};
void move_pictures(store::Tx& tx, TerritoryId territory, const PicturesMoved& moved, Instant now);

// The contents that some picture of the territory has.
std::set<std::string> load_picture_contents(store::Tx& tx, TerritoryId territory);

// By subject: fronts first, then by product; those of one subject in their order.
std::vector<Picture> load_pictures(store::Tx& tx, TerritoryId territory);
std::vector<Picture> load_pictures_of_shop(store::Tx& tx, TerritoryId territory, ShopId shop);
std::vector<Picture> load_pictures_of_product(store::Tx& tx, TerritoryId territory,
                                              ProductId product);

// All pictures of a territory, by what they show. Immutable.
class Pictures {
  public:
    Pictures() = default;
    explicit Pictures(const std::vector<Picture>& all);

    std::span<const Picture> of_front(ShopId shop) const;
    // Of all shops, each once: a photograph of a product shows it wherever it is sold.
    std::span<const Picture> of_product(ProductId product) const;

  private:
    std::unordered_map<ShopId, std::vector<Picture>> fronts_;
    std::unordered_map<ProductId, std::vector<Picture>> products_;
};

}  // namespace emplettes::catalogue
