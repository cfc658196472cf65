#pragma once
#include <string>
#include <vector>

#include "base/id.h"
#include "store/tx.h"

namespace emplettes::campaign {

// What contradicts itself in what is kept of pledges, a sentence each: the sum of the ledger is
// what is shown, it is as many signatures as there are, and nobody touched the log. Empty: nothing.
std::vector<std::string> find_contradictions(store::Tx& tx, TerritoryId territory);

}  // namespace emplettes::campaign
