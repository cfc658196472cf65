#pragma once
#include <string>
#include <string_view>

#include "accounts/account.h"
#include "base/id_source.h"
#include "base/random.h"
#include "base/result.h"
#include "store/tx.h"

namespace emplettes::territory {

// The people of a shop besides its shopkeeper.

inline constexpr std::string_view kStaffInvitedKind = "staff_invited";  // facts: shop, by

enum class TeamError { too_many_people, is_shopkeeper, unknown_person };

struct StaffInvitation {
    ShopId shop;
    std::string shop_name;
    std::string email;  // as parse_mail_address makes it
    accounts::Account by;
};
// They may work at the counter from now on, and are told by mail. Twice is as once.
Result<Done, TeamError> invite_staff(store::Tx& tx, TerritoryId territory,
                                     const StaffInvitation& invitation, IdSource& ids, Instant now);

// Staff only: a shopkeeper goes when the operator says so. The address of the shop's requests,
// which they know from its mails and slips, is another one from now on.
Result<Done, TeamError> remove_staff(store::Tx& tx, TerritoryId territory, ShopId shop,
                                     AccountId account, Random& random);

}  // namespace emplettes::territory
