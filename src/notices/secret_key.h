#pragma once
#include <array>

namespace emplettes::notices {

// The installation's own, the same on all nodes. What it signs or seals here is bound to its
// purpose, so it may serve for other things elsewhere.
using SecretKey = std::array<unsigned char, 32>;

}  // namespace emplettes::notices
