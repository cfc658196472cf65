#include "orders/contact_rule.h"

#include <algorithm>

#include "base/text.h"
#include "orders/contact.h"
#include "orders/contact_proof.h"

namespace emplettes::orders {
namespace {

constexpr std::string_view kSelectHistory = R"sql(
    SELECT COALESCE(SUM(CASE WHEN status IN ('requested', 'held', 'ready') THEN 1 ELSE 0 END), 0),
        COALESCE(SUM(CASE WHEN created_at > :burst_from AND passed_from = '' THEN 1 ELSE 0 END), 0),
        COALESCE(SUM(is_no_show), 0)
    FROM reservation
    WHERE territory_id = :territory AND contact_key = :contact_key AND created_at > :from
)sql";

}  // namespace

ContactVerdict judge(const ContactHistory& history, const ContactRule& rule, std::int64_t more) {
    if (history.open + more > rule.open_max) return ContactVerdict::too_many_open;
    const bool is_odd = history.open + more > rule.open_unproven_max ||
                        history.burst + more > rule.burst_unproven_max ||
                        history.no_shows > rule.no_shows_unproven_max;
    return is_odd ? ContactVerdict::must_prove : ContactVerdict::fine;
}

ContactHistory load_contact_history(store::Tx& tx, TerritoryId territory, std::string_view contact,
                                    const ContactRule& rule, Instant now) {
    const auto [open, burst, no_shows] =
        tx.one<std::int64_t, std::int64_t, std::int64_t>(kSelectHistory,
                                                         {{"territory", territory},
                                                          {"contact_key", contact_key(contact)},
                                                          {"burst_from", now - rule.burst},
                                                          {"from", now - rule.remembered}})
            .value();
    return {.open = open, .burst = burst, .no_shows = no_shows};
}

ContactVerdict judge_contact(store::Tx& tx, TerritoryId territory, std::string_view contact,
                             std::int64_t more, Instant now) {
    const ContactRule rule;
    const auto verdict = judge(load_contact_history(tx, territory, contact, rule, now), rule, more);
    const bool is_fine =
        verdict == ContactVerdict::must_prove && is_proven(tx, territory, contact, now);
    return is_fine ? ContactVerdict::fine : verdict;
}

std::string contact_key(std::string_view contact) {
    if (is_mail_address(contact)) return to_lower_ascii(contact);
    std::string digits;
    std::copy_if(contact.begin(), contact.end(), std::back_inserter(digits),
                 [](char c) { return c >= '0' && c <= '9'; });
    const bool is_international = contact.starts_with('+');
    return (is_international ? "00" : "") + digits;
}

}  // namespace emplettes::orders
