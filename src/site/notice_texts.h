#pragma once
#include "notices/mail.h"
#include "notices/notice.h"
#include "site/context.h"

namespace emplettes::site {

// The mail of a notice in its reader's language: of a reservation, texts
// notice.<status>.<audience>.* of the catalogues, filled with the notice's facts; of an account,
// see account_notices.h. An unknown territory or kind is a bug (check).
notices::Mail compose_mail(const Context& context, const notices::Notice& notice);

}  // namespace emplettes::site
