#include "base/mail_address.h"
#include "base/text.h"
#include "site/counter.h"
#include "site/counter_pages.h"
#include "site/error_pages.h"
#include "territory/team.h"

namespace emplettes::site {
namespace {

struct TeamSaid {
    std::string email;
    std::string error;
};

std::string team_error_text(const Say& say, territory::TeamError error) {
    using enum territory::TeamError;
    switch (error) {
        case too_many_people:
            return say.text("team.too_many", {std::to_string(accounts::kPeopleOfShopMax)});
        case is_shopkeeper: return say.text("team.is_shopkeeper");
        case unknown_person: return say.text("team.unknown");
    }
    return {};
}

// The counter, for who may manage it.
Result<AtCounter, web::Response> enter_team(Visit& visit) {
    auto at = enter_counter(visit);
    if (!at) return at;
    if (!accounts::may_manage(at->role)) return error_page(visit, 404);
    return at;
}

std::vector<web::View> people_views(const Visit& visit, const AtCounter& at) {
    const auto people = visit.context.database.read([&](store::Tx& tx) {
        return accounts::load_people_of_shop(tx, visit.territory().id, at.shop.id);
    });
    std::vector<web::View> views;
    for (const accounts::Account& person : people) {
        const bool is_keeper =
            std::ranges::find(person.grants, accounts::Grant{.role = accounts::Role::shopkeeper,
                                                             .shop = at.shop.id}) !=
            person.grants.end();
        web::View view;
        view.set("email", person.email);
        view.set("role", visit.say.text(is_keeper ? "role.shopkeeper" : "role.staff"));
        view.set("remove_action",
                 is_keeper ? std::string()
                           : at.url + "/team/" + std::to_string(person.id.value) + "/remove");
        views.push_back(std::move(view));
    }
    return views;
}

web::Response show_team(Visit& visit, const AtCounter& at, const TeamSaid& said) {
    const std::string_view done = visit.request.query.get("done");
    const bool is_done = done == "invited" || done == "removed";
    web::View view;
    view.set("message", is_done ? visit.say.text("team.did_" + std::string(done)) : std::string());
    view.set("people", people_views(visit, at));
    view.set("invite_action", at.url + "/team");
    view.set("email", said.email);
    view.set("email_error", said.error);
    return show_counter_page(visit, at,
                             {.part = CounterPart::more,
                              .name = "team",
                              .title = visit.say.text("team.title"),
                              .status = said.error.empty() ? 200 : 422},
                             view);
}

}  // namespace

web::Response team_page(Visit& visit) {
    const auto at = enter_team(visit);
    if (!at) return at.error();
    return show_team(visit, *at, {});
}

web::Response invite_to_team(Visit& visit) {
    const auto at = enter_team(visit);
    if (!at) return at.error();
    const auto form = read_counter_form(visit, *at);
    if (!form) return form.error();
    const std::string typed(utf8_prefix(form->get("email"), kMailAddressLengthMax));
    const auto email = parse_mail_address(typed);
    if (!email)
        return show_team(visit, *at,
                         {.email = typed, .error = visit.say.text("sign_in.no_address")});
    const auto invited = visit.context.database.write([&](store::Tx& tx) {
        return territory::invite_staff(tx, visit.territory().id,
                                       {.shop = at->shop.id,
                                        .shop_name = at->shop.name,
                                        .email = *email,
                                        .by = at->who.account},
                                       visit.context.ids, visit.view.now);
    });
    if (!invited)
        return show_team(visit, *at,
                         {.email = typed, .error = team_error_text(visit.say, invited.error())});
    return web::redirect(303, at->url + "/team?done=invited");
}

web::Response remove_from_team(Visit& visit) {
    const auto at = enter_team(visit);
    if (!at) return at.error();
    const auto form = read_counter_form(visit, *at);
    if (!form) return form.error();
    const auto id = parse_int(visit.request.parameter("id"));
    if (!id) return error_page(visit, 404);
    const auto removed = visit.context.database.write([&](store::Tx& tx) {
        return territory::remove_staff(tx, visit.territory().id, at->shop.id, AccountId{*id},
                                       visit.context.random);
    });
    if (!removed)
        return show_team(visit, *at, {.error = team_error_text(visit.say, removed.error())});
    return web::redirect(303, at->url + "/team?done=removed");
}

}  // namespace emplettes::site
