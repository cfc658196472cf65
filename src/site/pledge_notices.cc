#include "site/pledge_notices.h"

#include "campaign/signature.h"

namespace emplettes::site {
namespace {

// Whose link leads to all that a mailbox has signed.
bool leads_to_list(std::string_view kind) {
    return kind == campaign::kSignedListKind || kind == campaign::kSignedBeforeKind;
}

}  // namespace

bool is_pledge_kind(std::string_view kind) {
    return kind == campaign::kSignLinkKind || kind == campaign::kSignedKind || leads_to_list(kind);
}

notices::Mail compose_pledge_mail(const std::string& origin, const notices::Notice& notice,
                                  const Say& say, std::string_view territory_name) {
    const auto fact = [&](const char* name) { return notice.facts.value(name, std::string()); };
    const std::string pledges = origin + "/" + say.language().code() + "/pledges/";
    const std::string url = leads_to_list(notice.kind)
                                ? pledges + "mine/" + fact("token")
                                : pledges + fact("slug") + "/signatures/" + fact("token");
    const std::string days = std::to_string(campaign::kSignLinkLasts.count());
    notices::Mail mail;
    mail.subject = say.text("notice." + notice.kind + ".subject", {fact("pledge"), territory_name});
    mail.text = say.text("notice." + notice.kind + ".body",
                         {fact("pledge"), territory_name, fact("name"), url, days});
    return mail;
}

}  // namespace emplettes::site
