#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "search/index.h"
#include "store/outbox.h"

namespace emplettes::catalogue {

// The image of a territory's search index (search::Index::save), with what tells whether it can
// still be brought up to date with a database: the place of the news up to which it shows
// everything, what was told there, and what searches know of shops and categories.
struct CatalogueImage {
    std::shared_ptr<const search::Index> index;
    store::OutboxPlace place;
};

// For what a database shows at a place in its news. `fingerprint` is that of its shops.
struct ImageOf {
    TerritoryId territory;
    store::OutboxPlace place;
    std::string fingerprint;
    Instant now;
};

// What an image of this state must say, or nothing when there are no news yet to know it by.
std::string image_state(store::Tx& tx, const ImageOf& of);

// Older ones are not used: the news after them may be purged (see Housekeeping).
inline constexpr std::chrono::days kImageAgeMax{6};

// The image of a file, when it is sound and of this database; says in the log why not. `of.place`
// does not matter.
std::optional<CatalogueImage> load_image(store::Tx& tx, const ImageOf& of,
                                         const std::filesystem::path& file);

}  // namespace emplettes::catalogue
