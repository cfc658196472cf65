#pragma once
#include "base/json.h"

namespace emplettes {

// F11: what it takes to decide about one request, in this process, while an attacker does what
// costs most: each from another network, so that the table throws one out for every one that comes,
// and the queue is full, so that each one that comes pushes another out.
Json measure_decisions();

}  // namespace emplettes
