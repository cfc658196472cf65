#include "accounts/account.h"

#include "base/check.h"

namespace emplettes::accounts {
namespace {

constexpr std::string_view kFindById = R"sql(
    SELECT account_id, email, language, created_at, last_seen_at FROM account
    WHERE territory_id = :territory AND account_id = :account
)sql";

constexpr std::string_view kFindByEmail = R"sql(
    SELECT account_id, email, language, created_at, last_seen_at FROM account
    WHERE territory_id = :territory AND email = :email
)sql";

constexpr std::string_view kLoadAll = R"sql(
    SELECT account_id, email, language, created_at, last_seen_at FROM account
    WHERE territory_id = :territory
    ORDER BY email
    LIMIT :limit
)sql";

constexpr std::string_view kLoadOfShop = R"sql(
    SELECT account_id, email, language, created_at, last_seen_at FROM account
    WHERE territory_id = :territory AND account_id IN (
        SELECT account_id FROM account_role WHERE territory_id = :territory AND shop_id = :shop)
    ORDER BY email
    LIMIT :limit
)sql";

constexpr std::string_view kLoadShops = R"sql(
    SELECT DISTINCT shop_id FROM account_role
    WHERE territory_id = :territory AND shop_id > :after
    ORDER BY shop_id
    LIMIT :limit
)sql";

constexpr std::string_view kMake = R"sql(
    INSERT INTO account (territory_id, account_id, email, language, created_at, last_seen_at)
    VALUES (:territory, :account, :email, :language, :now, :now)
    ON CONFLICT (territory_id, email) DO NOTHING
)sql";

constexpr std::string_view kGrants = R"sql(
    SELECT role, shop_id FROM account_role
    WHERE territory_id = :territory AND account_id = :account
    ORDER BY shop_id
)sql";

constexpr std::string_view kCountPeople = R"sql(
    SELECT COUNT(*) FROM account_role
    WHERE territory_id = :territory AND shop_id = :shop AND account_id <> :account
)sql";

constexpr std::string_view kGrant = R"sql(
    INSERT INTO account_role (territory_id, account_id, shop_id, role, granted_by, granted_at)
    VALUES (:territory, :account, :shop, :role, :by, :now)
    ON CONFLICT (territory_id, account_id, shop_id)
    DO UPDATE SET role = excluded.role, granted_by = excluded.granted_by,
                  granted_at = excluded.granted_at
)sql";

constexpr std::string_view kRevoke = R"sql(
    DELETE FROM account_role
    WHERE territory_id = :territory AND account_id = :account AND shop_id = :shop
)sql";

constexpr std::string_view kRevokeOfShop = R"sql(
    DELETE FROM account_role WHERE territory_id = :territory AND shop_id = :shop
)sql";

constexpr std::string_view kRemoveRoles = R"sql(
    DELETE FROM account_role WHERE territory_id = :territory AND account_id = :account
)sql";

constexpr std::string_view kRemoveSessions = R"sql(
    DELETE FROM session WHERE territory_id = :territory AND account_id = :account
)sql";

constexpr std::string_view kRemoveLinks = R"sql(
    DELETE FROM sign_in_link WHERE territory_id = :territory AND email = :email
)sql";

constexpr std::string_view kRemoveAccount = R"sql(
    DELETE FROM account WHERE territory_id = :territory AND account_id = :account
)sql";

Grants load_grants(store::Tx& tx, TerritoryId territory, AccountId account) {
    Grants grants;
    tx.each<std::string, ShopId>(kGrants, {{"territory", territory}, {"account", account}},
                                 [&](const std::string& word, ShopId shop) {
                                     const auto role = parse_role(word);
                                     check(role.has_value());
                                     grants.push_back({.role = *role, .shop = shop});
                                 });
    return grants;
}

std::vector<Account> load_some(store::Tx& tx, TerritoryId territory, std::string_view sql,
                               store::Params params) {
    std::vector<Account> accounts;
    tx.each<AccountId, std::string, std::string, Instant, Instant>(
        sql, params,
        [&](AccountId id, std::string email, std::string language, Instant created_at,
            Instant last_seen_at) {
            accounts.push_back({.id = id,
                                .email = std::move(email),
                                .language = std::move(language),
                                .created_at = created_at,
                                .last_seen_at = last_seen_at,
                                .grants = {}});
        });
    for (Account& account : accounts) account.grants = load_grants(tx, territory, account.id);
    return accounts;
}

std::optional<Account> first_of(std::vector<Account> accounts) {
    if (accounts.empty()) return std::nullopt;
    return std::move(accounts.front());
}

}  // namespace

std::optional<Account> find_account(store::Tx& tx, TerritoryId territory, AccountId id) {
    return first_of(
        load_some(tx, territory, kFindById, {{"territory", territory}, {"account", id}}));
}

std::optional<Account> find_account(store::Tx& tx, TerritoryId territory, std::string_view email) {
    return first_of(
        load_some(tx, territory, kFindByEmail, {{"territory", territory}, {"email", email}}));
}

Account load_or_make_account(store::Tx& tx, TerritoryId territory, const Newcomer& newcomer,
                             IdSource& ids, Instant now) {
    tx.run(kMake, {{"territory", territory},
                   {"account", ids.next<AccountId>()},
                   {"email", newcomer.email},
                   {"language", newcomer.language},
                   {"now", now}});
    auto account = find_account(tx, territory, newcomer.email);
    check(account.has_value());
    return std::move(*account);
}

std::vector<Account> load_accounts(store::Tx& tx, TerritoryId territory) {
    return load_some(tx, territory, kLoadAll,
                     {{"territory", territory}, {"limit", kAccountsListedMax}});
}

std::vector<Account> load_people_of_shop(store::Tx& tx, TerritoryId territory, ShopId shop) {
    return load_some(tx, territory, kLoadOfShop,
                     {{"territory", territory}, {"shop", shop}, {"limit", kPeopleOfShopMax}});
}

std::vector<ShopId> load_shops_with_people(store::Tx& tx, TerritoryId territory, ShopId after,
                                           std::int64_t limit) {
    std::vector<ShopId> shops;
    tx.each<ShopId>(kLoadShops, {{"territory", territory}, {"after", after}, {"limit", limit}},
                    [&](ShopId shop) { shops.push_back(shop); });
    return shops;
}

Result<Done, GrantError> grant_role(store::Tx& tx, TerritoryId territory,
                                    const GrantRequest& request, Instant now) {
    const Grant& grant = request.grant;
    check((grant.role == Role::operator_) == (grant.shop == ShopId{}));
    const auto others = tx.one<std::int64_t>(
        kCountPeople,
        {{"territory", territory}, {"shop", grant.shop}, {"account", request.account}});
    if (others.value_or(0) >= kPeopleOfShopMax) return GrantError::too_many_people;
    tx.run(kGrant, {{"territory", territory},
                    {"account", request.account},
                    {"shop", grant.shop},
                    {"role", to_string(grant.role)},
                    {"by", request.by},
                    {"now", now}});
    return Done{};
}

bool revoke_role(store::Tx& tx, TerritoryId territory, AccountId account, ShopId shop) {
    return tx.run(kRevoke, {{"territory", territory}, {"account", account}, {"shop", shop}}) > 0;
}

void revoke_roles_of_shop(store::Tx& tx, TerritoryId territory, ShopId shop) {
    tx.run(kRevokeOfShop, {{"territory", territory}, {"shop", shop}});
}

void remove_account(store::Tx& tx, TerritoryId territory, const Account& account) {
    tx.run(kRemoveRoles, {{"territory", territory}, {"account", account.id}});
    tx.run(kRemoveSessions, {{"territory", territory}, {"account", account.id}});
    tx.run(kRemoveLinks, {{"territory", territory}, {"email", account.email}});
    tx.run(kRemoveAccount, {{"territory", territory}, {"account", account.id}});
}

}  // namespace emplettes::accounts
