#pragma once
#include <string_view>
#include <vector>

#include "catalogue/snapshot.h"

namespace emplettes::catalogue {

// The shops that are called so: all words are words of the name ("naturalia"), or name the trade in
// any of its languages ("pharmacie", "boulangerie", also "boulanger"). One word that is only a part
// of what a trade is called ("jouet") does not name it. Accents and case do not count. By name.
std::vector<const ListedShop*> find_named_shops(const Snapshot& snapshot, std::string_view text);

}  // namespace emplettes::catalogue
