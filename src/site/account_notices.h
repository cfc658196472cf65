#pragma once
#include <string>
#include <string_view>

#include "notices/mail.h"
#include "notices/notice.h"
#include "site/say.h"

namespace emplettes::site {

// Facts: token.
inline constexpr std::string_view kSignInLinkKind = "sign_in_link";

// Whether a notice is about accounts: links that sign in, claims of shops, invitations,
// stock to be checked, feeds that wait.
bool is_account_kind(std::string_view kind);

// What a mail about an account says: texts notice.<kind>.* of the catalogues. `to` and `from` are
// the caller's.
notices::Mail compose_account_mail(const std::string& origin, const notices::Notice& notice,
                                   const Say& say, std::string_view territory_name);

}  // namespace emplettes::site
