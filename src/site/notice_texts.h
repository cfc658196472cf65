#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "notices/mail.h"
#include "notices/notice.h"
#include "site/context.h"
#include "site/say.h"

namespace emplettes::site {

// The mail of a notice in its reader's language, plain and as HTML: of a reservation, texts
// notice.<status>.<audience>.* of the catalogues, filled with the notice's facts; of an account,
// see account_notices.h. An unknown territory or kind is a bug (check).
notices::Mail compose_mail(const Context& context, const notices::Notice& notice);

// One mail that lists several notices of reservations to one reader: what each says in its subject,
// and where it leads. At least one.
notices::Mail compose_list(const Context& context, const std::vector<notices::Notice>& notices);

// What a telephone is told of a reservation: texts text.<status> of the catalogues, with what they
// name shortened until they are one message if that can be.
std::string compose_text(const Context& context, const notices::Notice& notice);

// How a kind of notice is called on the operator's pages.
std::string kind_text(const Say& say, std::string_view kind);

}  // namespace emplettes::site
