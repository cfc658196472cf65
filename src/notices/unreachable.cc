#include "notices/unreachable.h"

#include "base/text.h"
#include "notices/notice.h"

namespace emplettes::notices {
namespace {

constexpr std::string_view kAddBounce = R"sql(
    INSERT INTO mail_bounce (territory_id, address, bounces, last_bounced_at, last_words)
    VALUES (:territory, :address, 1, :now, :words)
    ON CONFLICT (territory_id, address) DO UPDATE
    SET bounces = mail_bounce.bounces + 1, last_bounced_at = excluded.last_bounced_at,
        last_words = excluded.last_words
)sql";

constexpr std::string_view kFindUnreachable = R"sql(
    SELECT bounces, last_bounced_at, last_words FROM mail_bounce
    WHERE territory_id = :territory AND address = :address AND bounces >= :least
          AND last_bounced_at > :since
)sql";

constexpr std::string_view kForgetBounces = R"sql(
    DELETE FROM mail_bounce WHERE territory_id = :territory AND address = :address
)sql";

constexpr std::string_view kPurgeBounces = R"sql(
    DELETE FROM mail_bounce WHERE territory_id = :territory AND last_bounced_at < :before
)sql";

}  // namespace

void add_bounce(store::Tx& tx, TerritoryId territory, std::string_view address,
                std::string_view words, Instant now) {
    tx.run(kAddBounce, {{"territory", territory},
                        {"address", to_lower_ascii(address)},
                        {"now", now},
                        {"words", kept_words(words)}});
}

std::optional<Unreachable> find_unreachable(store::Tx& tx, TerritoryId territory,
                                            std::string_view address, Instant now) {
    Unreachable found{.address = to_lower_ascii(address)};
    const auto row =
        tx.one<std::int64_t, Instant, std::string>(kFindUnreachable, {{"territory", territory},
                                                                      {"address", found.address},
                                                                      {"least", kBouncesMin},
                                                                      {"since", now - kLeftAlone}});
    if (!row) return std::nullopt;
    std::tie(found.bounces, found.last_bounced_at, found.last_words) = *row;
    return found;
}

void forget_bounces(store::Tx& tx, TerritoryId territory, std::string_view address) {
    tx.run(kForgetBounces, {{"territory", territory}, {"address", to_lower_ascii(address)}});
}

std::int64_t purge_bounces(store::Tx& tx, TerritoryId territory, Instant now) {
    return tx.run(kPurgeBounces, {{"territory", territory}, {"before", now - kBouncesKept}});
}

}  // namespace emplettes::notices
