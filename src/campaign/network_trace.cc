#include "campaign/network_trace.h"

#include "campaign/day.h"

namespace emplettes::campaign {
namespace {

constexpr std::size_t kSaltBytes = 16;

constexpr std::string_view kFindSalt =
    "SELECT salt FROM network_salt WHERE territory_id = :territory AND day = :day";
constexpr std::string_view kInsertSalt = R"sql(
    INSERT INTO network_salt (territory_id, day, salt) VALUES (:territory, :day, :salt)
    ON CONFLICT (territory_id, day) DO NOTHING
)sql";
constexpr std::string_view kForgetSalts =
    "DELETE FROM network_salt WHERE territory_id = :territory AND day < :before";
constexpr std::string_view kForgetTraces = R"sql(
    UPDATE signature SET network_hash = '', mail_domain = ''
    WHERE (territory_id, pledge_id, signature_id) IN (
        SELECT territory_id, pledge_id, signature_id FROM signature
        WHERE territory_id = :territory AND network_day < :before AND network_hash <> ''
        LIMIT 1000)
)sql";

}  // namespace

NetworkTrace trace_network(store::Tx& tx, const TraceContext& context, std::string_view network,
                           Instant now) {
    const std::int64_t day = day_number(now);
    const auto salt_of_day = [&] {
        return tx.one<std::string>(kFindSalt, {{"territory", context.territory}, {"day", day}});
    };
    auto salt = salt_of_day();
    if (!salt) {
        tx.run(kInsertSalt, {{"territory", context.territory},
                             {"day", day},
                             {"salt", context.random.url_token(kSaltBytes)}});
        salt = salt_of_day();
    }
    return trace_of(context.key, salt.value(), network, day);
}

NetworkTrace trace_of(const SignerKey& key, std::string_view salt, std::string_view network,
                      std::int64_t day) {
    return {.hash = keyed_hash(key, "network", std::string(salt) + " " + std::string(network)),
            .day = day};
}

std::int64_t purge_traces(store::Tx& tx, TerritoryId territory, Instant now) {
    const std::int64_t before = day_number(now - kTracesKept);
    tx.run(kForgetSalts, {{"territory", territory}, {"before", before}});
    return tx.run(kForgetTraces, {{"territory", territory}, {"before", before}});
}

}  // namespace emplettes::campaign
