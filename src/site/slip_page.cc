#include "site/slip_page.h"

#include <array>

#include "base/json.h"
#include "orders/passing_on.h"
#include "site/contact_links.h"
#include "site/deed.h"
#include "site/error_pages.h"
#include "site/ics.h"
#include "site/offer_view.h"
#include "site/qr.h"
#include "site/reached.h"

namespace emplettes::site {
namespace {

using orders::Reservation;
using orders::Status;

constexpr std::chrono::minutes kCalendarEntry{30};
constexpr std::array kUsualSteps{Status::requested, Status::held, Status::ready, Status::collected};

std::optional<Reservation> find_slip(const Visit& visit) {
    return visit.context.database.read([&](store::Tx& tx) {
        return orders::find_reservation(tx, visit.territory().id, visit.request.parameter("code"));
    });
}

// A shop that has left the list still stands on its slips.
std::optional<catalogue::Shop> find_shop(const Visit& visit, ShopId id) {
    if (const auto* listed = visit.snapshot().find_shop(id)) return listed->shop;
    return visit.context.database.read(
        [&](store::Tx& tx) { return catalogue::find_shop(tx, visit.territory().id, id); });
}

std::string_view icon_of(Status status) {
    switch (status) {
        case Status::requested: return "clock";
        case Status::held:
        case Status::ready:
        case Status::collected: return "check";
        case Status::declined:
        case Status::expired:
        case Status::cancelled: return "cross";
    }
    return "info";
}

std::string next_text(const Say& say, const Reservation& reservation) {
    const std::string key = "slip.next_" + std::string(orders::to_string(reservation.status));
    if (reservation.status == Status::declined)
        return say.text(key, {decline_told(say, reservation.decline_reason)});
    return say.text(key);
}

web::View step_view(const Say& say, Status step, const Reservation& reservation) {
    const bool is_now = step == reservation.status;
    const bool is_done = !is_now && step < reservation.status;
    web::View view;
    view.set("step", is_now ? "now" : is_done ? "done" : "next");
    view.set("now", is_now);
    view.set("text", say.text("step." + std::string(orders::to_string(step))));
    const Instant when =
        step == Status::requested ? reservation.created_at : reservation.changed_at;
    view.set("when", is_now || step == Status::requested ? say.time(when) : std::string());
    return view;
}

std::vector<web::View> steps(const Say& say, const Reservation& reservation) {
    std::vector<web::View> steps;
    const bool is_usual = reservation.status <= Status::collected;
    if (!is_usual) {
        steps.push_back(step_view(say, Status::requested, reservation));
        steps.push_back(step_view(say, reservation.status, reservation));
        return steps;
    }
    for (const Status step : kUsualSteps) steps.push_back(step_view(say, step, reservation));
    return steps;
}

// Until when the shop is waited for, and what happens then; the neighbour may choose.
void set_asking(web::View& view, const Visit& visit, const Reservation& reservation) {
    const Say& say = visit.say;
    const orders::Asking& asking = reservation.asking;
    const bool is_asked = reservation.status == Status::requested;
    const bool is_waited_for = is_asked && asking.answer_by > visit.view.now;
    view.set("is_asked", is_asked);
    view.set("only_here", asking.only_here);
    view.set("only_here_action", visit.links.slip(reservation.code) + "/only-here");
    std::string text;
    if (is_waited_for)
        text = say.text(asking.only_here ? "slip.answer_by_only" : "slip.answer_by",
                        {say.until(asking.answer_by)});
    view.set("answer_text", text);
    view.set("came_text", asking.from.empty() ? std::string()
                                              : say.plural("slip.came_from", asking.shops_before));
}

// What may be changed of it, and why it could not be.
void set_changes(web::View& view, const Visit& visit, const Reservation& reservation) {
    const std::string slip = visit.links.slip(reservation.code);
    view.set("extend_action", reservation.is_extended ? std::string() : slip + "/extend");
    view.set("quantity_action", slip + "/quantity");
    view.set("quantity", reservation.quantity);
    const bool is_asked = reservation.status == Status::requested;
    view.set("quantity_max", is_asked ? visit.territory().quantity_max : reservation.quantity);
    view.set("has_quantity", is_asked || reservation.quantity > 1);
    view.set("collector_action", slip + "/collector");
    view.set("collector", reservation.collector);
    const std::string fault = "slip.fault_" + std::string(visit.request.query.get("fault"));
    view.set("fault", visit.language().has(fault) ? visit.say.text(fault) : std::string());
}

void set_actions(web::View& view, const Visit& visit, const Reservation& reservation,
                 const catalogue::Shop& shop) {
    const bool is_open = orders::keeps_stock(reservation.status);
    const std::string slip = visit.links.slip(reservation.code);
    view.set("events_url", slip + "/events");
    view.set("ics_url", is_open ? slip + "/calendar.ics" : std::string());
    view.set("geo_url", is_open ? geo_url(shop) : std::string());
    const bool is_refused =
        reservation.status == Status::declined || reservation.status == Status::expired;
    view.set("others_url", is_refused ? visit.links.product(reservation.product) : std::string());
    view.set("has_forms", is_open);
    if (!is_open) return;
    view.set("csrf", visit.context.csrf.token(slip_purpose(reservation.code)));
    view.set("cancel_action", slip + "/cancel");
    view.set("elsewhere_action", slip + "/elsewhere");
    set_changes(view, visit, reservation);
    const bool is_nobody = visit.request.query.get("elsewhere") == "nobody";
    view.set("elsewhere_fault",
             is_nobody ? visit.say.text("slip.elsewhere_nobody") : std::string());
}

// As a stranger's telephone needs it.
std::string whole_address(const Visit& visit, const Reservation& reservation) {
    return visit.context.origin_of(visit.territory()) + visit.links.slip(reservation.code);
}

void set_reservation(web::View& view, const Visit& visit, const Reservation& reservation,
                     const catalogue::Shop& shop) {
    const Say& say = visit.say;
    const std::string status(orders::to_string(reservation.status));
    view.set("status", status);
    view.set("status_icon", icon_of(reservation.status));
    view.set("status_text", say.text("status." + status));
    view.set("next_text", next_text(say, reservation));
    const bool is_open = orders::keeps_stock(reservation.status);
    view.set("is_open", is_open);
    view.set("until_text", is_open ? say.until(reservation.held_until) : std::string());
    view.set("code", spaced_code(reservation.pickup_code));
    view.set("title", reservation.product_title);
    const auto* product = visit.snapshot().find_product(reservation.product);
    view.set("title_lang", product ? title_lang(visit, *product) : std::string());
    view.set("product_url", visit.links.product(reservation.product));
    view.set("quantity_text", say.plural("quantity", reservation.quantity));
    view.set("shop", shop.name);
    view.set("shop_url", visit.links.shop(shop.slug));
    view.set("address", address_whole(shop));
    set_contact(view, shop);
    view.set("total", say.price(reservation.price * reservation.quantity));
    const bool is_sent = !reservation.collector.empty();
    view.set("person",
             is_sent ? say.text("slip.collector", {reservation.collector, reservation.person_name})
                     : reservation.person_name);
    view.set("lost_mails_text", find_unreachable(visit, reservation.contact)
                                    ? say.text("slip.lost_mails", {reservation.contact})
                                    : std::string());
    if (is_open)
        view.set("qr_svg", web::Html{qr_svg(whole_address(visit, reservation))});
    else
        view.set("qr_svg", false);
    view.set("steps", steps(say, reservation));
    set_asking(view, visit, reservation);
    set_actions(view, visit, reservation, shop);
}

// Where a wish has gone on to, the last shop's slip; its own code where it has not.
std::string last_code(const Visit& visit, const Reservation& reservation) {
    return visit.context.database.read(
        [&](store::Tx& tx) { return orders::last_code_of(tx, visit.territory().id, reservation); });
}

}  // namespace

std::string slip_purpose(std::string_view code) { return "slip/" + std::string(code); }
std::string slip_topic(std::string_view code) { return "reservation/" + std::string(code); }

std::string slip_event_data(std::string_view status) { return Json({{"status", status}}).dump(); }

std::string spaced_code(std::string_view code) {
    const std::size_t half = code.size() / 2;
    return std::string(code.substr(0, half)) + "\u202F" + std::string(code.substr(half));
}

std::string decline_told(const Say& say, orders::DeclineReason reason) {
    return say.text("decline_told." + std::string(orders::to_string(reason)));
}

web::Response slip_page(Visit& visit) {
    const auto reservation = find_slip(visit);
    if (!reservation) return error_page(visit, 404);
    if (!reservation->asking.to.empty())
        return web::redirect(303, visit.links.slip(last_code(visit, *reservation)));
    const auto shop = *find_shop(visit, reservation->shop);
    web::View view;
    set_reservation(view, visit, *reservation, shop);
    const auto* listed = visit.snapshot().find_shop(shop.id);
    set_open_state(view, visit, listed ? visit.view.open_now(shop.id) : catalogue::OpenNow());
    const std::string title =
        visit.say.text("slip.page_title", {spaced_code(reservation->pickup_code)});
    auto response = show(visit,
                         {.name = "slip",
                          .title = visit.say.text("title.page", {title, visit.territory_name()}),
                          .is_private = true},
                         view);
    // A request alone costs nothing; what a shop has laid aside, or handed over, is a deed.
    const auto status = reservation->status;
    if (status == orders::Status::ready || status == orders::Status::collected)
        remember_deed(visit, response, "reservation/" + reservation->code);
    return response;
}

web::Response slip_events(Visit& visit) {
    const auto reservation = find_slip(visit);
    if (!reservation) return error_page(visit, 404);
    web::Response response;
    response.content_type = "text/event-stream";
    response.event_topic = slip_topic(reservation->code);
    // The state now: it may have changed since the page was made, or while nobody listened.
    response.body =
        web::EventHub::frame(kSlipEvent, slip_event_data(orders::to_string(reservation->status)));
    return response;
}

web::Response slip_calendar(Visit& visit) {
    const auto reservation = find_slip(visit);
    if (!reservation) return error_page(visit, 404);
    const auto shop = *find_shop(visit, reservation->shop);
    web::Response response;
    response.content_type = "text/calendar; charset=utf-8";
    response.body = to_ics(
        {.uid = reservation->code + "@" + visit.request.host,
         .made_at = visit.view.now,
         .begins_at = reservation->held_until - kCalendarEntry,
         .ends_at = reservation->held_until,
         .summary = visit.say.text("ics.summary", {reservation->product_title, shop.name}),
         .location = shop.name + ", " + address_whole(shop),
         .description = visit.say.text("slip.code") + " " + spaced_code(reservation->pickup_code),
         .url = whole_address(visit, *reservation)});
    response.add_header("Content-Disposition", "attachment; filename=\"emplettes.ics\"");
    response.add_header("Cache-Control", "no-store");
    return response;
}

}  // namespace emplettes::site
