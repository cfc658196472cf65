#pragma once
#include "notices/mail.h"
#include "notices/notice.h"
#include "site/context.h"

namespace emplettes::site {

// The mail of a notice in its reader's language: texts notice.<status>.<audience>.* of the
// catalogues, filled with the notice's facts. An unknown territory or kind is a bug (check).
notices::Mail compose_mail(const Context& context, const notices::Notice& notice);

}  // namespace emplettes::site
