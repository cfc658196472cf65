#pragma once
#include <filesystem>

#include "emplettes/app.h"

namespace emplettes {

// What makes pictures of pictures in tests.
inline constexpr const char* kPictureMaker = EMPLETTES_BINARY_DIR "/src/pictures/picture_child";

// For tests: a shop "ecume" with all that a shop can bring: a keeper's word with a closure, who
// sells, a book new and used, a thing of its own, and four photographs, two of the front and one of
// each thing, whose files are in `data`.
void fill_test_shop(App& app, TerritoryId territory, const std::filesystem::path& data);

}  // namespace emplettes
