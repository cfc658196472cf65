#include "accounts/sign_in.h"

#include "base/check.h"
#include "store/sha256.h"

namespace emplettes::accounts {
namespace {

constexpr std::string_view kCountLinks = R"sql(
    SELECT COUNT(*) FROM sign_in_link
    WHERE territory_id = :territory AND email = :email AND created_at > :since
)sql";

constexpr std::string_view kCountLinksOfNetwork = R"sql(
    SELECT COUNT(*) FROM sign_in_link
    WHERE territory_id = :territory AND network = :network AND created_at > :since
)sql";

constexpr std::string_view kInsertLink = R"sql(
    INSERT INTO sign_in_link (territory_id, token_sha256, email, return_to, network, created_at,
                              expires_at, used_at)
    VALUES (:territory, :token, :email, :return_to, :network, :now, :expires, 0)
)sql";

constexpr std::string_view kFindLink = R"sql(
    SELECT email, return_to FROM sign_in_link
    WHERE territory_id = :territory AND token_sha256 = :token AND used_at = 0
      AND expires_at > :now
)sql";

constexpr std::string_view kUseLink = R"sql(
    UPDATE sign_in_link SET used_at = :now
    WHERE territory_id = :territory AND token_sha256 = :token AND used_at = 0
      AND expires_at > :now
    RETURNING email, return_to
)sql";

constexpr std::string_view kPurgeLinks = R"sql(
    DELETE FROM sign_in_link WHERE territory_id = :territory AND token_sha256 IN (
        SELECT token_sha256 FROM sign_in_link
        WHERE territory_id = :territory AND created_at <= :before AND expires_at <= :now
        LIMIT 1000)
)sql";

std::optional<Link> one_link(store::Tx& tx, std::string_view sql, store::Params params) {
    auto row = tx.one<std::string, std::string>(sql, params);
    if (!row) return std::nullopt;
    auto& [email, return_to] = *row;
    return Link{.email = std::move(email), .return_to = std::move(return_to)};
}

}  // namespace

Result<Done, LinkError> ask_for_link(store::Tx& tx, TerritoryId territory,
                                     const LinkRequest& request, Instant now) {
    check(request.return_to.size() <= kReturnToLengthMax);
    const auto asked = tx.one<std::int64_t>(
        kCountLinks,
        {{"territory", territory}, {"email", request.email}, {"since", now - kLinksCountedFor}});
    if (asked.value_or(0) >= request.links_max) return LinkError::too_many;
    const auto of_network =
        tx.one<std::int64_t>(kCountLinksOfNetwork, {{"territory", territory},
                                                    {"network", request.network},
                                                    {"since", now - kLinksCountedFor}});
    if (of_network.value_or(0) >= request.links_of_network_max)
        return LinkError::too_many_of_network;
    tx.run(kInsertLink, {{"territory", territory},
                         {"token", store::sha256(request.token)},
                         {"email", request.email},
                         {"return_to", request.return_to},
                         {"network", request.network},
                         {"now", now},
                         {"expires", now + kLinkLasts}});
    return Done{};
}

std::optional<Link> find_link(store::Tx& tx, TerritoryId territory, std::string_view token,
                              Instant now) {
    return one_link(tx, kFindLink,
                    {{"territory", territory}, {"token", store::sha256(token)}, {"now", now}});
}

std::optional<Link> use_link(store::Tx& tx, TerritoryId territory, std::string_view token,
                             Instant now) {
    return one_link(tx, kUseLink,
                    {{"territory", territory}, {"token", store::sha256(token)}, {"now", now}});
}

std::int64_t purge_links(store::Tx& tx, TerritoryId territory, Instant now) {
    return tx.run(kPurgeLinks,
                  {{"territory", territory}, {"before", now - kLinksCountedFor}, {"now", now}});
}

}  // namespace emplettes::accounts
