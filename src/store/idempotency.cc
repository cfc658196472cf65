#include "store/idempotency.h"

#include "base/check.h"
#include "store/sha256.h"

namespace emplettes::store {
namespace {

constexpr std::chrono::days kKept{30};
constexpr std::int64_t kPurgedKeysMax = 1000;

constexpr const char* kFindKey = R"sql(
SELECT request_sha256 FROM idempotency WHERE territory_id = :territory AND request_key = :key
)sql";
constexpr const char* kReplay = R"sql(
UPDATE idempotency SET replays = replays + 1
WHERE territory_id = :territory AND request_key = :key
RETURNING status, response
)sql";
constexpr const char* kRecordKey = R"sql(
INSERT INTO idempotency (territory_id, request_key, request_sha256, status, response, replays,
                         created_at)
VALUES (:territory, :key, :sha256, :status, :response, 0, :now)
ON CONFLICT (territory_id, request_key) DO NOTHING
)sql";
constexpr const char* kPurgeKeys = R"sql(
DELETE FROM idempotency WHERE (territory_id, request_key) IN (
    SELECT territory_id, request_key FROM idempotency
    WHERE territory_id = :territory AND created_at < :before LIMIT :most)
)sql";

}  // namespace

Idempotency find_answer(Tx& tx, const KeyedRequest& request) {
    const auto known =
        tx.one<std::string>(kFindKey, {{"territory", request.territory}, {"key", request.key}});
    if (!known) return FirstTime{};
    if (*known != sha256(request.content)) return OtherRequest{};
    auto [status, body] =
        tx.one<int, std::string>(kReplay, {{"territory", request.territory}, {"key", request.key}})
            .value();
    return StoredAnswer{.status = status, .body = std::move(body)};
}

void record_answer(Tx& tx, const KeyedRequest& request, const StoredAnswer& answer, Instant now) {
    // DO NOTHING never happens: a key that another transaction committed meanwhile is a
    // serialisation failure, and the whole write runs again.
    const std::int64_t recorded = tx.run(kRecordKey, {{"territory", request.territory},
                                                      {"key", request.key},
                                                      {"sha256", sha256(request.content)},
                                                      {"status", answer.status},
                                                      {"response", answer.body},
                                                      {"now", now}});
    check(recorded == 1);
}

std::int64_t purge_answers(Tx& tx, TerritoryId territory, Instant now) {
    return tx.run(kPurgeKeys,
                  {{"territory", territory}, {"before", now - kKept}, {"most", kPurgedKeysMax}});
}

}  // namespace emplettes::store
