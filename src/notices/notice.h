#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "store/tx.h"

namespace emplettes::notices {

enum class Audience { neighbour, shop };

// A message to be sent: what happened and all facts that its text needs, no text yet, so that the
// text is made in the reader's language when it is sent.
struct Notice {
    NoticeId id;
    TerritoryId territory;
    std::string kind;  // "reservation_requested", "reservation_held" ...
    Audience audience = Audience::neighbour;
    std::string recipient;  // mail address or telephone number
    std::string language;
    Json facts;
};

// Writes the notice in the transaction of the change that it tells about: it goes out if and only
// if that is committed.
void enqueue(store::Tx& tx, const Notice& notice, Instant now);

// What has not been sent yet, oldest first.
std::vector<Notice> load_waiting(store::Tx& tx, std::int64_t limit);
void mark_sent(store::Tx& tx, const Notice& notice, Instant now);
// Counts one more attempt; after kAttemptsMax the notice has failed and is left alone.
void mark_attempt_failed(store::Tx& tx, const Notice& notice);
inline constexpr int kAttemptsMax = 8;

}  // namespace emplettes::notices
