#include "campaign/forgetting.h"

#include "campaign/mail_allowance.h"
#include "campaign/network_trace.h"
#include "campaign/signature.h"
#include "notices/notice.h"
#include "notices/unreachable.h"
#include "store/idempotency.h"

namespace emplettes::campaign {
namespace {

constexpr std::string_view kForgetUnconfirmed = R"sql(
    DELETE FROM signature WHERE (territory_id, pledge_id, signature_id) IN (
        SELECT territory_id, pledge_id, signature_id FROM signature
        WHERE territory_id = :territory AND signed_at < :before AND status = 'waiting' LIMIT 1000)
)sql";
constexpr std::string_view kToAnonymise = R"sql(
    SELECT pledge_id FROM pledge
    WHERE territory_id = :territory AND anonymise_at <= :now AND anonymised_at = 0
    ORDER BY pledge_id LIMIT 1
)sql";
constexpr std::string_view kForgetSigners = R"sql(
    DELETE FROM signature WHERE (territory_id, pledge_id, signature_id) IN (
        SELECT territory_id, pledge_id, signature_id FROM signature
        WHERE territory_id = :territory AND pledge_id = :pledge LIMIT 1000)
)sql";
constexpr std::string_view kForgetQueries = R"sql(
    UPDATE refusal_batch SET query = '' WHERE territory_id = :territory AND pledge_id = :pledge
)sql";
constexpr std::string_view kMarkAnonymised = R"sql(
    UPDATE pledge SET anonymised_at = :now WHERE territory_id = :territory AND pledge_id = :pledge
)sql";

// The figures stay: they say nothing about anybody.
std::int64_t anonymise(store::Tx& tx, TerritoryId territory, Instant now) {
    const auto pledge = tx.one<PledgeId>(kToAnonymise, {{"territory", territory}, {"now", now}});
    if (!pledge) return 0;
    const auto forgotten = tx.run(kForgetSigners, {{"territory", territory}, {"pledge", *pledge}});
    if (forgotten > 0) return forgotten;
    tx.run(kForgetQueries, {{"territory", territory}, {"pledge", *pledge}});
    return tx.run(kMarkAnonymised, {{"now", now}, {"territory", territory}, {"pledge", *pledge}});
}

}  // namespace

std::int64_t forget_signers(store::Tx& tx, TerritoryId territory, Instant now) {
    return anonymise(tx, territory, now) +
           tx.run(kForgetUnconfirmed,
                  {{"territory", territory}, {"before", now - kSignLinkLasts}}) +
           purge_traces(tx, territory, now) + purge_allowances(tx, territory, now) +
           notices::purge_notices(tx, territory, now - kMailsKept) +
           notices::purge_bounces(tx, territory, now) + store::purge_answers(tx, territory, now);
}

}  // namespace emplettes::campaign
