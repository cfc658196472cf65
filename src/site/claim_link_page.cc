#include "catalogue/shop.h"
#include "site/account_pages.h"
#include "site/error_pages.h"
#include "site/offer_view.h"
#include "territory/deciding.h"
#include "territory/proving.h"

namespace emplettes::site {
namespace {

std::string claim_link_purpose(std::string_view token) { return "claims/" + std::string(token); }

Page claim_link_named(const Visit& visit, std::string_view name, int status) {
    return {.name = name,
            .title = visit.say.text("title.page",
                                    {visit.say.text("claim.link_title"), visit.territory_name()}),
            .is_private = true,
            .has_search = false,
            .status = status};
}

web::Response show_answered(Visit& visit, std::string_view key, int status) {
    web::View view;
    view.set("heading", visit.say.text("claim.link_title"));
    view.set("answer_text", visit.say.text(key));
    view.set("good", status == 200);
    return show(visit, claim_link_named(visit, "claim_answered", status), view);
}

}  // namespace

web::Response claim_link_page(Visit& visit) {
    const std::string_view token = visit.request.parameter("token");
    const TerritoryId here = visit.territory().id;
    struct Asked {
        std::optional<catalogue::Shop> shop;
        std::optional<accounts::Account> claimant;
    };
    const auto asked = visit.context.database.read([&](store::Tx& tx) -> Asked {
        const auto claim = territory::find_asked_claim(tx, here, token, visit.view.now);
        if (!claim) return {};
        return {.shop = catalogue::find_shop(tx, here, claim->shop),
                .claimant = accounts::find_account(tx, here, claim->account)};
    });
    if (!asked.shop || !asked.claimant) return show_answered(visit, "claim.link_dead", 410);
    web::View view;
    view.set("action", visit.links.bare("/claims/" + std::string(token)));
    view.set("csrf", visit.context.csrf.token(claim_link_purpose(token)));
    view.set("shop", asked.shop->name);
    view.set("address", address_whole(*asked.shop));
    view.set("who_text",
             visit.say.text("claim.link_who", {asked.claimant->email, asked.shop->name}));
    return show(visit, claim_link_named(visit, "claim_link", 200), view);
}

web::Response answer_claim_link(Visit& visit) {
    const std::string token(visit.request.parameter("token"));
    const auto form = visit.context.csrf.check_form(visit.request, claim_link_purpose(token));
    if (!form) return error_page(visit, 403);
    const bool is_right = form->get("answer") == "yes";
    const auto answered = visit.context.database.write([&](store::Tx& tx) {
        auto claim = territory::answer_proof_link(
            tx, visit.territory().id,
            {.token = token, .is_right = is_right, .reason = visit.say.text("claim.reason_denied")},
            visit.view.now);
        if (claim)
            territory::tell_claimant(tx, visit.territory().id, *claim, visit.context.ids,
                                     visit.view.now);
        return claim;
    });
    if (!answered) return show_answered(visit, "claim.link_dead", 410);
    return show_answered(visit, is_right ? "claim.link_yes_done" : "claim.link_no_done", 200);
}

}  // namespace emplettes::site
