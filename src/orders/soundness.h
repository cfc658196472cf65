#pragma once
#include <string>
#include <unordered_set>
#include <vector>

#include "base/id.h"
#include "store/tx.h"

namespace emplettes::orders {

// What in a territory's reservations contradicts itself or the shelves, a sentence each; empty:
// nothing. Stock + kept + collected changes by nothing but shops' own hands, so of every offer
// exactly that much is kept as its open reservations hold; who collected took at most what was
// kept; and a wish that went on to another shop is there from both sides.
std::vector<std::string> find_contradictions(store::Tx& tx, TerritoryId territory);

std::unordered_set<std::string> load_codes(store::Tx& tx, TerritoryId territory);

}  // namespace emplettes::orders
