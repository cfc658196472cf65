#include "site/photo_view.h"

#include "site/picture_files.h"

namespace emplettes::site {
namespace {

std::string picture_url(const catalogue::Picture& picture, int width, pictures::Format format) {
    return "/pictures/" + picture_file_name(picture.content_sha256, width, format);
}

std::string srcset(const catalogue::Picture& picture, pictures::Format format) {
    std::string text;
    for (const auto& size : pictures::picture_sizes({picture.width, picture.height})) {
        if (!text.empty()) text += ", ";
        text += picture_url(picture, size.width, format) + " " + std::to_string(size.width) + "w";
    }
    return text;
}

}  // namespace

void set_photo(web::View& view, std::span<const catalogue::Picture> pictures,
               const std::string& alt) {
    std::vector<web::View> photos;
    if (!pictures.empty()) {
        const catalogue::Picture& first = pictures.front();
        web::View photo;
        photo.set("avif", srcset(first, pictures::Format::avif));
        photo.set("webp", srcset(first, pictures::Format::webp));
        photo.set("src", smallest_picture_path(first));
        photo.set("width", std::to_string(first.width));
        photo.set("height", std::to_string(first.height));
        photo.set("alt", first.caption.empty() ? alt : first.caption);
        photos.push_back(std::move(photo));
    }
    view.set("has_photo", !photos.empty());
    view.set("photo", std::move(photos));
}

std::string largest_picture_path(const catalogue::Picture& picture) {
    return picture_url(picture, picture.width, pictures::Format::webp);
}

std::string smallest_picture_path(const catalogue::Picture& picture) {
    const auto sizes = pictures::picture_sizes({picture.width, picture.height});
    return picture_url(picture, sizes.back().width, pictures::Format::webp);
}

}  // namespace emplettes::site
