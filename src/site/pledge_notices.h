#pragma once
#include <string>
#include <string_view>

#include "notices/mail.h"
#include "notices/notice.h"
#include "site/say.h"

namespace emplettes::site {

// Whether a notice is to somebody who signs a pledge (campaign/signature.h).
bool is_pledge_kind(std::string_view kind);

// What such a mail says: texts notice.<kind>.* of the catalogues. `to` and `from` are the caller's.
notices::Mail compose_pledge_mail(const std::string& origin, const notices::Notice& notice,
                                  const Say& say, std::string_view territory_name);

}  // namespace emplettes::site
