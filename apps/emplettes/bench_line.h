#pragma once
#include "base/json.h"

namespace emplettes {

// What a benchmark measured, as one line of JSON on standard output, at once.
void print_line(const Json& line);

}  // namespace emplettes
