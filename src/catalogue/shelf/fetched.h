#pragma once
#include <filesystem>
#include <optional>

#include "catalogue/shelf/import_work.h"

namespace emplettes::catalogue {

// Whether a source may be asked if its file has changed: the last one it sent is still known.
bool may_ask_for_changes(const std::optional<ShelfImport>& last);

// A file that was fetched from a source's address is taken, to run by itself; those of the source
// that wait for somebody's word make way for it. The same bytes as the last time are no new file:
// see say_again().
Result<Done, FeedError> take_fetched(const ImportWork& work, const ShelfSource& source,
                                     const std::filesystem::path& file);

// The feed says what it said the last time. What that import brought is so as of now, but for what
// somebody has counted since, and rows that have a moment of their own; nothing when that import is
// not done, but held, say. Some at a time: called again, it goes on. How many figures.
std::int64_t say_again(const ImportWork& work, const ShelfSource& source);

}  // namespace emplettes::catalogue
