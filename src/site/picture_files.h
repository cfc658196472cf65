#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "pictures/picture_set.h"
#include "site/context.h"

namespace emplettes::site {

// The files of pictures, in the folder of a territory: NAME-WIDTH.FORMAT, NAME being the SHA-256 of
// the largest WebP file, so that what has a name never changes. Beside them NAME.sha256, which says
// what each of them is, as sha256sum writes and checks it.

// Writes all files of a set durably, then returns their NAME; what is there already is left alone.
// Throws std::system_error.
std::string store_picture_files(const PictureFolder& folder, const pictures::PictureSet& set);

// Removes files that have lain unused since before `before`: of no picture's content, asked twice,
// since one may come into use meanwhile. How many. Throws std::system_error.
using UsedContents = std::function<std::set<std::string>()>;
std::int64_t sweep_picture_files(const std::filesystem::path& files, const UsedContents& used,
                                 Instant before);

// "3f…-640.webp"
std::string picture_file_name(const std::string& sha256, int width, pictures::Format format);
bool is_picture_file_name(std::string_view name);

// "3f….sha256". Pictures have none that an earlier version of the program kept.
std::string picture_sums_name(const std::string& sha256);
// The SHA-256 of each file of a picture by the file's name; what cannot be read is left out.
std::map<std::string, std::string> load_picture_sums(const std::filesystem::path& files,
                                                     const std::string& sha256);
std::string sha256_of_picture_file(const std::filesystem::path& file);

}  // namespace emplettes::site
