#pragma once
#include <filesystem>

#include "search/index.h"

namespace emplettes {

// The lines of `bench search` about an index that lives: its image on disk, and changed texts.
// `first` is the question whose answer ends a start.
void bench_image(const search::Index& index, const search::Query& first,
                 const std::filesystem::path& file);

}  // namespace emplettes
