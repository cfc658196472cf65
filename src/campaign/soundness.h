#pragma once
#include <string>
#include <vector>

#include "base/id.h"
#include "store/tx.h"

namespace emplettes::campaign {

// What contradicts itself in what is kept of pledges, a sentence each: the sum of the ledger is
// what is shown, and it is as many signatures as there are. Empty: nothing.
std::vector<std::string> find_contradictions(store::Tx& tx, TerritoryId territory);

}  // namespace emplettes::campaign
