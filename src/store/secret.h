#pragma once
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/random.h"
#include "store/tx.h"

namespace emplettes::store {

// The secret `name` of a territory (the key that signs its forms, say): 32 random bytes as a URL
// token, made and kept the first time it is asked for, then always the same.
std::string load_secret(Tx& tx, TerritoryId territory, std::string_view name, Random& random);

}  // namespace emplettes::store
