#include "site/basket_page.h"

#include <algorithm>

#include "base/text.h"
#include "site/basket_cookie.h"
#include "site/error_pages.h"
#include "site/offer_view.h"
#include "site/reserve_page.h"
#include "site/reserve_words.h"
#include "site/reserving.h"
#include "site/round_walk.h"

namespace emplettes::site {
namespace {

constexpr std::string_view kPurpose = "basket";
constexpr std::string_view kRemove = "remove-";
constexpr std::string_view kQuantity = "quantity-";
constexpr std::size_t kKeyBytes = 16;

// What the visitor typed, and what was wrong with it.
struct BasketForm {
    Basket basket;
    Basket wanted = {};  // of it, what the page showed: nothing else is asked for
    std::string person;
    std::string contact;
    std::string proof_code;
    std::string idempotency_key;
    orders::RoundFaults faults = {};
    bool is_proof_wanted = false;
    std::string proof_error = {};
    std::string contact_error = {};
    std::string general_error = {};
    int status = 200;
};

struct BasketLine {
    orders::RoundLine line;
    std::optional<catalogue::Offer> offer;  // none, as what follows: nobody offers it any more
    const catalogue::Product* product = nullptr;
    const catalogue::ListedShop* shop = nullptr;
};

std::vector<BasketLine> load_lines(const Visit& visit, const Basket& basket) {
    std::vector<BasketLine> lines;
    visit.context.database.read([&](store::Tx& tx) {
        for (const orders::RoundLine& line : basket)
            lines.push_back({.line = line,
                             .offer = catalogue::find_offer(tx, visit.territory().id, line.offer)});
    });
    for (BasketLine& line : lines) {
        if (!line.offer) continue;
        line.product = visit.snapshot().find_product(line.offer->product);
        line.shop = visit.snapshot().find_shop(line.offer->shop);
        if (line.product == nullptr || line.shop == nullptr) line.offer.reset();
    }
    return lines;
}

// Of the person: name or contact; empty when that is not what is wrong.
std::string person_error(const Visit& visit, const BasketForm& form, ReserveFault::Field field) {
    if (form.faults.empty()) return {};
    ReserveFault told = fault_told(visit, form.faults.front().error, {.contact = form.contact});
    return told.field == field ? std::move(told.text) : std::string();
}

std::string contact_error(const Visit& visit, const BasketForm& form) {
    return form.contact_error.empty() ? person_error(visit, form, ReserveFault::Field::contact)
                                      : form.contact_error;
}

std::string line_error(const Visit& visit, const BasketForm& form, const BasketLine& line) {
    if (!line.offer) return visit.say.text("validation.offer_unknown");
    const std::int64_t left = line.offer->stock.quantity;
    if (left <= 0) return visit.say.text("validation.sold_out_title");
    const auto fault = std::ranges::find(form.faults, line.line.offer, &orders::LineFault::offer);
    if (fault == form.faults.end() || orders::is_of_person(fault->error)) return {};
    return fault_told(visit, fault->error, {.contact = form.contact, .left = left}).text;
}

web::View line_view(const Visit& visit, const BasketForm& form, const BasketLine& line) {
    const std::string id = std::to_string(line.line.offer.value);
    web::View view;
    view.set("id", id);
    view.set("quantity", line.line.quantity);
    view.set("quantity_max", visit.territory().quantity_max);
    const std::string error = line_error(visit, form, line);
    view.set("error", error);
    view.set("is_offered", line.offer.has_value());
    if (!line.offer) {
        view.set("title", visit.say.text("basket.gone"));
        view.set("title_lang", "");
        view.set("others_url", "");
        return view;
    }
    set_product(view, visit, *line.product);
    view.set("product_url", visit.links.product(line.product->id));
    view.set("others_url", error.empty() ? "" : visit.links.product(line.product->id));
    view.set("shop", line.shop->shop.name);
    view.set("shop_url", visit.links.shop(line.shop->shop.slug));
    view.set("price", visit.say.price(line.offer->price * line.line.quantity));
    view.set("condition_text", visit.say.condition(line.offer->condition));
    set_stock(view, visit, line.offer->stock);
    set_open_state(view, visit, visit.view.open_now(line.offer->shop));
    return view;
}

// Each once, in the order of the lines.
std::vector<RoundShop> shops_of(const Visit& visit, const std::vector<BasketLine>& lines) {
    std::vector<RoundShop> shops;
    for (const BasketLine& line : lines) {
        if (!line.offer) continue;
        const catalogue::Shop& shop = line.shop->shop;
        const auto is_it = [&](const RoundShop& one) { return one.shop.id == shop.id; };
        if (std::ranges::any_of(shops, is_it)) continue;
        const auto times = orders::shop_times(visit.view, visit.territory(), shop);
        shops.push_back({.shop = shop, .until = times.held_until});
    }
    return shops;
}

Money total_of(const std::vector<BasketLine>& lines) {
    Money total;
    for (const BasketLine& line : lines)
        if (line.offer) total = total + line.offer->price * line.line.quantity;
    return total;
}

// With the departure that is asked for, as the address has it.
std::string basket_url(const Visit& visit) {
    return visit.links.page("/basket", {{"leave", std::string(visit.request.query.get("leave"))}});
}

void set_form(web::View& view, const Visit& visit, const BasketForm& form) {
    view.set("action", basket_url(visit));
    view.set("csrf", visit.context.csrf.token(kPurpose));
    view.set("idempotency_key", form.idempotency_key);
    view.set("person", form.person);
    view.set("name_error", person_error(visit, form, ReserveFault::Field::name));
    view.set("contact", form.contact);
    view.set("contact_error", contact_error(visit, form));
    view.set("is_proof_wanted", form.is_proof_wanted);
    view.set("proof_error", form.proof_error);
}

web::Response show_basket(Visit& visit, const BasketForm& form) {
    const auto lines = load_lines(visit, form.basket);
    web::View view;
    std::vector<web::View> rows;
    rows.reserve(lines.size());
    for (const BasketLine& line : lines) rows.push_back(line_view(visit, form, line));
    const auto has_error = [&](const BasketLine& line) {
        return !line_error(visit, form, line).empty();
    };
    const bool is_refused = form.status != 200;
    view.set("has_lines", !rows.empty());
    view.set("is_refused", is_refused);
    view.set("errors_title", std::ranges::any_of(lines, has_error)
                                 ? visit.say.text("basket.not_kept")
                                 : visit.say.text("basket.to_mend"));
    view.set("general_error", form.general_error);
    view.set("full_text",
             visit.request.query.get("full").empty()
                 ? std::string()
                 : visit.say.text("basket.full", {std::to_string(orders::kRoundLinesMax)}));
    view.set("lines", std::move(rows));
    view.set("total", visit.say.price(total_of(lines)));
    set_form(view, visit, form);
    set_walk(view, visit, plan_walk(visit, shops_of(visit, lines), asked_departure(visit)),
             visit.links.bare("/basket"));
    return show(visit,
                {.name = "basket",
                 .title = visit.say.text("title.page",
                                         {visit.say.text("basket.title"), visit.territory_name()}),
                 .is_private = true,
                 .status = form.status},
                view);
}

bool has_line(const Basket& basket, OfferId offer) {
    return std::ranges::find(basket, offer, &orders::RoundLine::offer) != basket.end();
}

// The lines that the page showed, as the form has them. More than may be asked for stays more, so
// that it is refused and not made less.
Basket shown_lines(const Visit& visit, const web::Fields& fields) {
    Basket lines;
    for (const auto& [name, value] : fields.all()) {
        if (!name.starts_with(kQuantity)) continue;
        const auto offer = parse_int(std::string_view(name).substr(kQuantity.size()));
        if (!offer || has_line(lines, OfferId{*offer}) || lines.size() >= orders::kRoundLinesMax)
            continue;
        const std::int64_t quantity = parse_int(trim(value)).value_or(0);
        lines.push_back({.offer = OfferId{*offer},
                         .quantity = std::clamp<std::int64_t>(quantity, 0,
                                                              visit.territory().quantity_max + 1)});
    }
    return lines;
}

// The basket as the form changes it. What another page has put in meanwhile stays in.
Basket changed_basket(const web::Request& request, const web::Fields& fields, const Basket& shown) {
    Basket basket = read_basket(request);
    for (orders::RoundLine& line : basket) {
        const auto its = std::ranges::find(shown, line.offer, &orders::RoundLine::offer);
        if (its != shown.end()) line.quantity = its->quantity;
    }
    const std::string_view action = fields.get("do");
    if (action.starts_with(kRemove))
        if (const auto offer = parse_int(action.substr(kRemove.size())))
            put_into(basket, {.offer = OfferId{*offer}, .quantity = 0});
    return basket;
}

BasketForm form_of(const Visit& visit, const web::Fields& fields) {
    Basket wanted = shown_lines(visit, fields);
    Basket basket = changed_basket(visit.request, fields, wanted);
    return {.basket = std::move(basket),
            .wanted = std::move(wanted),
            .person = std::string(trim(fields.get("name"))),
            .contact = std::string(trim(fields.get("contact"))),
            .proof_code = std::string(trim(fields.get("proof_code"))),
            .idempotency_key = std::string(fields.get("idempotency_key"))};
}

std::string content_of(const BasketForm& form) {
    Parameters parameters{{"name", form.person}, {"contact", form.contact}};
    for (const orders::RoundLine& line : form.wanted)
        parameters.emplace_back(std::to_string(line.offer.value), std::to_string(line.quantity));
    return "round " + query_string(parameters);
}

void tell_failure(const Visit& visit, BasketForm& form, const RoundFailure& failure) {
    form.status = 422;
    if (const auto* faults = std::get_if<orders::RoundFaults>(&failure)) {
        form.faults = *faults;
    } else if (const auto* wanted = std::get_if<ProofWanted>(&failure)) {
        form.is_proof_wanted = true;
        form.proof_error = proof_text(visit, *wanted, form.contact);
    } else if (std::holds_alternative<TooManyOpen>(failure)) {
        form.contact_error = visit.say.text("validation.contact_too_many");
    } else {
        form.general_error = visit.say.text("validation.key_reused");
    }
}

// A form that was corrected after it had gone through is a new wish.
web::Response show_again(Visit& visit, BasketForm form) {
    form.idempotency_key = visit.context.random.url_token(kKeyBytes);
    web::Response response = show_basket(visit, form);
    std::erase_if(form.basket, [](const orders::RoundLine& line) { return line.quantity < 1; });
    set_basket(response, visit, form.basket);
    return response;
}

}  // namespace

web::Response basket_page(Visit& visit) {
    return show_basket(visit, {.basket = read_basket(visit.request),
                               .idempotency_key = visit.context.random.url_token(kKeyBytes)});
}

web::Response add_to_basket(Visit& visit) {
    const std::string_view offer = visit.request.parameter("offer");
    const auto id = parse_int(offer);
    if (!id) return error_page(visit, 404);
    const auto form = visit.context.csrf.check_form(visit.request, reserve_purpose(offer));
    if (!form) return error_page(visit, 403);
    Basket basket = read_basket(visit.request);
    const std::int64_t wanted = parse_int(trim(form->get("quantity"))).value_or(1);
    const Put put = put_into(
        basket, {.offer = OfferId{*id},
                 .quantity = std::clamp<std::int64_t>(wanted, 1, visit.territory().quantity_max)});
    web::Response response =
        web::redirect(303, visit.links.page("/basket", {{"full", put == Put::full ? "1" : ""}}));
    set_basket(response, visit, basket);
    return response;
}

web::Response submit_basket(Visit& visit) {
    const auto fields = visit.context.csrf.check_form(visit.request, kPurpose);
    if (!fields) return error_page(visit, 403);
    BasketForm form = form_of(visit, *fields);
    if (fields->get("do") != "keep" || form.wanted.empty()) {
        web::Response response = web::redirect(303, basket_url(visit));
        std::erase_if(form.basket, [](const orders::RoundLine& line) { return line.quantity < 1; });
        set_basket(response, visit, form.basket);
        return response;
    }
    const std::string& key = form.idempotency_key;
    if (key.empty() || key.size() > kIdempotencyKeyLengthMax) return error_page(visit, 400);
    const auto kept = reserve_round_once(visit, {.key = key,
                                                 .content = content_of(form),
                                                 .request = {.lines = form.wanted,
                                                             .person_name = form.person,
                                                             .contact = form.contact,
                                                             .language = visit.language().code()},
                                                 .proof_code = form.proof_code});
    if (!kept) {
        tell_failure(visit, form, kept.error());
        return show_again(visit, std::move(form));
    }
    web::Response response = web::redirect(
        303, visit.links.page("/rounds/" + kept->code,
                              {{"leave", std::string(visit.request.query.get("leave"))}}));
    std::erase_if(form.basket,
                  [&](const orders::RoundLine& line) { return has_line(form.wanted, line.offer); });
    set_basket(response, visit, form.basket);
    return response;
}

}  // namespace emplettes::site
