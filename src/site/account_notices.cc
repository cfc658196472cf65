#include "site/account_notices.h"

#include "accounts/sign_in.h"
#include "base/check.h"
#include "orders/contact_proof.h"
#include "territory/deciding.h"
#include "territory/held_feed.h"
#include "territory/proving.h"
#include "territory/stock_reminder.h"
#include "territory/team.h"

namespace emplettes::site {
namespace {

// The key of its texts, and what stands behind {1} to {4} in them.
struct Wording {
    std::string key;
    std::string a, b, c, d;
};

Wording wording_of(const std::string& site, const notices::Notice& notice, const Say& say,
                   const std::string& territory_name) {
    const auto fact = [&](const char* name) { return notice.facts.value(name, std::string()); };
    if (notice.kind == kSignInLinkKind)
        return {.key = notice.kind,
                .a = territory_name,
                .b = site + "/sign-in/" + fact("token"),
                .c = std::to_string(accounts::kLinkLasts.count())};
    if (notice.kind == orders::kContactCodeKind)
        return {.key = notice.kind,
                .a = territory_name,
                .b = fact("code"),
                .c = std::to_string(notice.facts.at("minutes").get<std::int64_t>())};
    if (notice.kind == territory::kClaimProofKind)
        return {.key = notice.kind,
                .a = fact("shop"),
                .b = fact("claimant"),
                .c = site + "/claims/" + fact("token"),
                .d = std::to_string(territory::kProofLinkLasts.count())};
    if (notice.kind == territory::kClaimDecidedKind) {
        const bool is_open = fact("status") == "approved";
        return {.key = notice.kind + "." + fact("status"),
                .a = fact("shop"),
                .b = site +
                     (is_open ? "/counter/" + fact("slug") : "/shops/" + fact("slug") + "/claim"),
                .c = fact("reason")};
    }
    if (notice.kind == territory::kStockReminderKind)
        return {.key = notice.kind,
                .a = fact("shop"),
                .b = say.plural("notice.stock_reminder.count",
                                notice.facts.at("to_check").get<std::int64_t>()),
                .c = site + "/counter/" + fact("slug") + "/still-true"};
    if (notice.kind == territory::kFeedHeldKind)
        return {.key = notice.kind,
                .a = fact("shop"),
                .b = fact("source"),
                .c = site + "/counter/" + fact("slug") + "/imports/" +
                     std::to_string(notice.facts.at("import").get<std::int64_t>())};
    check(notice.kind == territory::kStaffInvitedKind);
    return {.key = notice.kind,
            .a = fact("shop"),
            .b = fact("by"),
            .c = site + "/sign-in?return_to=/" + site.substr(site.rfind('/') + 1) + "/counter"};
}

}  // namespace

bool is_account_kind(std::string_view kind) {
    return kind == kSignInLinkKind || kind == orders::kContactCodeKind ||
           kind == territory::kClaimProofKind || kind == territory::kClaimDecidedKind ||
           kind == territory::kStaffInvitedKind || kind == territory::kStockReminderKind ||
           kind == territory::kFeedHeldKind;
}

notices::Mail compose_account_mail(const std::string& origin, const notices::Notice& notice,
                                   const Say& say, std::string_view territory_name) {
    const std::string site = origin + "/" + say.language().code();
    const Wording w = wording_of(site, notice, say, std::string(territory_name));
    notices::Mail mail;
    mail.subject = say.text("notice." + w.key + ".subject", {w.a, w.b});
    mail.text = say.text("notice." + w.key + ".body", {w.a, w.b, w.c, w.d});
    return mail;
}

}  // namespace emplettes::site
