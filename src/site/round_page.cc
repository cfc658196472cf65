#include "site/round_page.h"

#include <algorithm>

#include "orders/round.h"
#include "orders/step.h"
#include "site/error_pages.h"
#include "site/ics.h"
#include "site/offer_view.h"
#include "site/reached.h"
#include "site/round_walk.h"
#include "site/slip_page.h"

namespace emplettes::site {
namespace {

using orders::Reservation;

std::string round_purpose(std::string_view code) { return "round/" + std::string(code); }

// A round with the shops where something of it still waits.
struct Round {
    std::string code;
    std::vector<Reservation> reservations;
    RoundWalk walk;
};

std::vector<Reservation> find_reservations(const Visit& visit) {
    return visit.context.database.read([&](store::Tx& tx) {
        return orders::find_round(tx, visit.territory().id, visit.request.parameter("code"));
    });
}

std::optional<Round> find_round(const Visit& visit) {
    auto reservations = find_reservations(visit);
    if (reservations.empty()) return std::nullopt;
    auto shops = shops_of_round(visit, reservations);
    return Round{.code = std::string(visit.request.parameter("code")),
                 .reservations = std::move(reservations),
                 .walk = plan_walk(visit, std::move(shops), asked_departure(visit))};
}

std::string round_url(const Visit& visit, const std::string& code, const std::string& rest = {}) {
    return visit.links.page("/rounds/" + code + rest,
                            {{"leave", std::string(visit.request.query.get("leave"))}});
}

std::string shop_name(const Visit& visit, const Round& round, const Reservation& reservation) {
    for (const RoundShop& one : round.walk.shops)
        if (one.shop.id == reservation.shop) return one.shop.name;
    const auto* listed = visit.snapshot().find_shop(reservation.shop);
    return listed == nullptr ? std::string() : listed->shop.name;
}

web::View item_view(const Visit& visit, const Round& round, const Reservation& reservation) {
    const Say& say = visit.say;
    const bool is_open = orders::keeps_stock(reservation.status);
    const std::string status(orders::to_string(reservation.status));
    web::View view;
    view.set("status", status);
    view.set("status_text", say.text("status." + status));
    view.set("code", is_open ? spaced_code(reservation.pickup_code) : std::string());
    view.set("title", reservation.product_title);
    const auto* product = visit.snapshot().find_product(reservation.product);
    view.set("title_lang", product ? title_lang(visit, *product) : std::string());
    view.set("quantity_text", say.plural("quantity", reservation.quantity));
    view.set("shop", shop_name(visit, round, reservation));
    view.set("price", say.price(reservation.price * reservation.quantity));
    view.set("until_text", is_open ? say.text("round.aside", {say.until(reservation.held_until)})
                                   : std::string());
    view.set("slip_url", visit.links.slip(reservation.code));
    view.set("ics_url", is_open
                            ? round_url(visit, round.code, "/" + reservation.code + "/calendar.ics")
                            : std::string());
    return view;
}

// In the order of the walk; then what is not on it.
std::vector<Reservation> in_order(const Round& round) {
    const auto rank = [&](const Reservation& reservation) {
        const auto& calls = round.walk.plan.calls;
        const auto call = std::ranges::find_if(calls, [&](const orders::RoundCall& one) {
            return round.walk.shops[one.stop].shop.id == reservation.shop;
        });
        return std::pair(!orders::keeps_stock(reservation.status), call - calls.begin());
    };
    auto ordered = round.reservations;
    std::ranges::stable_sort(ordered, {}, rank);
    return ordered;
}

void set_items(web::View& view, const Visit& visit, const Round& round) {
    std::vector<web::View> items;
    Money total;
    std::int64_t open = 0;
    for (const Reservation& reservation : in_order(round)) {
        items.push_back(item_view(visit, round, reservation));
        if (!orders::keeps_stock(reservation.status)) continue;
        ++open;
        total = total + reservation.price * reservation.quantity;
    }
    view.set("items", std::move(items));
    view.set("is_open", open > 0);
    view.set("open_text", visit.say.plural("round.open", open));
    view.set("total", visit.say.price(total));
}

}  // namespace

web::Response round_page(Visit& visit) {
    const auto round = find_round(visit);
    if (!round) return error_page(visit, 404);
    const Reservation& first = round->reservations.front();
    web::View view;
    set_items(view, visit, *round);
    view.set("person", first.person_name);
    view.set("lost_mails_text", find_unreachable(visit, first.contact)
                                    ? visit.say.text("slip.lost_mails", {first.contact})
                                    : std::string());
    view.set("csrf", visit.context.csrf.token(round_purpose(round->code)));
    view.set("cancel_action", round_url(visit, round->code, "/cancel"));
    view.set("refresh_url", round_url(visit, round->code));
    set_walk(view, visit, round->walk, visit.links.bare("/rounds/" + round->code));
    return show(visit,
                {.name = "round",
                 .title = visit.say.text("title.page",
                                         {visit.say.text("round.title"), visit.territory_name()}),
                 .is_private = true},
                view);
}

web::Response cancel_round(Visit& visit) {
    const std::string code(visit.request.parameter("code"));
    const auto form = visit.context.csrf.check_form(visit.request, round_purpose(code));
    if (!form) return error_page(visit, 403);
    const auto reservations = find_reservations(visit);
    if (reservations.empty()) return error_page(visit, 404);
    // Each by itself: what a shop has handed over meanwhile does not keep the rest.
    for (const Reservation& reservation : reservations)
        if (orders::keeps_stock(reservation.status))
            (void)visit.context.database.write([&](store::Tx& tx) {
                return orders::take_step(tx, visit.territory().id,
                                         {.code = reservation.code, .step = orders::Step::cancel},
                                         visit.context.ids, visit.view.now);
            });
    return web::redirect(303, round_url(visit, code));
}

web::Response round_stop_calendar(Visit& visit) {
    const auto round = find_round(visit);
    if (!round) return error_page(visit, 404);
    const auto& reservations = round->reservations;
    const auto reservation =
        std::ranges::find(reservations, visit.request.parameter("slip"), &Reservation::code);
    if (reservation == reservations.end()) return error_page(visit, 404);
    const auto& calls = round->walk.plan.calls;
    const auto call = std::ranges::find_if(calls, [&](const orders::RoundCall& one) {
        return round->walk.shops[one.stop].shop.id == reservation->shop;
    });
    // Not on the walk: its own slip has a calendar entry, too.
    if (call == calls.end())
        return web::redirect(303, visit.links.slip(reservation->code) + "/calendar.ics");
    const catalogue::Shop& shop = round->walk.shops[call->stop].shop;
    web::Response response;
    response.content_type = "text/calendar; charset=utf-8";
    response.body = to_ics(
        {.uid = reservation->code + "@" + visit.request.host,
         .made_at = visit.view.now,
         .begins_at = call->enters_at,
         .ends_at = call->leaves_at,
         .summary = visit.say.text("ics.summary", {reservation->product_title, shop.name}),
         .location = shop.name + ", " + address_whole(shop),
         .description = visit.say.text("slip.code") + " " + spaced_code(reservation->pickup_code),
         .url = visit.context.origin_of(visit.territory()) + visit.links.slip(reservation->code)});
    response.add_header("Content-Disposition", "attachment; filename=\"emplettes.ics\"");
    response.add_header("Cache-Control", "no-store");
    return response;
}

}  // namespace emplettes::site
