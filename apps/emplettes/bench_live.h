#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>

#include "search/index.h"

namespace emplettes {

// The lines of `bench search` about an index that lives: its image on disk, and changed texts.
// `first` is the question whose answer ends a start.
void bench_image(const search::Index& index, const search::Query& first,
                 const std::filesystem::path& file);

// From a changed title to the answer that has it, when so many products have changed already since
// the index was built.
void bench_changes(std::shared_ptr<const search::Index> index, const search::Catalogue& catalogue,
                   std::size_t changed);

}  // namespace emplettes
