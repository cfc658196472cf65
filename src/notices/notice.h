#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "store/tx.h"

namespace emplettes::notices {

enum class Audience { neighbour, shop };

std::string_view to_string(Audience audience);

// The recipient of a notice that nobody can be written to about: it waits to be printed.
inline constexpr std::string_view kPrintedSlip = "slip";

// A message to be sent: what happened and all facts that its text needs, no text yet, so that the
// text is made in the reader's language when it is sent.
struct Notice {
    NoticeId id;
    TerritoryId territory;
    std::string kind;  // "reservation_requested", "reservation_held" ...
    Audience audience = Audience::neighbour;
    std::string recipient;  // mail address, or kPrintedSlip
    std::string language;   // empty: the territory's own
    Json facts;
    Instant created_at;
    int attempts = 0;  // that failed

    bool operator==(const Notice&) const = default;
};

// Writes the notice in the transaction of the change that it tells about: it goes out if and only
// if that is committed.
void enqueue(store::Tx& tx, const Notice& notice);

// What has not been sent yet and is due at `now`, oldest first.
std::vector<Notice> load_waiting(store::Tx& tx, TerritoryId territory, Instant now,
                                 std::int64_t limit);
// Both change nothing when the notice is no longer waiting.
void mark_sent(store::Tx& tx, const Notice& notice, Instant now);
// Counts one more attempt and puts the next one off; after kAttemptsMax the notice has failed and
// is left alone.
void mark_attempt_failed(store::Tx& tx, const Notice& notice, Instant now);

inline constexpr int kAttemptsMax = 8;
// How long to wait after the nth failed attempt (from 1): a minute, then three times longer each
// time, 18 hours in all.
std::chrono::seconds pause_after_attempt(int attempt);

// Forgets what was sent or given up before `before`, at most 1,000 notices a call, since they hold
// people's names and addresses; returns how many.
std::int64_t purge_notices(store::Tx& tx, TerritoryId territory, Instant before);

struct NoticeCounts {
    std::int64_t waiting = 0;
    std::int64_t sent = 0;
    std::int64_t failed = 0;

    bool operator==(const NoticeCounts&) const = default;
};
NoticeCounts count_notices(store::Tx& tx, TerritoryId territory);

}  // namespace emplettes::notices
