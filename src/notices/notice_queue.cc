#include "notices/notice_queue.h"

#include <algorithm>

#include "base/check.h"
#include "notices/unreachable.h"

namespace emplettes::notices {
namespace {

constexpr std::string_view kCountByKind = R"sql(
    SELECT kind, audience,
           SUM(CASE WHEN status = 'waiting' AND recipient <> 'slip' THEN 1 ELSE 0 END),
           SUM(CASE WHEN status = 'sent' THEN 1 ELSE 0 END),
           SUM(CASE WHEN status = 'failed' THEN 1 ELSE 0 END),
           SUM(CASE WHEN status = 'waiting' AND recipient = 'slip' THEN 1 ELSE 0 END)
    FROM notice
    WHERE territory_id = :territory
    GROUP BY kind, audience
    ORDER BY kind, audience
)sql";

constexpr std::string_view kSelectTroubled = R"sql(
    SELECT notice_id, kind, recipient, created_at, attempts, status, next_attempt_at, last_error
    FROM notice
    WHERE territory_id = :territory
          AND (status = 'failed' OR (status = 'waiting' AND last_error <> ''))
    ORDER BY CASE WHEN status = 'failed' THEN 0 ELSE 1 END, created_at DESC, notice_id DESC
    LIMIT :limit
)sql";

constexpr std::string_view kRetry = R"sql(
    UPDATE notice SET status = 'waiting', attempts = 0, next_attempt_at = :now
    WHERE territory_id = :territory AND (notice_id = :notice OR bundle = :notice)
          AND (status = 'failed' OR (status = 'waiting' AND last_error <> ''))
)sql";

constexpr std::string_view kSelectSlips = R"sql(
    SELECT notice_id FROM notice
    WHERE territory_id = :territory AND recipient = 'slip' AND status = 'waiting'
    ORDER BY created_at, notice_id
    LIMIT :limit
)sql";

constexpr std::string_view kMarkPrinted = R"sql(
    UPDATE notice SET status = 'sent', sent_at = :now
    WHERE territory_id = :territory AND notice_id = :notice AND recipient = 'slip'
          AND status = 'waiting'
)sql";

constexpr std::string_view kMarkUnprinted = R"sql(
    UPDATE notice SET status = 'waiting', sent_at = 0
    WHERE territory_id = :territory AND notice_id = :notice AND recipient = 'slip'
          AND status = 'sent'
)sql";

constexpr std::string_view kMarkBounced = R"sql(
    UPDATE notice SET status = 'failed', last_error = :words
    WHERE territory_id = :territory AND (notice_id = :mail OR bundle = :mail)
          AND status IN ('sent', 'waiting')
)sql";

}  // namespace

std::vector<KindCounts> count_by_kind(store::Tx& tx, TerritoryId territory) {
    std::vector<KindCounts> counts;
    tx.each<std::string, std::string, std::int64_t, std::int64_t, std::int64_t, std::int64_t>(
        kCountByKind, {{"territory", territory}},
        [&](const std::string& kind, const std::string& audience, std::int64_t waiting,
            std::int64_t sent, std::int64_t failed, std::int64_t to_print) {
            counts.push_back({.kind = kind,
                              .audience = audience == to_string(Audience::shop)
                                              ? Audience::shop
                                              : Audience::neighbour,
                              .waiting = waiting,
                              .sent = sent,
                              .failed = failed,
                              .to_print = to_print});
        });
    return counts;
}

std::vector<Troubled> load_troubled(store::Tx& tx, TerritoryId territory) {
    std::vector<Troubled> troubled;
    tx.each<NoticeId, std::string, std::string, Instant, int, std::string, Instant, std::string>(
        kSelectTroubled, {{"territory", territory}, {"limit", kTroubledListedMax}},
        [&](NoticeId id, const std::string& kind, const std::string& recipient, Instant created_at,
            int attempts, const std::string& status, Instant next, const std::string& words) {
            troubled.push_back({.id = id,
                                .kind = kind,
                                .recipient = recipient,
                                .created_at = created_at,
                                .attempts = attempts,
                                .has_failed = status == "failed",
                                .next_attempt_at = next,
                                .words = words});
        });
    return troubled;
}

std::int64_t retry_notice(store::Tx& tx, TerritoryId territory, NoticeId id, Instant now) {
    const auto notice = find_notice(tx, territory, id);
    if (!notice) return 0;
    const NoticeId mail = notice->bundle == NoticeId{} ? id : notice->bundle;
    const auto retried = tx.run(kRetry, {{"now", now}, {"territory", territory}, {"notice", mail}});
    if (retried > 0) forget_bounces(tx, territory, notice->recipient);
    return retried;
}

std::int64_t retry_troubled(store::Tx& tx, TerritoryId territory, Instant now) {
    std::int64_t retried = 0;
    for (const Troubled& one : load_troubled(tx, territory))
        retried += retry_notice(tx, territory, one.id, now);
    return retried;
}

std::vector<Notice> load_slips(store::Tx& tx, TerritoryId territory) {
    std::vector<Notice> slips;
    for (const NoticeId id :
         tx.all<NoticeId>(kSelectSlips, {{"territory", territory}, {"limit", kSlipsListedMax}}))
        slips.push_back(find_notice(tx, territory, id).value());
    return slips;
}

std::int64_t mark_printed(store::Tx& tx, TerritoryId territory, const std::vector<NoticeId>& slips,
                          Instant now) {
    std::int64_t marked = 0;
    for (const NoticeId slip : slips)
        marked += tx.run(kMarkPrinted, {{"now", now}, {"territory", territory}, {"notice", slip}});
    return marked;
}

std::int64_t mark_unprinted(store::Tx& tx, TerritoryId territory,
                            const std::vector<NoticeId>& slips) {
    std::int64_t marked = 0;
    for (const NoticeId slip : slips)
        marked += tx.run(kMarkUnprinted, {{"territory", territory}, {"notice", slip}});
    return marked;
}

BounceTaken take_bounce(store::Tx& tx, TerritoryId territory, NoticeId mail, const Bounce& bounce,
                        Instant now) {
    const auto notice = find_notice(tx, territory, mail);
    if (!notice) return BounceTaken::unknown;
    const auto failed = std::ranges::find_if(bounce.recipients, &BouncedRecipient::has_failed);
    if (failed == bounce.recipients.end()) return BounceTaken::nothing;
    const auto changed =
        tx.run(kMarkBounced,
               {{"words", kept_words(failed->words())}, {"territory", territory}, {"mail", mail}});
    if (changed == 0) return BounceTaken::nothing;
    if (failed->is_dead()) add_bounce(tx, territory, notice->recipient, failed->words(), now);
    return BounceTaken::failed;
}

}  // namespace emplettes::notices
