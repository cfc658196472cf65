#include "notices/bundle.h"

#include <set>

namespace emplettes::notices {
namespace {

constexpr std::string_view kRecentlySent = R"sql(
    SELECT COUNT(*), COALESCE(MAX(sent_at), 0)
    FROM notice
    WHERE territory_id = :territory AND recipient = :recipient AND status = 'sent'
          AND pace = 'may_gather' AND sent_at > :since
)sql";

constexpr std::string_view kClaim = R"sql(
    UPDATE notice SET next_attempt_at = :until, bundle = :bundle
    WHERE territory_id = :territory AND notice_id = :notice AND status = 'waiting'
          AND next_attempt_at <= :now
)sql";

constexpr std::string_view kSelectBundle = R"sql(
    SELECT notice_id FROM notice
    WHERE territory_id = :territory AND recipient = :recipient AND status = 'waiting'
          AND bundle = :bundle
    ORDER BY notice_id
)sql";

// Whether it was still there to be taken.
bool claim(store::Tx& tx, const Notice& notice, Instant until, Instant now) {
    return tx.run(kClaim, {{"until", until},
                           {"bundle", notice.bundle},
                           {"territory", notice.territory},
                           {"notice", notice.id},
                           {"now", now}}) > 0;
}

}  // namespace

RecentlySentTo load_recently_sent(store::Tx& tx, TerritoryId territory,
                                  const std::vector<Notice>& due, Instant since) {
    RecentlySentTo recently;
    for (const Notice& notice : due) {
        if (notice.pace != Pace::may_gather || recently.contains(notice.recipient)) continue;
        const auto [count, last] =
            tx.one<std::int64_t, Instant>(
                  kRecentlySent,
                  {{"territory", territory}, {"recipient", notice.recipient}, {"since", since}})
                .value();
        recently[notice.recipient] = {.notices = count, .last = last};
    }
    return recently;
}

std::vector<Notice> with_whole_bundles(store::Tx& tx, std::vector<Notice> due) {
    std::set<NoticeId> seen, completed;
    std::vector<Notice> missing;
    for (const Notice& notice : due) seen.insert(notice.id);
    for (const Notice& notice : due) {
        if (notice.bundle == NoticeId{} || !completed.insert(notice.bundle).second) continue;
        for (const NoticeId id : tx.all<NoticeId>(kSelectBundle, {{"territory", notice.territory},
                                                                  {"recipient", notice.recipient},
                                                                  {"bundle", notice.bundle}}))
            if (!seen.contains(id))
                missing.push_back(find_notice(tx, notice.territory, id).value());
    }
    due.insert(due.end(), missing.begin(), missing.end());
    return due;
}

void claim_plan(store::Tx& tx, GatherPlan& plan, Instant now) {
    for (const GatherPlan::Held& held : plan.held) claim(tx, held.notice, held.until, now);
    for (std::vector<Notice>& mail : plan.mails) {
        const NoticeId lead = mail.front().id;
        const bool is_new_bundle = mail.size() > 1 && mail.front().bundle == NoticeId{};
        std::erase_if(mail, [&](Notice& notice) {
            if (is_new_bundle) notice.bundle = lead;
            return !claim(tx, notice, now + kClaimedFor, now);
        });
    }
    std::erase_if(plan.mails, [](const std::vector<Notice>& mail) { return mail.empty(); });
}

}  // namespace emplettes::notices
