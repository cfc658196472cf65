#include "notices/notice.h"

#include "base/check.h"

namespace emplettes::notices {
namespace {

constexpr std::string_view kInsertNotice = R"sql(
    INSERT INTO notice (territory_id, notice_id, kind, audience, recipient, language, facts,
                        status, attempts, created_at, next_attempt_at, sent_at, pace)
    VALUES (:territory, :notice, :kind, :audience, :recipient, :language, :facts,
            'waiting', 0, :created, :created, 0, :pace)
)sql";

constexpr std::string_view kSelectWaiting = R"sql(
    SELECT notice_id, kind, audience, recipient, language, facts, created_at, attempts, pace, bundle
    FROM notice
    WHERE territory_id = :territory AND status = 'waiting' AND next_attempt_at <= :now
    ORDER BY next_attempt_at, notice_id
    LIMIT :limit
)sql";

constexpr std::string_view kFindNotice = R"sql(
    SELECT notice_id, kind, audience, recipient, language, facts, created_at, attempts, pace, bundle
    FROM notice
    WHERE territory_id = :territory AND notice_id = :notice
)sql";

constexpr std::string_view kMarkSent = R"sql(
    UPDATE notice SET status = 'sent', sent_at = :now, last_error = ''
    WHERE territory_id = :territory AND notice_id = :notice AND status = 'waiting'
)sql";

constexpr std::string_view kMarkAttemptFailed = R"sql(
    UPDATE notice
    SET attempts = :attempts, next_attempt_at = :next, status = :status, last_error = :words
    WHERE territory_id = :territory AND notice_id = :notice AND status = 'waiting'
)sql";

constexpr std::string_view kForget = R"sql(
    DELETE FROM notice
    WHERE territory_id = :territory AND notice_id = :notice AND status = 'waiting'
)sql";

constexpr std::string_view kPurge = R"sql(
    DELETE FROM notice
    WHERE territory_id = :territory AND notice_id IN (
        SELECT notice_id FROM notice
        WHERE territory_id = :territory AND created_at < :before
              AND (status IN ('sent', 'failed') OR recipient = 'slip')
        ORDER BY notice_id
        LIMIT 1000)
)sql";

constexpr std::string_view kCountByStatus = R"sql(
    SELECT COALESCE(SUM(CASE WHEN status = 'waiting' AND recipient <> 'slip' THEN 1 ELSE 0 END), 0),
           COALESCE(SUM(CASE WHEN status = 'sent' THEN 1 ELSE 0 END), 0),
           COALESCE(SUM(CASE WHEN status = 'failed' THEN 1 ELSE 0 END), 0),
           COALESCE(SUM(CASE WHEN status = 'waiting' AND recipient = 'slip' THEN 1 ELSE 0 END), 0),
           COALESCE(MIN(CASE WHEN status = 'waiting' AND recipient <> 'slip'
                             THEN created_at END), 0)
    FROM notice
    WHERE territory_id = :territory
)sql";

constexpr std::chrono::seconds kFirstPause{60};
constexpr int kPauseGrowth = 3;
// When nothing is sent any more: the end of the year 9999.
constexpr Instant kNever = instant_from_unix(253'402'300'799);

Audience parse_audience(std::string_view word) {
    check(word == to_string(Audience::neighbour) || word == to_string(Audience::shop));
    return word == to_string(Audience::shop) ? Audience::shop : Audience::neighbour;
}

Pace parse_pace(std::string_view word) {
    check(word == to_string(Pace::at_once) || word == to_string(Pace::may_gather));
    return word == to_string(Pace::at_once) ? Pace::at_once : Pace::may_gather;
}

// Of a query for the columns above.
std::vector<Notice> read_notices(store::Tx& tx, TerritoryId territory, std::string_view query,
                                 store::Params params) {
    std::vector<Notice> notices;
    tx.each<NoticeId, std::string, std::string, std::string, std::string, std::string, Instant, int,
            std::string, NoticeId>(
        query, params,
        [&](NoticeId id, const std::string& kind, const std::string& audience,
            const std::string& recipient, const std::string& language, const std::string& facts,
            Instant created_at, int attempts, const std::string& pace, NoticeId bundle) {
            notices.push_back({.id = id,
                               .territory = territory,
                               .kind = kind,
                               .audience = parse_audience(audience),
                               .recipient = recipient,
                               .language = language,
                               .facts = parse_json(facts),
                               .created_at = created_at,
                               .attempts = attempts,
                               .pace = parse_pace(pace),
                               .bundle = bundle});
        });
    return notices;
}

struct Trouble {
    int attempts;
    Instant next;
    bool is_over;
    std::string_view words;
};

void note_trouble(store::Tx& tx, const Notice& notice, const Trouble& trouble) {
    tx.run(kMarkAttemptFailed, {{"attempts", trouble.attempts},
                                {"next", trouble.next},
                                {"status", trouble.is_over ? "failed" : "waiting"},
                                {"words", kept_words(trouble.words)},
                                {"territory", notice.territory},
                                {"notice", notice.id}});
}

}  // namespace

std::string kept_words(std::string_view words) {
    std::string kept;
    for (const char c : words.substr(0, kWordsMax))
        kept += c >= ' ' && c <= '~' ? c : (c == '\n' || c == '\r' ? ' ' : '?');
    return kept;
}

std::string_view to_string(Pace pace) {
    switch (pace) {
        case Pace::at_once: return "at_once";
        case Pace::may_gather: return "may_gather";
    }
    check(false);
    return {};
}

Way way_of(const Notice& notice) {
    if (notice.recipient == kPrintedSlip) return Way::slip;
    return notice.recipient.find('@') == std::string::npos ? Way::text : Way::mail;
}

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
                           {"created", notice.created_at},
                           {"pace", to_string(notice.pace)}});
}

std::vector<Notice> load_waiting(store::Tx& tx, TerritoryId territory, Instant now,
                                 std::int64_t limit) {
    return read_notices(tx, territory, kSelectWaiting,
                        {{"territory", territory}, {"now", now}, {"limit", limit}});
}

std::optional<Notice> find_notice(store::Tx& tx, TerritoryId territory, NoticeId id) {
    auto found =
        read_notices(tx, territory, kFindNotice, {{"territory", territory}, {"notice", id}});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

void mark_sent(store::Tx& tx, const Notice& notice, Instant now) {
    tx.run(kMarkSent, {{"now", now}, {"territory", notice.territory}, {"notice", notice.id}});
}

void mark_attempt_failed(store::Tx& tx, const Notice& notice, Instant now, std::string_view words) {
    const int attempts = notice.attempts + 1;
    note_trouble(tx, notice,
                 {.attempts = attempts,
                  .next = now + pause_after_attempt(attempts),
                  .is_over = attempts >= kAttemptsMax,
                  .words = words});
}

void mark_refused(store::Tx& tx, const Notice& notice, std::string_view words) {
    note_trouble(
        tx, notice,
        {.attempts = notice.attempts + 1, .next = kNever, .is_over = true, .words = words});
}

void put_off(store::Tx& tx, const Notice& notice, Instant next, std::string_view words) {
    note_trouble(tx, notice,
                 {.attempts = notice.attempts,
                  .next = next,
                  .is_over = next - notice.created_at > kTriedForAtMost,
                  .words = words});
}

void release_notice(store::Tx& tx, const Notice& notice, Instant next) {
    note_trouble(tx, notice,
                 {.attempts = notice.attempts, .next = next, .is_over = false, .words = {}});
}

void leave_to_printer(store::Tx& tx, const Notice& notice) {
    note_trouble(tx, notice,
                 {.attempts = notice.attempts, .next = kNever, .is_over = false, .words = {}});
}

void forget_notice(store::Tx& tx, const Notice& notice) {
    tx.run(kForget, {{"territory", notice.territory}, {"notice", notice.id}});
}

std::int64_t purge_notices(store::Tx& tx, TerritoryId territory, Instant before) {
    return tx.run(kPurge, {{"territory", territory}, {"before", before}});
}

NoticeCounts count_notices(store::Tx& tx, TerritoryId territory) {
    const auto counts = tx.one<std::int64_t, std::int64_t, std::int64_t, std::int64_t, Instant>(
        kCountByStatus, {{"territory", territory}});
    const auto [waiting, sent, failed, to_print, oldest] = counts.value();
    return {.waiting = waiting,
            .sent = sent,
            .failed = failed,
            .to_print = to_print,
            .oldest_waiting = oldest};
}

}  // namespace emplettes::notices
