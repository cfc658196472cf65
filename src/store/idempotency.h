#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "base/id.h"
#include "store/tx.h"

namespace emplettes::store {

// A request that carries a key. `content` is all that makes it this request and no other: method,
// path and body.
struct KeyedRequest {
    TerritoryId territory;
    std::string_view key;
    std::string_view content;
};

struct StoredAnswer {
    int status = 0;
    std::string body;

    bool operator==(const StoredAnswer&) const = default;
};

// What a key means for a request.
struct FirstTime {};     // do it, then record_answer in the same transaction
struct OtherRequest {};  // the key belongs to another request: 422
using Idempotency = std::variant<FirstTime, StoredAnswer, OtherRequest>;

// Inside Database::write only: finding the stored answer writes too (it counts the replay), so
// that "it is recorded" is never said before this, too, is durable.
Idempotency find_answer(Tx& tx, const KeyedRequest& request);

// After FirstTime, in the same transaction as the effect. Of two requests with one key at the
// same time, one runs again and finds the other's answer.
void record_answer(Tx& tx, const KeyedRequest& request, const StoredAnswer& answer, Instant now);

// Forgets what is older than 30 days, at most 1,000 answers a call; returns how many.
std::int64_t purge_answers(Tx& tx, TerritoryId territory, Instant now);

}  // namespace emplettes::store
