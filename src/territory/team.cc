#include "territory/team.h"

#include "catalogue/shop_secret.h"
#include "notices/notice.h"

namespace emplettes::territory {
namespace {

std::optional<accounts::Role> own_role(const accounts::Account& account, ShopId shop) {
    for (const accounts::Grant& grant : account.grants)
        if (grant.role != accounts::Role::operator_ && grant.shop == shop) return grant.role;
    return std::nullopt;
}

}  // namespace

Result<Done, TeamError> invite_staff(store::Tx& tx, TerritoryId territory,
                                     const StaffInvitation& invitation, IdSource& ids,
                                     Instant now) {
    const auto account = accounts::load_or_make_account(
        tx, territory, {.email = invitation.email, .language = invitation.by.language}, ids, now);
    const auto role = own_role(account, invitation.shop);
    if (role == accounts::Role::shopkeeper) return TeamError::is_shopkeeper;
    if (role == accounts::Role::staff) return Done{};
    const auto granted =
        accounts::grant_role(tx, territory,
                             {.account = account.id,
                              .grant = {.role = accounts::Role::staff, .shop = invitation.shop},
                              .by = invitation.by.id},
                             now);
    if (!granted) return TeamError::too_many_people;
    notices::enqueue(tx, {.id = ids.next<NoticeId>(),
                          .territory = territory,
                          .kind = std::string(kStaffInvitedKind),
                          .audience = notices::Audience::shop,
                          .recipient = account.email,
                          .language = account.language,
                          .facts = {{"shop", invitation.shop_name}, {"by", invitation.by.email}},
                          .created_at = now});
    return Done{};
}

Result<Done, TeamError> remove_staff(store::Tx& tx, TerritoryId territory, ShopId shop,
                                     AccountId account, Random& random) {
    const auto person = accounts::find_account(tx, territory, account);
    const auto role = person ? own_role(*person, shop) : std::nullopt;
    if (role == accounts::Role::shopkeeper) return TeamError::is_shopkeeper;
    if (!role) return TeamError::unknown_person;
    accounts::revoke_role(tx, territory, account, shop);
    catalogue::renew_secret(tx, territory, shop, random);
    return Done{};
}

}  // namespace emplettes::territory
