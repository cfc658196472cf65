#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/picture.h"
#include "catalogue/shop_export.h"
#include "pictures/picture_set.h"
#include "site/context.h"

namespace emplettes::site {

// The files of pictures, in the folder of a territory: NAME-WIDTH.FORMAT, NAME being the SHA-256 of
// the largest WebP file, so that what has a name never changes.

// Writes all files of a set durably, then returns their NAME; what is there already is left alone.
// Throws std::system_error.
std::string store_picture_files(const PictureFolder& folder, const pictures::PictureSet& set);

// "3f…-640.webp"
std::string picture_file_name(const std::string& sha256, int width, pictures::Format format);
bool is_picture_file_name(std::string_view name);

// What a shop takes away of its pictures: the largest file of each that is in `files`, called by
// what it shows: "front-1.webp", "product-12-1.webp".
std::vector<catalogue::ExportedPicture> exported_pictures(
    const std::filesystem::path& files, const std::vector<catalogue::Picture>& pictures);

}  // namespace emplettes::site
