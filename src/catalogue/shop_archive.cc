#include <algorithm>
#include <functional>
#include <set>

#include "base/text.h"
#include "base/zip_file.h"
#include "catalogue/export_json.h"
#include "catalogue/export_lines.h"
#include "catalogue/shop_export.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kShopBytesMax = 64 * 1024;
constexpr std::size_t kSellerBytesMax = 64 * 1024;
constexpr std::size_t kPicturesMax = kPicturesPerShopMax;
constexpr std::size_t kPictureNameMax = 100;
constexpr std::size_t kSha256Digits = 64;
constexpr std::string_view kPictureFolder = "pictures/";

using Failure = std::optional<RestoreError>;

RestoreError broken(std::string detail) {
    return {.fault = RestoreFault::broken, .detail = std::move(detail)};
}

std::vector<std::string> texts_in(const Json& object, const char* name) {
    std::vector<std::string> texts;
    const auto found = object.find(name);
    if (found == object.end() || !found->is_array()) return texts;
    for (const Json& one : *found)
        if (one.is_string()) texts.push_back(one.get<std::string>());
    return texts;
}

const Json& object_in(const Json& object, const char* name, const Json& otherwise) {
    const auto found = object.find(name);
    return found != object.end() && found->is_object() ? *found : otherwise;
}

FormerTerritory territory_in(const Json& json) {
    const Json none = Json::object();
    const Json& territory = object_in(json, "territory", none);
    return {.name = text_in(territory, "name"),
            .languages = texts_in(territory, "languages"),
            .time_zone = text_in(territory, "time_zone"),
            .holiday_region = text_in(territory, "holiday_region"),
            .currency = text_in(json, "currency")};
}

bool is_sha256(std::string_view text) {
    return text.size() == kSha256Digits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Names of our own making: what a file is called here has nothing to do with it all the same.
bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() <= kPictureNameMax && name[0] != '.' &&
           name.find('/') == std::string_view::npos;
}

std::optional<PictureToRestore> picture_in(const Json& json) {
    const auto created_at = number_in(json, "created_at");
    const auto product = json.find("product");
    PictureToRestore picture{.name = text_in(json, "file"),
                             .caption = text_in(json, "caption"),
                             .source = text_in(json, "source"),
                             .origin_sha256 = text_in(json, "origin_sha256")};
    const bool is_whole = is_plain_name(picture.name) && is_sha256(picture.origin_sha256) &&
                          created_at && product != json.end() &&
                          utf8_length(picture.caption) <= kCaptionLengthMax;
    if (!is_whole) return std::nullopt;
    picture.created_at = instant_from_unix(*created_at);
    if (product->is_null()) return picture;
    picture.product = product_from_json(*product);
    if (!picture.product) return std::nullopt;
    return picture;
}

class Reading {
  public:
    Failure read(ZipReader& zip) {
        while (const auto name = zip.next()) {
            if (!names_.insert(*name).second) return broken("the file has " + *name + " twice");
            if (const Failure failure = read_entry(zip, *name)) return failure;
        }
        if (!zip.failure().empty()) return broken("the file " + zip.failure());
        if (!names_.contains("shop.json") || !names_.contains("shelf.json"))
            return RestoreError{.detail = "the file has no shop.json and shelf.json"};
        for (const PictureToRestore& picture : archive.pictures)
            if (!names_.contains(std::string(kPictureFolder) + picture.name))
                return broken("pictures.json names " + picture.name + ", which is not in the file");
        return std::nullopt;
    }

    ShopArchive archive;

  private:
    Failure read_entry(ZipReader& zip, const std::string& name) {
        if (name == "shop.json") return read_shop(zip);
        if (name == "shelf.json") return read_shelf(zip);
        if (name == "pictures.json") return read_pictures(zip);
        if (name == "seller.json") return read_seller(zip);
        return std::nullopt;
    }

    Failure read_shop(ZipReader& zip) {
        const auto text = zip.read_all(kShopBytesMax);
        if (!text) return broken("shop.json is too long or damaged");
        const Json json = parse_json(*text);
        if (!json.is_object() || text_in(json, "format") != kShopFormat)
            return RestoreError{.detail = "shop.json is not that of a shop"};
        if (!is_between(number_in(json, "version"), 1, kShopExportVersion))
            return RestoreError{
                .fault = RestoreFault::newer_version,
                .detail = "shop.json is of a version that this program does not know"};
        const auto shop = shop_from_json(object_in(json, "map", json));
        if (!shop) return broken("shop.json lacks a name, a slug, a place or its days of keeping");
        const auto word = word_from_export(object_in(json, "keeper", Json::object()));
        if (!word) return broken("what the keeper says in shop.json is not understood");
        archive.shop = *shop;
        archive.word = *word;
        archive.territory = territory_in(json);
        return std::nullopt;
    }

    Failure read_shelf(ZipReader& zip) {
        return each_line(zip, "shelf.json", [&](const Json& json) {
            ++archive.items;
            return item_from_json(json).has_value();
        });
    }

    Failure read_pictures(ZipReader& zip) {
        return each_line(zip, "pictures.json", [&](const Json& json) {
            auto picture = picture_in(json);
            if (!picture || archive.pictures.size() >= kPicturesMax) return false;
            archive.pictures.push_back(std::move(*picture));
            return true;
        });
    }

    Failure read_seller(ZipReader& zip) {
        auto text = zip.read_all(kSellerBytesMax);
        if (!text) return broken("seller.json is too long or damaged");
        archive.seller_json = std::move(*text);
        return std::nullopt;
    }

    std::set<std::string> names_;
};

}  // namespace

Result<ShopArchive, RestoreError> read_shop_export(const std::filesystem::path& file) {
    ZipReader zip(file);
    if (!zip.failure().empty()) return RestoreError{.detail = "the file " + zip.failure()};
    Reading reading;
    if (const auto failure = reading.read(zip)) return *failure;
    return std::move(reading.archive);
}

}  // namespace emplettes::catalogue
