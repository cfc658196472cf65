#pragma once
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// What a site map tells of a product.
struct MappedProduct {
    ProductId id;
    Instant updated_at;

    bool operator==(const MappedProduct&) const = default;
};

// The first product of every part of `part` products, in the order of ids.
std::vector<ProductId> load_site_map_parts(store::Tx& tx, TerritoryId territory, std::int64_t part);
// The next `part` products from `first` on, without those that no shop has on its shelf.
std::vector<MappedProduct> load_site_map_part(store::Tx& tx, TerritoryId territory, ProductId first,
                                              std::int64_t part);

}  // namespace emplettes::catalogue
