#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/role.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/id_source.h"
#include "base/result.h"
#include "store/tx.h"

namespace emplettes::accounts {

inline constexpr std::int64_t kAccountsListedMax = 1'000;
inline constexpr std::int64_t kPeopleOfShopMax = 50;

// Somebody who works here, known by a mail address. Neighbours need none. Addresses are in the form
// of parse_mail_address (base/mail_address.h), here and below.
struct Account {
    AccountId id;
    std::string email;
    std::string language;  // of the page that first met them: mails are written in it
    Instant created_at;
    Instant last_seen_at;  // to the hour
    Grants grants;

    bool operator==(const Account&) const = default;
};

std::optional<Account> find_account(store::Tx& tx, TerritoryId territory, AccountId id);
std::optional<Account> find_account(store::Tx& tx, TerritoryId territory, std::string_view email);

struct Newcomer {
    std::string email;
    std::string language;
};
// The account of this address, made when there is none.
Account load_or_make_account(store::Tx& tx, TerritoryId territory, const Newcomer& newcomer,
                             IdSource& ids, Instant now);

// Everybody of the territory, or of one shop, by address; at most as many as the limits above.
std::vector<Account> load_accounts(store::Tx& tx, TerritoryId territory);
std::vector<Account> load_people_of_shop(store::Tx& tx, TerritoryId territory, ShopId shop);
// The shops where somebody works, by id: at most `limit` of those after `after`.
std::vector<ShopId> load_shops_with_people(store::Tx& tx, TerritoryId territory, ShopId after,
                                           std::int64_t limit);

enum class GrantError { too_many_people };

struct GrantRequest {
    AccountId account;
    Grant grant;
    AccountId by;  // 0: the command line
};
// In one shop an account has one role: another one replaces it.
Result<Done, GrantError> grant_role(store::Tx& tx, TerritoryId territory,
                                    const GrantRequest& request, Instant now);
// Whether there was one.
bool revoke_role(store::Tx& tx, TerritoryId territory, AccountId account, ShopId shop);
// Takes away what everybody may do in a shop.
void revoke_roles_of_shop(store::Tx& tx, TerritoryId territory, ShopId shop);

// The account with its roles, sessions and links, at once.
void remove_account(store::Tx& tx, TerritoryId territory, const Account& account);

}  // namespace emplettes::accounts
