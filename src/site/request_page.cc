#include <algorithm>

#include "base/text.h"
#include "catalogue/shop_record.h"
#include "orders/answer_code.h"
#include "orders/contact.h"
#include "orders/message.h"
#include "site/contact_links.h"
#include "site/desk.h"
#include "site/error_pages.h"
#include "site/keeper_pages.h"
#include "site/qr.h"
#include "site/slip_page.h"

namespace emplettes::site {
namespace {

using orders::Reservation;
using orders::Status;

struct OneRequest {
    const Desk& desk;
    Reservation reservation;
    std::string typed;  // a message that could not be sent
    std::string fault;
};

std::optional<Reservation> find_here(const Visit& visit, const Desk& desk) {
    auto found = visit.context.database.read([&](store::Tx& tx) {
        return orders::find_reservation(tx, visit.territory().id, visit.request.parameter("code"));
    });
    return found && found->shop == desk.shop.id ? found : std::nullopt;
}

std::string url_of(const OneRequest& one) { return one.desk.forms + "/" + one.reservation.code; }

// Somebody who asked for a while ago and is served or refused needs no more words.
bool can_write(const OneRequest& one, const Visit& visit) {
    const bool is_recent = visit.view.now - one.reservation.changed_at <= orders::kMessageAfterEnd;
    return orders::keeps_stock(one.reservation.status) || is_recent;
}

void set_facts_of(web::View& view, const Visit& visit, const OneRequest& one) {
    const Say& say = visit.say;
    const Reservation& reservation = one.reservation;
    const std::string status(orders::to_string(reservation.status));
    view.set("title", reservation.product_title);
    view.set("quantity_text", say.plural("quantity", reservation.quantity));
    view.set("total", say.price(reservation.price * reservation.quantity));
    view.set("person",
             reservation.collector.empty()
                 ? reservation.person_name
                 : say.text("slip.collector", {reservation.collector, reservation.person_name}));
    view.set("code", spaced_code(reservation.pickup_code));
    view.set("is_open", orders::keeps_stock(reservation.status));
    view.set("until_text", say.text("requests.until", {say.until(reservation.held_until)}));
    view.set("state_text", say.text("step." + status));
}

// The buttons of an answer; the one that the mail's link was about comes first and large.
std::vector<web::View> answers(const Visit& visit, const OneRequest& one) {
    std::vector<web::View> list;
    if (one.reservation.status != Status::requested) return list;
    const auto add = [&](std::string_view step, std::string_view key, std::string_view reason) {
        web::View answer;
        answer.set("action", url_of(one) + "/" + std::string(step));
        answer.set("label", visit.say.text(key));
        answer.set("reason", std::string(reason));
        answer.set("quantity", one.reservation.quantity);
        answer.set("what", one.reservation.product_title + ", " + one.reservation.person_name);
        answer.set("icon", step == "held" ? "check" : "cross");
        list.push_back(std::move(answer));
    };
    add("held", "requests.keep", "");
    add("declined", "requests.gone", "sold_out");
    if (visit.request.query.get("do") == "declined") std::swap(list[0], list[1]);
    list[0].set("quiet", false);
    list[1].set("quiet", true);
    return list;
}

void set_messages(web::View& view, const Visit& visit, const OneRequest& one) {
    const auto messages = visit.context.database.read([&](store::Tx& tx) {
        return catalogue::load_messages(tx, visit.territory().id, one.reservation.code,
                                        orders::kMessagesPerRequestMax);
    });
    std::vector<web::View> list;
    for (const catalogue::ShopMessage& message : messages) {
        web::View item;
        item.set("text", message.text).set("when", visit.say.age(message.created_at));
        list.push_back(std::move(item));
    }
    view.set("has_messages", !list.empty());
    view.set("messages", std::move(list));
    const std::string& contact = one.reservation.contact;
    const bool is_mailed = orders::is_mail_address(contact);
    const bool is_open = can_write(one, visit) && !contact.empty();
    view.set("write_action", is_open && is_mailed ? url_of(one) + "/message" : std::string());
    view.set("message_max", static_cast<std::int64_t>(orders::kMessageLengthMax));
    view.set("typed", one.typed);
    view.set("fault", one.fault);
    view.set("call", is_open && !is_mailed ? contact : std::string());
    view.set("call_url", is_open && !is_mailed ? contact_url(contact) : std::string());
    view.set("reply_text",
             visit.say.text(one.desk.shop.email.empty() ? "keeper.reply_none" : "keeper.reply_mail",
                            {one.desk.shop.email}));
}

web::Response show_one(Visit& visit, const OneRequest& one) {
    web::View view;
    set_facts_of(view, visit, one);
    set_messages(view, visit, one);
    auto list = answers(visit, one);
    const Status status = one.reservation.status;
    const bool is_kept = status == Status::held || status == Status::ready;
    view.set("some_action",
             is_kept && one.reservation.quantity > 1 ? url_of(one) + "/collected" : std::string());
    view.set("quantity", one.reservation.quantity);
    view.set("has_answers", !list.empty());
    view.set("answers", std::move(list));
    view.set("csrf", visit.context.csrf.token(one.desk.purpose));
    view.set("shop", one.desk.shop.name);
    view.set("back_url", one.desk.url);
    view.set("slip_url", url_of(one) + "/slip");
    view.set("message", visit.request.query.get("sent").empty()
                            ? std::string()
                            : visit.say.text("keeper.message_sent", {one.reservation.person_name}));
    if (one.desk.at)
        set_counter_bar(view, visit, *one.desk.at, CounterPart::requests);
    else
        view.set("counter", false);
    return show(visit,
                {.name = "request",
                 .title = visit.say.text("keeper.request_title", {one.reservation.product_title}),
                 .is_private = true,
                 .has_search = false,
                 .status = one.fault.empty() ? 200 : 422},
                view);
}

std::string_view message_fault(orders::MessageError error) {
    using orders::MessageError;
    switch (error) {
        case MessageError::unknown_code: return "unknown_code";
        case MessageError::text_missing: return "text_missing";
        case MessageError::text_too_long: return "text_too_long";
        case MessageError::text_not_valid: return "text_not_valid";
        case MessageError::no_mail_address: return "no_mail_address";
        case MessageError::too_many: return "too_many";
        case MessageError::too_late: break;
    }
    return "too_late";
}

}  // namespace

web::Response request_page(Visit& visit) {
    const auto desk = open_desk(visit);
    if (!desk) return desk.error();
    auto reservation = find_here(visit, *desk);
    if (!reservation) return error_page(visit, 404);
    return show_one(visit, {.desk = *desk, .reservation = std::move(*reservation)});
}

web::Response send_request_message(Visit& visit) {
    const auto desk = open_desk(visit);
    if (!desk) return desk.error();
    const auto form = visit.context.csrf.check_form(visit.request, desk->purpose);
    if (!form) return error_page(visit, 403);
    std::string text(trim(form->get("text")));
    std::erase(text, '\r');
    const auto sent = visit.context.database.write([&](store::Tx& tx) {
        return orders::send_message(tx, visit.territory().id,
                                    {.shop = desk->shop.id,
                                     .code = std::string(visit.request.parameter("code")),
                                     .text = text},
                                    visit.context.ids, visit.view.now);
    });
    if (sent) return web::redirect(303, desk->forms + "/" + sent->code + "?sent=1");
    auto reservation = find_here(visit, *desk);
    if (!reservation) return error_page(visit, 404);
    const std::string fault =
        visit.say.text("keeper.message_" + std::string(message_fault(sent.error())));
    return show_one(
        visit,
        {.desk = *desk, .reservation = std::move(*reservation), .typed = text, .fault = fault});
}

web::Response printed_request(Visit& visit) {
    const auto desk = open_desk(visit);
    if (!desk) return desk.error();
    const auto reservation = find_here(visit, *desk);
    if (!reservation) return error_page(visit, 404);
    const OneRequest one{.desk = *desk, .reservation = *reservation};
    web::View view;
    set_facts_of(view, visit, one);
    view.set("shop", desk->shop.name);
    view.set("asked_text", visit.say.date(reservation->created_at) + ", " +
                               visit.say.time(reservation->created_at));
    view.set("contact", reservation->contact);
    const bool is_asked = reservation->status == Status::requested;
    view.set("yes_code", is_asked ? orders::answer_code(*reservation, true) : std::string());
    view.set("no_code", is_asked ? orders::answer_code(*reservation, false) : std::string());
    // The page without an account: the slip lies where only the shop's people see it.
    const std::string address =
        visit.context.origin_of(visit.territory()) +
        visit.links.bare("/requests/" + desk->shop.secret + "/" + reservation->code);
    view.set("qr_svg", web::Html{qr_svg(address)});
    view.set("back_url", url_of(one));
    view.set("counter", false);
    return show(visit,
                {.name = "printed_request",
                 .title = visit.say.text("keeper.request_title", {reservation->product_title}),
                 .is_private = true,
                 .has_search = false},
                view);
}

}  // namespace emplettes::site
