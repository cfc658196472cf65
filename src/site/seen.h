#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace emplettes::site {

// Whoever decides, decides about what their page showed. Its forms carry a mark of it in the field
// `seen`; in the transaction of the decision the mark is made once more of what is there now. When
// they differ, nothing is decided: the answer is 409, a sentence, and the page as it is now.

// Of the parts that were shown, in their order: equal for equal ones.
std::string seen_mark(std::initializer_list<std::string_view> parts);

}  // namespace emplettes::site
