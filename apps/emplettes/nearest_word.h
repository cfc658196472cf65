#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace emplettes {

// The word that somebody may have meant: the first with the fewest letters changed, added, left out
// or swapped with their neighbour; empty when all differ by more than a third of their letters and
// more than two.
std::string nearest_word(std::string_view typed, const std::vector<std::string>& words);

}  // namespace emplettes
