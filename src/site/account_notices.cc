#include "site/account_notices.h"

#include "accounts/sign_in.h"

namespace emplettes::site {

notices::Mail compose_account_mail(const std::string& origin, const notices::Notice& notice,
                                   const Say& say, std::string_view territory_name) {
    const std::string url = origin + "/" + say.language().code() + "/sign-in/" +
                            notice.facts.at("token").get<std::string>();
    const std::string minutes = std::to_string(accounts::kLinkLasts.count());
    notices::Mail mail;
    mail.subject = say.text("notice.sign_in_link.subject", {territory_name});
    mail.text = say.text("notice.sign_in_link.body", {territory_name, url, minutes});
    return mail;
}

}  // namespace emplettes::site
