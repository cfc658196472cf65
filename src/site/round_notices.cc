#include "site/round_notices.h"

#include "base/json.h"
#include "site/links.h"
#include "site/slip_page.h"

namespace emplettes::site {
namespace {

// "1 × Bougie, chez Hamy, jusqu’à demain : code 48 21, à confirmer"
std::string item_text(const Say& say, const Json& item) {
    const auto text = [&](const char* name) { return item.at(name).get<std::string>(); };
    const std::int64_t quantity = item.at("quantity").get<std::int64_t>();
    const std::string what = say.text("notice.item", {std::to_string(quantity), text("product")});
    return say.text("notice.round_kept.item_" + text("status"),
                    {what, text("shop"), text("street"), spaced_code(text("pickup_code")),
                     say.until(instant_from_unix(item.at("held_until").get<std::int64_t>()))});
}

}  // namespace

notices::Mail compose_round_mail(const std::string& origin, const notices::Notice& notice,
                                 const Say& say) {
    const Json& items = notice.facts.at("items");
    std::string list;
    for (const Json& item : items) list += (list.empty() ? "" : "\n") + item_text(say, item);
    const Links links(say.language().code(), Where());
    const std::string url =
        origin + links.bare("/rounds/" + notice.facts.at("round").get<std::string>());
    notices::Mail mail;
    mail.subject = say.plural("notice.round_kept.subject", std::ssize(items));
    mail.text = say.text("notice.round_kept.body",
                         {notice.facts.at("person").get<std::string>(), list, url});
    return mail;
}

}  // namespace emplettes::site
