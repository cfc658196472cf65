#include "site/counter_pages.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "catalogue/news.h"
#include "orders/answer_code.h"
#include "orders/contact.h"
#include "orders/step.h"
#include "site/contact_links.h"
#include "site/desk.h"
#include "site/error_pages.h"
#include "site/offer_view.h"
#include "site/reached.h"
#include "site/slip_page.h"

namespace emplettes::site {
namespace {

using orders::DeclineReason;
using orders::Reservation;
using orders::Status;
using orders::Step;

constexpr std::int64_t kReservationsMax = 200;
constexpr std::array kOtherReasons{DeclineReason::damaged, DeclineReason::wrong_price,
                                   DeclineReason::closing, DeclineReason::other};
constexpr std::array kHoldChoices{0, 1, 2, 3, 7};
constexpr std::string_view kUndo = "undo";  // a step's word in addresses, beside the statuses'

// What the page says about the tap that led to it.
struct Message {
    std::string text;
    bool is_warning = false;
    std::string call;         // the neighbour's telephone, when nobody else tells them
    std::string undo_action;  // where it can be taken back
};

// What is shown of one shop, read at one moment.
struct Counter {
    const Visit& visit;
    const Desk& desk;
    std::vector<Reservation> reservations;
    Message message;
    std::string typed_code;
    std::string code_error;
    int status = 200;
};

std::vector<const Reservation*> with_status(const Counter& counter, Status status) {
    std::vector<const Reservation*> found;
    for (const auto& reservation : counter.reservations)
        if (reservation.status == status) found.push_back(&reservation);
    return found;
}

// Those without an answer, the oldest first; but before them the one whose mail led here.
std::vector<const Reservation*> waiting(const Counter& counter) {
    auto found = with_status(counter, Status::requested);
    const std::string_view next = counter.visit.request.query.get("next");
    std::ranges::stable_partition(
        found, [&](const Reservation* reservation) { return reservation->code == next; });
    return found;
}

std::string action_url(const Counter& counter, const Reservation& reservation,
                       std::string_view step) {
    return counter.desk.forms + "/" + reservation.code + "/" + std::string(step);
}

// Where one request is written about and printed.
std::string one_url(const Counter& counter, const Reservation& reservation) {
    return counter.desk.forms + "/" + reservation.code;
}

// What tells one button from those with the same word, for who hears the page.
std::string what_for_whom(const Reservation& reservation) {
    return reservation.product_title + ", " + reservation.person_name;
}

// What an answer is about: while nobody has answered, the neighbour may ask for more.
std::string seen_quantity(const Reservation& reservation) {
    return reservation.status == Status::requested ? std::to_string(reservation.quantity) : "";
}

web::View action_view(const Counter& counter, const Reservation& reservation, Status to,
                      std::string_view label) {
    const bool is_decline = to == Status::declined;
    web::View view;
    view.set("label", counter.visit.say.text(label));
    view.set("action", action_url(counter, reservation, orders::to_string(to)));
    view.set("what", what_for_whom(reservation));
    view.set("quiet",
             is_decline || (to == Status::collected && reservation.status == Status::held));
    view.set("reason", is_decline ? "sold_out" : "");
    view.set("quantity", seen_quantity(reservation));
    return view;
}

web::View undo_view(const Counter& counter, const Reservation& reservation) {
    web::View view;
    view.set("label", counter.visit.say.text("requests.undo"));
    view.set("action", action_url(counter, reservation, kUndo));
    view.set("what", what_for_whom(reservation));
    view.set("quiet", true);
    view.set("reason", "").set("quantity", "");
    return view;
}

std::vector<web::View> actions(const Counter& counter, const Reservation& reservation) {
    std::vector<web::View> actions;
    const auto add = [&](Status to, std::string_view label) {
        actions.push_back(action_view(counter, reservation, to, label));
    };
    if (reservation.status == Status::requested) {
        add(Status::held, "requests.keep");
        add(Status::declined, "requests.gone");
    }
    if (reservation.status == Status::held) add(Status::ready, "requests.ready");
    if (reservation.status == Status::held || reservation.status == Status::ready)
        add(Status::collected, "requests.collected");
    if (orders::can_undo(reservation, counter.visit.view.now))
        actions.push_back(undo_view(counter, reservation));
    return actions;
}

std::string when_text(const Say& say, const Reservation& reservation) {
    switch (reservation.status) {
        case Status::requested:
            return say.text("requests.asked", {say.age(reservation.created_at)});
        case Status::held:
        case Status::ready: return say.until(reservation.held_until);
        case Status::collected:
            return say.text("requests.handed", {say.age(reservation.changed_at)});
        case Status::declined:
        case Status::expired:
        case Status::cancelled: break;
    }
    return say.text("step." + std::string(orders::to_string(reservation.status)));
}

// Who comes for it.
std::string person_text(const Say& say, const Reservation& reservation) {
    if (reservation.collector.empty()) return reservation.person_name;
    return say.text("slip.collector", {reservation.collector, reservation.person_name});
}

web::View entry_view(const Counter& counter, const Reservation& reservation) {
    const bool is_open = orders::keeps_stock(reservation.status);
    web::View view;
    view.set("anchor", reservation.code);
    view.set("code", is_open ? spaced_code(reservation.pickup_code) : std::string());
    view.set("title", reservation.product_title);
    view.set("quantity_text", counter.visit.say.plural("quantity", reservation.quantity));
    view.set("person", person_text(counter.visit.say, reservation));
    // Whom nothing of ours reaches hears of a refusal from the shop alone.
    const bool is_refused = reservation.status == Status::declined;
    const bool is_called =
        is_refused && how_reached(counter.visit, reservation.contact) == Reached::by_nobody;
    view.set("contact", is_open || is_called ? reservation.contact : std::string());
    view.set("contact_url", contact_url(reservation.contact));
    view.set("when_text", when_text(counter.visit.say, reservation));
    view.set("one_url", is_open || is_called ? one_url(counter, reservation) : std::string());
    view.set("what", what_for_whom(reservation));
    view.set("actions", actions(counter, reservation));
    return view;
}

void add_group(std::vector<web::View>& groups, const Counter& counter, std::string_view key,
               const std::vector<const Reservation*>& members) {
    if (members.empty()) return;
    std::vector<web::View> entries;
    entries.reserve(members.size());
    for (const auto* reservation : members) entries.push_back(entry_view(counter, *reservation));
    web::View group;
    group.set("group", counter.visit.say.text(key));
    group.set("count", std::to_string(members.size()));
    group.set("entries", std::move(entries));
    groups.push_back(std::move(group));
}

std::vector<web::View> groups(const Counter& counter) {
    std::vector<web::View> groups;
    auto after_next = waiting(counter);
    if (!after_next.empty()) after_next.erase(after_next.begin());  // the first fills the screen
    add_group(groups, counter, "requests.group_next", after_next);
    add_group(groups, counter, "requests.group_held", with_status(counter, Status::held));
    add_group(groups, counter, "requests.group_ready", with_status(counter, Status::ready));
    std::vector<const Reservation*> done;
    for (const auto& reservation : counter.reservations)
        if (!orders::keeps_stock(reservation.status) &&
            counter.visit.say.days_from_now(reservation.changed_at) == 0)
            done.push_back(&reservation);
    add_group(groups, counter, "requests.group_done", done);
    return groups;
}

std::vector<web::View> other_reasons(const Say& say) {
    std::vector<web::View> reasons;
    for (const DeclineReason reason : kOtherReasons) {
        const std::string word(orders::to_string(reason));
        web::View view;
        view.set("reason", word).set("label", say.text("decline." + word));
        reasons.push_back(std::move(view));
    }
    return reasons;
}

// What is left when this one is kept: "none left" alone would read as if there was none for it.
std::string left_text(const Say& say, const catalogue::Stock& stock) {
    const std::string known = say.stock_age(stock);
    return stock.quantity <= 0 ? say.text("requests.left_none", {known})
                               : say.plural("requests.left", stock.quantity, {known});
}

web::View next_view(const Counter& counter, const Reservation& reservation) {
    const Say& say = counter.visit.say;
    const auto offer = counter.visit.context.database.read([&](store::Tx& tx) {
        return catalogue::find_offer(tx, counter.visit.territory().id, reservation.offer);
    });
    const auto* product = counter.visit.snapshot().find_product(reservation.product);
    web::View view;
    view.set("title", reservation.product_title);
    view.set("by", product ? product->maker : std::string());
    view.set("quantity", seen_quantity(reservation));
    view.set("quantity_text", say.plural("quantity", reservation.quantity));
    view.set("total", say.price(reservation.price * reservation.quantity));
    view.set("person", reservation.person_name);
    view.set("contact", reservation.contact);
    view.set("contact_url", contact_url(reservation.contact));
    view.set("code", spaced_code(reservation.pickup_code));
    view.set("age_text", say.age(reservation.created_at));
    view.set("condition_text", offer ? say.condition(offer->condition) : std::string());
    view.set("stock_text", offer ? left_text(say, offer->stock) : std::string());
    view.set("until_text", say.text("requests.until", {say.until(reservation.held_until)}));
    view.set("one_url", one_url(counter, reservation));
    view.set("what", what_for_whom(reservation));
    view.set("keep_action", action_url(counter, reservation, "held"));
    view.set("decline_action", action_url(counter, reservation, "declined"));
    view.set("reason_gone", "sold_out");
    view.set("reasons", other_reasons(say));
    return view;
}

web::View settings_view(const Counter& counter) {
    std::vector<web::View> choices;
    for (const int days : kHoldChoices) {
        web::View choice;
        choice.set("value", days);
        choice.set("label", counter.visit.say.hold(days));
        choice.set("on", days == counter.desk.shop.hold_open_days);
        choices.push_back(std::move(choice));
    }
    web::View view;
    view.set("action", counter.desk.forms + "/settings");
    view.set("choices", std::move(choices));
    return view;
}

// Requests that go by mail to an address where nobody reads them.
void set_lost_mails(web::View& view, const Visit& visit, const catalogue::Shop& shop) {
    const auto lost = find_unreachable(visit, shop.email);
    view.set("lost_mails_text",
             lost ? visit.say.text("requests.lost_mails", {shop.email}) : std::string());
    view.set("lost_mails_words", lost ? lost->last_words : std::string());
}

web::Response show_counter(Visit& visit, Counter counter) {
    counter.reservations = visit.context.database.read([&](store::Tx& tx) {
        return orders::load_reservations_of_shop(tx, visit.territory().id, counter.desk.shop.id,
                                                 kReservationsMax);
    });
    const Say& say = visit.say;
    const auto unanswered = waiting(counter);
    web::View view;
    view.set("csrf", visit.context.csrf.token(counter.desk.purpose));
    view.set("shop", counter.desk.shop.name);
    view.set("waiting_text",
             unanswered.empty()
                 ? say.text("requests.waiting_none")
                 : say.plural("requests.waiting", static_cast<std::int64_t>(unanswered.size())));
    set_lost_mails(view, visit, counter.desk.shop);
    view.set("message", counter.message.text);
    view.set("message_kind", counter.message.is_warning ? "bad" : "good");
    view.set("message_call", in_pairs(counter.message.call));
    view.set("message_call_url", contact_url(counter.message.call));
    view.set("undo_action", counter.message.undo_action);
    if (unanswered.empty())
        view.set("next", false);
    else
        view.set("next", next_view(counter, *unanswered.front()));
    web::View collect;
    collect.set("action", counter.desk.forms + "/collect");
    collect.set("code", counter.typed_code);
    collect.set("code_error", counter.code_error);
    view.set("collect", std::move(collect));
    view.set("groups", groups(counter));
    view.set("settings", settings_view(counter));
    if (counter.desk.at)
        set_counter_bar(view, visit, *counter.desk.at, CounterPart::requests);
    else
        view.set("counter", false);
    return show(visit,
                {.name = "requests",
                 .title = say.text("requests.title", {counter.desk.shop.name}),
                 .is_private = true,
                 .has_search = false,
                 .status = counter.code_error.empty() ? counter.status : 422},
                view);
}

std::optional<Step> step_of(std::string_view word) {
    if (word == "held") return Step::accept;
    if (word == "declined") return Step::decline;
    if (word == "ready") return Step::make_ready;
    if (word == "collected") return Step::collect;
    if (word == kUndo) return Step::undo;
    return std::nullopt;
}

bool is_told(const Reservation& reservation) { return reservation.status != Status::collected; }

// What was done, or taken back, and whether the neighbour hears of it from us or from the shop.
std::string did_text(const Visit& visit, const Reservation& reservation, std::string_view what) {
    const std::string did = visit.say.text(
        "requests." + std::string(what) + "_" + std::string(orders::to_string(reservation.status)),
        {reservation.product_title, reservation.person_name});
    if (!is_told(reservation)) return did;
    switch (how_reached(visit, reservation.contact)) {
        case Reached::by_mail:
            return did + " " + visit.say.text("requests.told_mail", {reservation.contact});
        case Reached::by_text:
            return did + " " + visit.say.text("requests.told_text", {reservation.contact});
        case Reached::by_nobody: break;
    }
    return did;
}

// Takes the step of one of this shop's reservations.
Result<Reservation, orders::StepError> take_step_here(const Visit& visit,
                                                      const catalogue::Shop& shop,
                                                      const orders::StepRequest& request) {
    using Outcome = Result<Reservation, orders::StepError>;
    return visit.context.database.write([&](store::Tx& tx) -> Outcome {
        const auto mine = orders::find_reservation(tx, visit.territory().id, request.code);
        if (!mine || mine->shop != shop.id) return orders::StepError::unknown_code;
        return orders::take_step(tx, visit.territory().id, request, visit.context.ids,
                                 visit.view.now);
    });
}

// What keeps a step from being taken, said above the page as it is now.
web::Response refuse_step(Visit& visit, const Desk& desk, const orders::StepRequest& request,
                          orders::StepError error) {
    if (error == orders::StepError::unknown_code) return error_page(visit, 404);
    const auto reservation = visit.context.database.read([&](store::Tx& tx) {
        return orders::find_reservation(tx, visit.territory().id, request.code);
    });
    const Say& say = visit.say;
    const bool is_stale = error == orders::StepError::changed_since;
    const std::string state =
        is_stale ? say.plural("quantity", reservation->quantity)
                 : say.text("step." + std::string(orders::to_string(reservation->status)));
    const std::string_view key = is_stale                     ? "requests.changed_since"
                                 : request.step == Step::undo ? "requests.undo_late"
                                                              : "requests.too_late";
    const std::string minutes = std::to_string(orders::kUndoFor.count());
    return show_counter(
        visit, {.visit = visit,
                .desk = desk,
                .message = {.text = say.text(key, {reservation->product_title, state, minutes}),
                            .is_warning = true},
                .status = is_stale ? 409 : 200});
}

std::string message_url(const Desk& desk, const Reservation& reservation, Step step) {
    const std::string name = step == Step::undo ? "undone" : "done";
    return desk.url + "?" + name + "=" + reservation.code;
}

// A code of a printed slip, which answers its request.
std::optional<orders::TypedAnswer> find_answer(const Visit& visit, ShopId shop,
                                               const std::string& typed) {
    return visit.context.database.read([&](store::Tx& tx) {
        return orders::find_typed_answer(
            orders::load_reservations_of_shop(tx, visit.territory().id, shop, kReservationsMax),
            typed);
    });
}

web::Response answer_with(Visit& visit, const Desk& desk, const orders::StepRequest& request) {
    const auto taken = take_step_here(visit, desk.shop, request);
    if (taken) return web::redirect(303, message_url(desk, *taken, request.step));
    return refuse_step(visit, desk, request, taken.error());
}

web::Response take_typed_answer(Visit& visit, const Desk& desk, const orders::TypedAnswer& answer) {
    return answer_with(visit, desk,
                       {.code = answer.code, .step = answer.step, .reason = answer.reason});
}

// The message after a tap: told by what is stored now, so that nobody can make one up.
Message message_of(const Visit& visit, const Desk& desk) {
    const catalogue::Shop& shop = desk.shop;
    const web::Fields& query = visit.request.query;
    if (!query.get("settings").empty())
        return {.text =
                    visit.say.text("requests.did_settings", {visit.say.hold(shop.hold_open_days)})};
    const bool is_undone = !query.get("undone").empty();
    const std::string_view code = query.get(is_undone ? "undone" : "done");
    if (code.empty()) return {};
    const auto reservation = visit.context.database.read(
        [&](store::Tx& tx) { return orders::find_reservation(tx, visit.territory().id, code); });
    if (!reservation || reservation->shop != shop.id) return {};
    if (is_undone && !reservation->is_undone) return {};
    const std::string_view what = is_undone ? "undid" : "did";
    const std::string status(orders::to_string(reservation->status));
    if (!visit.language().has("requests." + std::string(what) + "_" + status)) return {};
    const bool is_missed = how_reached(visit, reservation->contact) == Reached::by_nobody;
    Message message{.text = did_text(visit, *reservation, what),
                    .call = is_told(*reservation) && is_missed ? reservation->contact : ""};
    if (orders::can_undo(*reservation, visit.view.now))
        message.undo_action = desk.forms + "/" + reservation->code + "/undo";
    return message;
}

}  // namespace

web::Response requests_page(Visit& visit) {
    const auto desk = open_desk(visit);
    if (!desk) return desk.error();
    return show_counter(visit,
                        {.visit = visit, .desk = *desk, .message = message_of(visit, *desk)});
}

web::Response answer_request(Visit& visit) {
    const auto desk = open_desk(visit);
    if (!desk) return desk.error();
    const auto step = step_of(visit.request.parameter("step"));
    if (!step) return error_page(visit, 404);
    const auto form = visit.context.csrf.check_form(visit.request, desk->purpose);
    if (!form) return error_page(visit, 403);
    const auto reason = orders::parse_decline_reason(form->get("reason"));
    return answer_with(visit, *desk,
                       {.code = std::string(visit.request.parameter("code")),
                        .step = *step,
                        .reason = reason.value_or(DeclineReason::other),
                        .collected = parse_int(form->get("collected")).value_or(0),
                        .seen_quantity = parse_int(form->get("quantity")).value_or(0)});
}

web::Response collect_by_code(Visit& visit) {
    const auto desk = open_desk(visit);
    if (!desk) return desk.error();
    const auto form = visit.context.csrf.check_form(visit.request, desk->purpose);
    if (!form) return error_page(visit, 403);
    const std::string typed(utf8_prefix(trim(form->get("code")), 20));
    if (const auto answer = find_answer(visit, desk->shop.id, typed))
        return take_typed_answer(visit, *desk, *answer);
    const auto matches = visit.context.database.read([&](store::Tx& tx) {
        return orders::find_reservations_at_counter(tx, visit.territory().id, desk->shop.id, typed);
    });
    // Two customers with one code: the shop chooses from the list by name.
    const std::string_view error_key = typed.empty()     ? "requests.code_missing"
                                       : matches.empty() ? "requests.code_unknown"
                                                         : "requests.code_several";
    if (matches.size() != 1)
        return show_counter(visit, {.visit = visit,
                                    .desk = *desk,
                                    .typed_code = typed,
                                    .code_error = visit.say.text(error_key, {typed})});
    return answer_with(visit, *desk, {.code = matches[0].code, .step = Step::collect});
}

web::Response save_settings(Visit& visit) {
    const auto desk = open_desk(visit);
    if (!desk) return desk.error();
    const auto form = visit.context.csrf.check_form(visit.request, desk->purpose);
    if (!form) return error_page(visit, 403);
    const auto days = parse_int(form->get("hold_open_days"));
    if (!days || *days < 0 || *days > catalogue::kHoldOpenDaysMax) return error_page(visit, 422);
    visit.context.database.write([&](store::Tx& tx) {
        catalogue::set_hold_open_days(tx, visit.territory().id, desk->shop.id,
                                      static_cast<int>(*days));
        catalogue::append_shop_news(tx, visit.territory().id, visit.view.now);
        return Done{};
    });
    return web::redirect(303, desk->url + "?settings=saved");
}

}  // namespace emplettes::site
