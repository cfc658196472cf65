#include "campaign/mail_allowance.h"

#include "campaign/day.h"

namespace emplettes::campaign {
namespace {

constexpr std::string_view kTakeMail = R"sql(
    INSERT INTO mail_allowance (territory_id, email_hash, day, mails)
    VALUES (:territory, :mailbox, :day, 1)
    ON CONFLICT (territory_id, email_hash, day) DO UPDATE SET mails = mail_allowance.mails + 1
        WHERE mail_allowance.mails < :most
    RETURNING mails
)sql";
constexpr std::string_view kPurgeAllowances = R"sql(
    DELETE FROM mail_allowance WHERE (territory_id, email_hash, day) IN (
        SELECT territory_id, email_hash, day FROM mail_allowance
        WHERE territory_id = :territory AND day < :today LIMIT 1000)
)sql";

}  // namespace

bool take_mail(store::Tx& tx, TerritoryId territory, std::string_view email_hash, Instant now) {
    return tx
        .one<std::int64_t>(kTakeMail, {{"territory", territory},
                                       {"mailbox", email_hash},
                                       {"day", day_number(now)},
                                       {"most", kMailsPerDayMax}})
        .has_value();
}

std::int64_t purge_allowances(store::Tx& tx, TerritoryId territory, Instant now) {
    return tx.run(kPurgeAllowances, {{"territory", territory}, {"today", day_number(now)}});
}

}  // namespace emplettes::campaign
