#pragma once
#include <string>

#include "base/money.h"

namespace emplettes {

// "12.90", "-0.05", whatever the reader's language: for files, programs and logs.
std::string in_decimals(Money amount);

}  // namespace emplettes
