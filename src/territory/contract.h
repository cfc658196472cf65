#pragma once
#include <utility>

#include "accounts/account.h"
#include "catalogue/shop.h"
#include "notices/notice.h"
#include "store/contract.h"
#include "store/migrations.h"
#include "territory/claim.h"

namespace emplettes::territory {

using store::kHere;
using store::kNow;

inline constexpr ShopId kShop{11};

// What the contracts of the territory share: a town with one shop, and people in it.
class TownContract : public store::Contract {
  protected:
    TownContract() {
        store::migrate(*db_, embedded_migrations(), SystemClock());
        catalogue::Shop shop;
        shop.id = kShop;
        shop.slug = "ecume";
        shop.name = "L’Écume";
        shop.email = "ecume@example.org";
        shop.secret = "s";
        db_->write([&](store::Tx& tx) { catalogue::save_shop(tx, kHere, shop); });
    }

    template <typename F>
    auto write(F&& f) {
        return db_->write(std::forward<F>(f));
    }
    accounts::Account person(const std::string& email) {
        return write([&](store::Tx& tx) {
            return accounts::load_or_make_account(tx, kHere, {.email = email, .language = "fr"},
                                                  ids_, kNow);
        });
    }
    accounts::Grants roles_of(std::string_view email) {
        return db_->read(
            [&](store::Tx& tx) { return accounts::find_account(tx, kHere, email)->grants; });
    }
    std::vector<notices::Notice> notices() {
        return db_->read(
            [&](store::Tx& tx) { return notices::load_waiting(tx, kHere, kNow, 100); });
    }

    static Seller whole_seller() {
        return {.siret = "73282932000074",
                .legal_name = "Écume SARL",
                .legal_address = "12 rue Cadet, 75009 Paris",
                .phone = "01 42 00 00 00",
                .email = "claire@example.org",
                .register_number = "RCS Paris 732 829 320",
                .mediator = "Médiation du commerce",
                .mediator_url = "https://mediation.example/",
                .certified_at = kNow};
    }

    SystemClock clock_;
    IdSource ids_{clock_, 0};
};

}  // namespace emplettes::territory
