#pragma once
#include <string>
#include <string_view>

namespace emplettes::search {

// The number-free form of a folded word: "velos" and "velo" give "velo", "journaux" "journal",
// "boxes" and "box" "box". Only plural marks go, French and English; families of words stay apart
// ("porte" is not "porter"). The result need not be a word ("tapis" gives "tapi"): it only names
// the class, and is its own class. Words under four letters and words with a digit are their own
// class.
std::string without_plural(std::string_view word);

}  // namespace emplettes::search
