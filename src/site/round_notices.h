#pragma once
#include <string>

#include "notices/mail.h"
#include "notices/notice.h"
#include "site/say.h"

namespace emplettes::site {

// The mail that tells a neighbour of all that was kept for one round (orders/round.h): texts
// notice.round_kept.*. `to` and `from` are the caller's.
notices::Mail compose_round_mail(const std::string& origin, const notices::Notice& notice,
                                 const Say& say);

}  // namespace emplettes::site
