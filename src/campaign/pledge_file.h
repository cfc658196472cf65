#pragma once
#include <string_view>

#include "base/zone.h"
#include "campaign/pledge.h"

namespace emplettes::campaign {

// A pledge as its callers write it down, a file of TOML like demo/pledges/noel-ici.toml. Days are
// of `zone`; the last of them is still one. Throws std::runtime_error with a line for each problem,
// those of find_pledge_faults among them.
Pledge read_pledge(std::string_view toml, const Zone& zone);

}  // namespace emplettes::campaign
