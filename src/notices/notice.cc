#include "notices/notice.h"

#include "base/check.h"

namespace emplettes::notices {
namespace {

constexpr std::string_view kInsertNotice = R"sql(
    INSERT INTO notice (territory_id, notice_id, kind, audience, recipient, language, facts,
                        status, attempts, created_at, next_attempt_at, sent_at)
    VALUES (:territory, :notice, :kind, :audience, :recipient, :language, :facts,
            'waiting', 0, :created, :created, 0)
)sql";

constexpr std::string_view kSelectWaiting = R"sql(
    SELECT notice_id, kind, audience, recipient, language, facts, created_at, attempts
    FROM notice
    WHERE territory_id = :territory AND status = 'waiting' AND next_attempt_at <= :now
    ORDER BY next_attempt_at, notice_id
    LIMIT :limit
)sql";

constexpr std::string_view kMarkSent = R"sql(
    UPDATE notice SET status = 'sent', sent_at = :now
    WHERE territory_id = :territory AND notice_id = :notice AND status = 'waiting'
)sql";

constexpr std::string_view kMarkAttemptFailed = R"sql(
    UPDATE notice SET attempts = :attempts, next_attempt_at = :next, status = :status
    WHERE territory_id = :territory AND notice_id = :notice AND status = 'waiting'
)sql";

constexpr std::string_view kPurge = R"sql(
    DELETE FROM notice
    WHERE territory_id = :territory AND notice_id IN (
        SELECT notice_id FROM notice
        WHERE territory_id = :territory AND status IN ('sent', 'failed') AND created_at < :before
        ORDER BY notice_id
        LIMIT 1000)
)sql";

constexpr std::string_view kCountByStatus = R"sql(
    SELECT COALESCE(SUM(CASE WHEN status = 'waiting' THEN 1 ELSE 0 END), 0),
           COALESCE(SUM(CASE WHEN status = 'sent' THEN 1 ELSE 0 END), 0),
           COALESCE(SUM(CASE WHEN status = 'failed' THEN 1 ELSE 0 END), 0)
    FROM notice
    WHERE territory_id = :territory
)sql";

constexpr std::chrono::seconds kFirstPause{60};
constexpr int kPauseGrowth = 3;

Audience parse_audience(std::string_view word) {
    check(word == to_string(Audience::neighbour) || word == to_string(Audience::shop));
    return word == to_string(Audience::shop) ? Audience::shop : Audience::neighbour;
}

}  // namespace

std::string_view to_string(Audience audience) {
    switch (audience) {
        case Audience::neighbour: return "neighbour";
        case Audience::shop: return "shop";
    }
    check(false);
    return {};
}

std::chrono::seconds pause_after_attempt(int attempt) {
    std::chrono::seconds pause = kFirstPause;
    for (int i = 1; i < attempt; ++i) pause *= kPauseGrowth;
    return pause;
}

void enqueue(store::Tx& tx, const Notice& notice) {
    tx.run(kInsertNotice, {{"territory", notice.territory},
                           {"notice", notice.id},
                           {"kind", notice.kind},
                           {"audience", to_string(notice.audience)},
                           {"recipient", notice.recipient},
                           {"language", notice.language},
                           {"facts", notice.facts.dump()},
                           {"created", notice.created_at}});
}

std::vector<Notice> load_waiting(store::Tx& tx, TerritoryId territory, Instant now,
                                 std::int64_t limit) {
    std::vector<Notice> waiting;
    tx.each<NoticeId, std::string, std::string, std::string, std::string, std::string, Instant,
            int>(kSelectWaiting, {{"territory", territory}, {"now", now}, {"limit", limit}},
                 [&](NoticeId id, const std::string& kind, const std::string& audience,
                     const std::string& recipient, const std::string& language,
                     const std::string& facts, Instant created_at, int attempts) {
                     waiting.push_back({.id = id,
                                        .territory = territory,
                                        .kind = kind,
                                        .audience = parse_audience(audience),
                                        .recipient = recipient,
                                        .language = language,
                                        .facts = parse_json(facts),
                                        .created_at = created_at,
                                        .attempts = attempts});
                 });
    return waiting;
}

void mark_sent(store::Tx& tx, const Notice& notice, Instant now) {
    tx.run(kMarkSent, {{"now", now}, {"territory", notice.territory}, {"notice", notice.id}});
}

void mark_attempt_failed(store::Tx& tx, const Notice& notice, Instant now) {
    const int attempts = notice.attempts + 1;
    tx.run(kMarkAttemptFailed, {{"attempts", attempts},
                                {"next", now + pause_after_attempt(attempts)},
                                {"status", attempts < kAttemptsMax ? "waiting" : "failed"},
                                {"territory", notice.territory},
                                {"notice", notice.id}});
}

std::int64_t purge_notices(store::Tx& tx, TerritoryId territory, Instant before) {
    return tx.run(kPurge, {{"territory", territory}, {"before", before}});
}

NoticeCounts count_notices(store::Tx& tx, TerritoryId territory) {
    const auto counts = tx.one<std::int64_t, std::int64_t, std::int64_t>(
        kCountByStatus, {{"territory", territory}});
    const auto [waiting, sent, failed] = counts.value();
    return {.waiting = waiting, .sent = sent, .failed = failed};
}

}  // namespace emplettes::notices
