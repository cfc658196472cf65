#pragma once
#include <cstdint>
#include <functional>

#include "base/clock.h"
#include "base/id_source.h"
#include "catalogue/shop.h"
#include "orders/shop_times.h"
#include "store/tx.h"

namespace emplettes::orders {

// A shop that closes against its hours, for holidays, an illness, works, still has things to keep
// for people.

// Whether it still opens between now and `end`, as it is stored now.
using OpensBefore = std::function<bool(const catalogue::Shop&, Instant end)>;

struct ClosureContext {
    TerritoryId territory;
    Instant now;
    std::function<ShopTimes(const catalogue::Shop&)> times;
    OpensBefore opens_before;
    IdSource& ids;
};

// To be called in the transaction in which a closure is said. What nobody could collect any more is
// kept until after it, its shop has until then to answer, and the neighbour is told: to wait, to
// ask another shop or to cancel. Returns how many.
std::int64_t rearrange_for_closure(store::Tx& tx, ShopId shop, const ClosureContext& context);

}  // namespace emplettes::orders
