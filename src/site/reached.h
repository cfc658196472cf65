#pragma once
#include <optional>
#include <string>

#include "notices/unreachable.h"
#include "site/visit.h"

namespace emplettes::site {

// How somebody who left this contact hears of what happens: a telephone only where text messages
// are sent, a mail address as long as mails do not come back from there.
enum class Reached { by_mail, by_text, by_nobody };
Reached how_reached(const Visit& visit, const std::string& contact);

// What is known against a mail address; none, too, for what is no mail address.
std::optional<notices::Unreachable> find_unreachable(const Visit& visit,
                                                     const std::string& address);

}  // namespace emplettes::site
