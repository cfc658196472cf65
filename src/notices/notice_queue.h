#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "notices/bounce.h"
#include "notices/notice.h"
#include "store/tx.h"

namespace emplettes::notices {

// The queue as an operator sees it, and what they do to it.

inline constexpr std::int64_t kTroubledListedMax = 100;
inline constexpr std::int64_t kSlipsListedMax = 200;

struct KindCounts {
    std::string kind;
    Audience audience = Audience::neighbour;
    std::int64_t waiting = 0;
    std::int64_t sent = 0;
    std::int64_t failed = 0;
    std::int64_t to_print = 0;

    bool operator==(const KindCounts&) const = default;
};
std::vector<KindCounts> count_by_kind(store::Tx& tx, TerritoryId territory);

// One that failed, or that waits after an attempt that did.
struct Troubled {
    NoticeId id;
    std::string kind;
    std::string recipient;
    Instant created_at;
    int attempts = 0;
    bool has_failed = false;  // else it is tried again at next_attempt_at
    Instant next_attempt_at;
    std::string words;
};
// Newest first; those that failed before those that wait.
std::vector<Troubled> load_troubled(store::Tx& tx, TerritoryId territory);

// As if they had just been written; how many. What is known against their addresses is forgotten.
std::int64_t retry_notice(store::Tx& tx, TerritoryId territory, NoticeId notice, Instant now);
std::int64_t retry_troubled(store::Tx& tx, TerritoryId territory, Instant now);

// What waits to be printed, oldest first.
std::vector<Notice> load_slips(store::Tx& tx, TerritoryId territory);
// Each changes only what is as the other leaves it; how many.
std::int64_t mark_printed(store::Tx& tx, TerritoryId territory, const std::vector<NoticeId>& slips,
                          Instant now);
std::int64_t mark_unprinted(store::Tx& tx, TerritoryId territory,
                            const std::vector<NoticeId>& slips);

enum class BounceTaken {
    failed,   // its notices have failed now, and somebody may see it
    nothing,  // it had failed before, is only late, or arrived
    unknown,  // no notice of this territory, or one that is long forgotten
};
// What came back, of the mail of this number.
BounceTaken take_bounce(store::Tx& tx, TerritoryId territory, NoticeId mail, const Bounce& bounce,
                        Instant now);

}  // namespace emplettes::notices
