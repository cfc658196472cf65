#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
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

// Whether a notice goes out as soon as it can, or may wait some minutes to be gathered with others
// when there are many (gathering.h).
enum class Pace { at_once, may_gather };

std::string_view to_string(Pace pace);

// The recipient of a notice that nobody can be written to about: it waits to be printed.
inline constexpr std::string_view kPrintedSlip = "slip";

// A message to be sent: what happened and all facts that its text needs, no text yet, so that the
// text is made in the reader's language when it is sent.
struct Notice {
    NoticeId id;
    TerritoryId territory;
    std::string kind;  // "reservation_requested", "reservation_held" ...
    Audience audience = Audience::neighbour;
    std::string recipient;  // mail address, telephone number, or kPrintedSlip
    std::string language;   // empty: the territory's own
    Json facts;
    Instant created_at;
    int attempts = 0;  // that failed
    Pace pace = Pace::at_once;
    NoticeId bundle = {};  // the first of those that go out together; 0: it goes alone

    bool operator==(const Notice&) const = default;
};

// Writes the notice in the transaction of the change that it tells about: it goes out if and only
// if that is committed.
void enqueue(store::Tx& tx, const Notice& notice);

enum class Way { mail, text, slip };
Way way_of(const Notice& notice);

// What has not been sent yet and is due at `now`, oldest first.
std::vector<Notice> load_waiting(store::Tx& tx, TerritoryId territory, Instant now,
                                 std::int64_t limit);
std::optional<Notice> find_notice(store::Tx& tx, TerritoryId territory, NoticeId id);
// These change nothing when the notice is no longer waiting.
void mark_sent(store::Tx& tx, const Notice& notice, Instant now);
// Counts one more attempt and puts the next one off; after kAttemptsMax the notice has failed and
// is left alone. `words` say what went wrong, the first kWordsMax bytes are kept.
void mark_attempt_failed(store::Tx& tx, const Notice& notice, Instant now, std::string_view words);
// Failed at once, for good.
void mark_refused(store::Tx& tx, const Notice& notice, std::string_view words);
// Nothing was tried, or nothing that the notice can be blamed for: it waits until `next`.
void put_off(store::Tx& tx, const Notice& notice, Instant next, std::string_view words);
// Nothing was tried, nor will it be held against the notice: it may go at `next`.
void release_notice(store::Tx& tx, const Notice& notice, Instant next);
// It is no longer a matter of sending: it waits until somebody prints it (notice_queue.h).
void leave_to_printer(store::Tx& tx, const Notice& notice);
// There is no way to tell it, and never will be: no trace of it stays.
void forget_notice(store::Tx& tx, const Notice& notice);

inline constexpr std::size_t kWordsMax = 500;
// Words of strangers as they are kept: the beginning, in plain signs, on one line.
std::string kept_words(std::string_view words);
inline constexpr int kAttemptsMax = 8;
// While the relay is down attempts are not counted, but what is older has failed.
inline constexpr std::chrono::hours kTriedForAtMost{72};
// How long to wait after the nth failed attempt (from 1): a minute, then three times longer each
// time, 18 hours in all.
std::chrono::seconds pause_after_attempt(int attempt);

// Forgets what was sent or given up, or was to be printed, before `before`, at most 1,000 notices a
// call, since they hold people's names and addresses; returns how many.
std::int64_t purge_notices(store::Tx& tx, TerritoryId territory, Instant before);

struct NoticeCounts {
    std::int64_t waiting = 0;  // to be sent
    std::int64_t sent = 0;
    std::int64_t failed = 0;
    std::int64_t to_print = 0;
    Instant oldest_waiting = {};  // to be sent; 0: nothing waits

    bool operator==(const NoticeCounts&) const = default;
};
NoticeCounts count_notices(store::Tx& tx, TerritoryId territory);

}  // namespace emplettes::notices
