#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalogue/feeds/shelf_reader.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// Where a shop's shelf comes from: a kind of file that is dropped now and then, or an address that
// is read again and again.
struct ShelfSource {
    ShelfSourceId id;
    ShopId shop;
    std::string name;             // for people: the file's name at first
    std::string url;              // empty: files are dropped
    FeedMapping mapping;          // as the keeper said it
    std::string header;           // SniffedFeed::header of the file it was said of
    std::string store_code;       // of local inventory files
    bool is_whole_shelf = false;  // what its file does not have is not there any more
    std::chrono::seconds every{0};
    Instant next_read_at;
    Instant last_read_at;
    std::int64_t failures = 0;  // since it was read last
    std::string last_failure;
    std::string validator;   // ETag or Last-Modified of what was read last
    bool is_paused = false;  // its address is not read until the shop says so

    bool operator==(const ShelfSource&) const = default;
};

inline constexpr std::size_t kSourcesOfShopMax = 50;

// Insert or replace, by id.
void save_source(store::Tx& tx, TerritoryId territory, const ShelfSource& source);
std::optional<ShelfSource> find_source(store::Tx& tx, TerritoryId territory, ShelfSourceId id);
std::vector<ShelfSource> load_sources(store::Tx& tx, TerritoryId territory, ShopId shop);
std::int64_t count_sources(store::Tx& tx, TerritoryId territory, ShopId shop);
// What the shop would miss least: of its kinds of files and its addresses at rest, without those of
// which an import is going on, the one that was read longest ago. None: it uses all it has.
std::optional<ShelfSource> find_least_used_source(store::Tx& tx, TerritoryId territory,
                                                  ShopId shop);
// Those with an address and a time that has come, of each shop the one that waits longest; they,
// too, the longest waiting first.
std::vector<ShelfSource> load_due_sources(store::Tx& tx, TerritoryId territory, Instant now,
                                          int limit);
// An address rests, or is read again from `now` on. False when it is none of this shop's.
struct SourcePause {
    ShopId shop;
    ShelfSourceId source;
    bool is_paused = false;
    Instant now;
};
bool pause_source(store::Tx& tx, TerritoryId territory, const SourcePause& pause);
// Its offers stay on the shelf, and are nobody's.
void forget_source(store::Tx& tx, TerritoryId territory, ShelfSourceId id);

// As rows of the database keep them.
std::string to_text(const FeedMapping& mapping);
FeedMapping parse_mapping(std::string_view text);

}  // namespace emplettes::catalogue
