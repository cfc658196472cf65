#pragma once
#include <cstddef>

#include "base/id.h"
#include "base/random.h"
#include "store/tx.h"

namespace emplettes::catalogue {

inline constexpr std::size_t kSecretBytes = 24;

// Gives the shop's page of requests another address: whoever knew the old one finds nothing there.
// Links in mails that were sent before, and printed slips, end with it.
void renew_secret(store::Tx& tx, TerritoryId territory, ShopId shop, Random& random);

}  // namespace emplettes::catalogue
