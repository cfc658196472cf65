#pragma once
#include <span>
#include <string>
#include <string_view>

namespace emplettes::search {

// A word asked for and the one that may have been meant; what was asked is folded (fold.h).
struct Meant {
    std::string asked;
    std::string word;
};

// The text with the words meant in the place of those asked, everything else as it is; empty when
// none of them is found in it.
std::string with_words_meant(std::string_view text, std::span<const Meant> meant);

// How a title writes a folded word, in lower case: "écharpe" for "echarpe". Empty when the title
// does not have it, or only with a capital that is not of ASCII.
std::string as_written(std::string_view title, std::string_view word);

}  // namespace emplettes::search
