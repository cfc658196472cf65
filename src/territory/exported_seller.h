#pragma once
#include <string>
#include <string_view>

#include "base/id_source.h"
#include "store/tx.h"
#include "territory/claim.h"

namespace emplettes::territory {

// Who sells in a shop, as the shop takes it away: JSON, empty when no claim holds.
std::string exported_seller(store::Tx& tx, TerritoryId territory, ShopId shop);

enum class SellerRestored {
    none,       // the text is empty
    restored,   // by the operator's word, who brought the file in
    was_here,   // another claim holds, and goes before the file's
    not_whole,  // the law wants more than the text says, or it is not understood
};
// Makes what exported_seller() wrote hold in this shop, with its status there; no account is behind
// it. Only for an operator at the command line: whoever writes such a text is believed.
struct SellerToRestore {
    ShopId shop;
    std::string_view text;
};
SellerRestored restore_seller(store::Tx& tx, TerritoryId territory, const SellerToRestore& wanted,
                              IdSource& ids, Instant now);

}  // namespace emplettes::territory
