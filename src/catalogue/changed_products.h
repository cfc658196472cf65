#pragma once
#include <span>

#include "catalogue/snapshot.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// These products as they are now, with what stands of them on shelves; those that are gone.
Snapshot::ChangedProducts load_changed_products(store::Tx& tx, TerritoryId territory,
                                                std::span<const ProductId> products);

}  // namespace emplettes::catalogue
