#pragma once
#include <string>
#include <vector>

#include "base/id.h"
#include "geo/point.h"
#include "store/tx.h"

namespace emplettes::catalogue {

struct Street {
    StreetId id;
    std::string name;
    geo::Point position;
};

std::vector<Street> load_streets(store::Tx& tx, TerritoryId territory);
void replace_streets(store::Tx& tx, TerritoryId territory, const std::vector<Street>& streets);

}  // namespace emplettes::catalogue
