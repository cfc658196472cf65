#pragma once
#include "accounts/account.h"
#include "base/random.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::accounts {

using store::kElsewhere;
using store::kHere;
using store::kNow;

inline constexpr ShopId kTea{1};
inline constexpr ShopId kBooks{2};

// What the contracts of accounts share: a migrated database and people in it.
class PeopleContract : public store::Contract {
  protected:
    PeopleContract() { store::migrate(*db_, embedded_migrations(), SystemClock()); }

    Account person(const std::string& email, TerritoryId territory = kHere) {
        return db_->write([&](store::Tx& tx) {
            return load_or_make_account(tx, territory, {.email = email, .language = "fr"}, ids_,
                                        kNow);
        });
    }
    Result<Done, GrantError> grant(AccountId account, Role role, ShopId shop) {
        return db_->write([&](store::Tx& tx) {
            return grant_role(
                tx, kHere,
                {.account = account, .grant = {.role = role, .shop = shop}, .by = AccountId{9}},
                kNow);
        });
    }
    std::optional<Account> find(std::string_view email) {
        return db_->read([&](store::Tx& tx) { return find_account(tx, kHere, email); });
    }

    SystemClock clock_;
    IdSource ids_{clock_, 0};
};

}  // namespace emplettes::accounts
