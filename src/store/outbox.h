#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "store/tx.h"

namespace emplettes::store {

// What one module tells those above it, who find it after the commit.
struct OutboxNews {
    TerritoryId territory;
    std::string topic;  // "offer.stock"
    std::int64_t subject_id = 0;
    std::string payload_json;

    bool operator==(const OutboxNews&) const = default;
};

// A place in the order of commits of one territory. The default is before everything.
// PostgreSQL: the transaction's number, which a new cluster filled from a dump begins anew (a
// physical backup does not): then the readers must read everything again and start from there.
struct OutboxPlace {
    std::int64_t commit_order = 0;
    std::int64_t step = 0;

    auto operator<=>(const OutboxPlace&) const = default;
};

struct OutboxEntry {
    OutboxPlace place;
    OutboxNews news;

    bool operator==(const OutboxEntry&) const = default;
};

// In the transaction of the change it tells about; rings Database::wait_for_news after its commit.
void append_news(Tx& tx, const OutboxNews& news, Instant now);

// The next `limit` after `place`, in the order of commits: what commits later, however long it
// took, comes later here, so nothing is ever skipped. (On PostgreSQL a transaction that stays open
// therefore holds back the news of those that began after it.)
std::vector<OutboxEntry> read_news_after(Tx& tx, TerritoryId territory, OutboxPlace place,
                                         int limit);

// The next `limit` after `last`, for one that follows. None when `last` is not what was told there:
// the database lost what it had committed (a standby that lacked it became the leader) or was
// restored, and new news may stand where old ones were. Then read everything anew.
std::optional<std::vector<OutboxEntry>> read_news_following(Tx& tx, const OutboxEntry& last,
                                                            int limit);

// What was told at a place; none when it has been purged, or never was.
std::optional<OutboxNews> find_news(Tx& tx, TerritoryId territory, OutboxPlace place);

// How far `reader` has come; before everything when it is new.
OutboxPlace find_place(Tx& tx, TerritoryId territory, std::string_view reader);
// In the transaction of what the reader did with the news, when that is in this database.
void save_place(Tx& tx, TerritoryId territory, std::string_view reader, OutboxPlace place);
// The place of the newest news that are settled: for a reader that has just read everything else.
OutboxPlace newest_place(Tx& tx, TerritoryId territory);

// When the newest news were told, by the clock of who told them; long ago when there are none.
Instant last_told_at(Tx& tx, TerritoryId territory);

// Forgets news older than `before` that every reader has passed, never the newest, at most 1,000
// a call; returns how many.
std::int64_t purge_news(Tx& tx, TerritoryId territory, Instant before);

}  // namespace emplettes::store
