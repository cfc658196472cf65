#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/id.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// Every territory that has a number, with its slug.
std::map<std::string, TerritoryId> load_territories(store::Tx& tx);

// What in a territory's rows contradicts itself, a sentence each, the first of each kind; empty:
// nothing. For what the database's own references do not say: rows that speak of a shop, a product
// or an offer that is not there.
std::vector<std::string> find_contradictions(store::Tx& tx, TerritoryId territory);

// How many of each offer are kept for somebody; those of which none is are left out.
std::map<OfferId, std::int64_t> load_kept(store::Tx& tx, TerritoryId territory);

}  // namespace emplettes::catalogue
