#pragma once
#include <string>
#include <string_view>

namespace emplettes::notices {

// The same mail for programs that show HTML: the same words in the same order, paragraphs as
// paragraphs, addresses of pages as links. No picture, no script, nothing that is fetched: who
// opens it tells nobody. `language` is a code like "fr".
std::string html_of(std::string_view subject, std::string_view text, std::string_view language);

}  // namespace emplettes::notices
