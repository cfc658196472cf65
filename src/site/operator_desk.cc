#include "site/operator_desk.h"

#include "site/account_pages.h"
#include "site/error_pages.h"

namespace emplettes::site {

Result<AtDesk, web::Response> enter_desk(Visit& visit) {
    const auto* who = visit.signed_in();
    if (!who) return ask_to_sign_in(visit);
    // As if it were not there: nobody else has any business with it.
    if (!accounts::is_operator(who->account.grants)) return error_page(visit, 404);
    const std::string url = visit.links.bare("/operator");
    return AtDesk{.who = *who, .url = url, .purpose = url + "/" + who->session.token_sha256};
}

Result<AtDesk, web::Response> read_desk_form(Visit& visit) {
    auto at = enter_desk(visit);
    if (!at) return at;
    if (!visit.context.csrf.check_form(visit.request, at->purpose)) return error_page(visit, 403);
    return at;
}

Page desk_page(const Visit& visit, std::string_view name, int status) {
    return {.name = name,
            .title = visit.say.text("title.page",
                                    {visit.say.text("operator.title"), visit.territory_name()}),
            .is_private = true,
            .has_search = false,
            .status = status};
}

}  // namespace emplettes::site
