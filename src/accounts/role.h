#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "base/id.h"

namespace emplettes::accounts {

enum class Role { operator_, shopkeeper, staff };

std::string_view to_string(Role role);  // "operator", "shopkeeper", "staff"
std::optional<Role> parse_role(std::string_view word);

// What an account may do, and where.
struct Grant {
    Role role = Role::staff;
    ShopId shop;  // 0 for an operator, who is of no shop

    bool operator==(const Grant&) const = default;
};
using Grants = std::vector<Grant>;

bool is_operator(const Grants& grants);
// As whom one stands at the counter of this shop, the role that may most there. An operator may
// stand at all of them, to help.
std::optional<Role> role_at(const Grants& grants, ShopId shop);
// Whether one decides there who else may: shopkeepers and operators, not staff.
bool may_manage(Role role);

}  // namespace emplettes::accounts
