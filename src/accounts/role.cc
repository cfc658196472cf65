#include "accounts/role.h"

#include <algorithm>

#include "base/check.h"

namespace emplettes::accounts {

std::string_view to_string(Role role) {
    switch (role) {
        case Role::operator_: return "operator";
        case Role::shopkeeper: return "shopkeeper";
        case Role::staff: return "staff";
    }
    check(false);
    return {};
}

std::optional<Role> parse_role(std::string_view word) {
    for (const Role role : {Role::operator_, Role::shopkeeper, Role::staff})
        if (word == to_string(role)) return role;
    return std::nullopt;
}

bool is_operator(const Grants& grants) {
    return std::ranges::any_of(grants,
                               [](const Grant& grant) { return grant.role == Role::operator_; });
}

std::optional<Role> role_at(const Grants& grants, ShopId shop) {
    std::optional<Role> most;
    for (const Grant& grant : grants) {
        if (grant.role == Role::shopkeeper && grant.shop == shop) return Role::shopkeeper;
        if (grant.role == Role::staff && grant.shop == shop) most = Role::staff;
    }
    return is_operator(grants) ? Role::operator_ : most;
}

bool may_manage(Role role) { return role != Role::staff; }

}  // namespace emplettes::accounts
