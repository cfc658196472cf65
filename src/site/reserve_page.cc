#include "site/reserve_page.h"

#include <algorithm>

#include "base/text.h"
#include "site/asked.h"
#include "site/error_pages.h"
#include "site/offer_view.h"
#include "site/operator_choices.h"
#include "site/reserve_words.h"
#include "site/reserving.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kKeyBytes = 16;

// What the visitor typed, shown again when something is wrong with it.
struct Typed {
    std::string quantity = "1";
    std::string person;
    std::string contact;
    bool only_here = false;
    bool is_proof_wanted = false;
    std::string proof_code;
    std::string idempotency_key;
};

struct FormPage {
    catalogue::Offer offer;
    Typed typed;
    std::optional<orders::ReserveError> error;
    std::string general_error;  // not of one field
    std::string proof_error;
    std::string contact_error;
    int status = 200;
};

std::optional<catalogue::Offer> find_offer(const Visit& visit) {
    const auto id = parse_int(visit.request.parameter("offer"));
    if (!id) return std::nullopt;
    const auto offer = visit.context.database.read([&](store::Tx& tx) {
        return catalogue::find_offer(tx, visit.territory().id, OfferId{*id});
    });
    const bool is_shown = offer && visit.snapshot().find_shop(offer->shop) &&
                          visit.snapshot().find_product(offer->product);
    return is_shown ? offer : std::nullopt;
}

struct FieldErrors {
    std::string quantity;
    std::string name;
    std::string contact;
    std::string proof_code;
    std::string other;
};

FieldErrors field_errors(const Visit& visit, const FormPage& page) {
    FieldErrors errors{
        .contact = page.contact_error, .proof_code = page.proof_error, .other = page.general_error};
    if (!page.error) return errors;
    ReserveFault told = fault_told(
        visit, *page.error, {.contact = page.typed.contact, .left = page.offer.stock.quantity});
    switch (told.field) {
        case ReserveFault::Field::quantity: errors.quantity = std::move(told.text); break;
        case ReserveFault::Field::name: errors.name = std::move(told.text); break;
        case ReserveFault::Field::contact: errors.contact = std::move(told.text); break;
        case ReserveFault::Field::other: errors.other = std::move(told.text); break;
    }
    return errors;
}

std::vector<web::View> error_list(const FieldErrors& errors) {
    std::vector<web::View> list;
    const auto add = [&](const std::string& text, const std::string& anchor) {
        if (text.empty()) return;
        web::View view;
        view.set("text", text).set("anchor", anchor);
        list.push_back(std::move(view));
    };
    add(errors.quantity, "#quantity");
    add(errors.name, "#name");
    add(errors.contact, "#contact");
    add(errors.proof_code, "#proof-code");
    add(errors.other, "");
    return list;
}

web::View form_view(const Visit& visit, const FormPage& page, const FieldErrors& errors) {
    const Say& say = visit.say;
    const std::string offer_id = std::to_string(page.offer.id.value);
    const std::int64_t most = std::min(page.offer.stock.quantity, visit.territory().quantity_max);
    const bool is_limited_by_stock = page.offer.stock.quantity <= visit.territory().quantity_max;
    const auto& shop = visit.snapshot().find_shop(page.offer.shop)->shop;
    const auto times = orders::shop_times(visit.view, visit.territory(), shop);
    web::View form;
    form.set("action", visit.links.page("/reserve/" + offer_id));
    form.set("basket_action", visit.links.page("/basket/add/" + offer_id));
    form.set("csrf", visit.context.csrf.token(reserve_purpose(offer_id)));
    form.set("idempotency_key", page.typed.idempotency_key);
    form.set("quantity", page.typed.quantity);
    form.set("quantity_max", std::to_string(most));
    form.set("quantity_hint",
             is_limited_by_stock ? say.plural("reserve.quantity_hint", most)
                                 : say.text("reserve.quantity_hint_limit", {std::to_string(most)}));
    form.set("quantity_error", errors.quantity);
    form.set("person", page.typed.person);
    form.set("name_error", errors.name);
    form.set("contact", page.typed.contact);
    form.set("contact_error", errors.contact);
    form.set("only_here", page.typed.only_here);
    form.set("is_proof_wanted", page.typed.is_proof_wanted);
    form.set("proof_error", errors.proof_code);
    form.set("until_text", say.text("reserve.until", {say.until(times.held_until)}));
    const bool asks = is_in_doubt(visit, page.offer.stock);
    form.set("verify_text", asks ? say.text("reserve.verify") : std::string());
    return form;
}

web::Response show_form(Visit& visit, const FormPage& page) {
    const catalogue::Product& product = *visit.snapshot().find_product(page.offer.product);
    const catalogue::Shop& shop = visit.snapshot().find_shop(page.offer.shop)->shop;
    const Say& say = visit.say;
    const FieldErrors errors = field_errors(visit, page);
    auto listed = error_list(errors);
    const bool is_sold_out = page.offer.stock.quantity <= 0;
    web::View view;
    set_product(view, visit, product);
    view.set("product_url", visit.links.product(product.id));
    view.set("shop", shop.name);
    view.set("shop_url", visit.links.shop(shop.slug));
    view.set("address", address_line(shop));
    set_open_state(view, visit, visit.view.open_now(shop.id));
    view.set("price", say.price(page.offer.price));
    view.set("condition_text", say.condition(page.offer.condition));
    set_stock(view, visit, page.offer.stock);
    const bool is_sent = !listed.empty();
    view.set("has_errors", is_sent || is_sold_out);
    view.set("errors_title",
             is_sent ? say.plural("validation.title", static_cast<std::int64_t>(listed.size()))
                     : say.text("validation.sold_out_title"));
    view.set("is_listed", is_sent);
    view.set("errors", std::move(listed));
    view.set("others_url", is_sold_out ? visit.links.product(product.id) : std::string());
    if (is_sold_out)
        view.set("form", false);
    else
        view.set("form", form_view(visit, page, errors));
    const std::string title = say.text("reserve.page_title", {product.title});
    return show(visit,
                {.name = "reserve",
                 .title = say.text("title.page", {title, visit.territory_name()}),
                 .is_private = true,
                 .status = page.status},
                view);
}

orders::ReserveRequest request_of(const Typed& typed, OfferId offer, const std::string& language) {
    return {.offer = offer,
            .quantity = parse_int(typed.quantity).value_or(0),
            .person_name = typed.person,
            .contact = typed.contact,
            .language = language,
            .only_here = typed.only_here};
}

Typed typed_in(const web::Fields& fields) {
    return {.quantity = std::string(trim(fields.get("quantity"))),
            .person = std::string(trim(fields.get("name"))),
            .contact = std::string(trim(fields.get("contact"))),
            .only_here = fields.get("only_here") == "1",
            .proof_code = std::string(trim(fields.get("proof_code"))),
            .idempotency_key = std::string(fields.get("idempotency_key"))};
}

std::string content_of(const catalogue::Offer& offer, const Typed& typed) {
    const Parameters parameters{{"offer", std::to_string(offer.id.value)},
                                {"quantity", typed.quantity},
                                {"name", typed.person},
                                {"contact", typed.contact},
                                {"only_here", typed.only_here ? "1" : "0"}};
    return "reserve " + query_string(parameters);
}

}  // namespace

std::string reserve_purpose(std::string_view offer) { return "reserve/" + std::string(offer); }

web::Response reserve_page(Visit& visit) {
    const auto offer = find_offer(visit);
    if (!offer) return error_page(visit, 404);
    note_opened(visit, offer->product);
    const bool is_hidden = visit.view.trust(offer->stock) == catalogue::StockTrust::hidden;
    if (is_hidden || !withdrawn_text(visit, offer->product).empty())
        return web::redirect(303, visit.links.product(offer->product));  // which says why
    FormPage page{.offer = *offer};
    page.typed.idempotency_key = visit.context.random.url_token(kKeyBytes);
    return show_form(visit, page);
}

web::Response submit_reserve_page(Visit& visit) {
    const auto offer = find_offer(visit);
    if (!offer) return error_page(visit, 404);
    const auto form = visit.context.csrf.check_form(
        visit.request, reserve_purpose(std::to_string(offer->id.value)));
    if (!form) return error_page(visit, 403);
    FormPage page{.offer = *offer, .typed = typed_in(*form), .status = 422};
    const std::string& key = page.typed.idempotency_key;
    if (key.empty() || key.size() > kIdempotencyKeyLengthMax) return error_page(visit, 400);
    const auto kept =
        reserve_once(visit, {.key = key,
                             .content = content_of(*offer, page.typed),
                             .request = request_of(page.typed, offer->id, visit.language().code()),
                             .proof_code = page.typed.proof_code});
    if (kept) return web::redirect(303, visit.links.slip(kept->code));
    if (const auto* withdrawn = std::get_if<Withdrawn>(&kept.error()))
        return web::redirect(303, visit.links.product(withdrawn->product));
    if (const auto* not_confirmed = std::get_if<NotConfirmed>(&kept.error()))
        return web::redirect(303, visit.links.product(not_confirmed->product));
    // A form that was corrected after it had gone through is a new wish.
    page.typed.idempotency_key = visit.context.random.url_token(kKeyBytes);
    if (const auto* error = std::get_if<orders::ReserveError>(&kept.error()))
        page.error = *error;
    else if (const auto* wanted = std::get_if<ProofWanted>(&kept.error())) {
        page.typed.is_proof_wanted = true;
        page.proof_error = proof_text(visit, *wanted, page.typed.contact);
    } else if (std::holds_alternative<TooManyOpen>(kept.error()))
        page.contact_error = visit.say.text("validation.contact_too_many");
    else
        page.general_error = visit.say.text("validation.key_reused");
    page.offer = find_offer(visit).value_or(*offer);
    return show_form(visit, page);
}

}  // namespace emplettes::site
