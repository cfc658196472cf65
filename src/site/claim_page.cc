#include "accounts/sign_in.h"
#include "base/text.h"
#include "catalogue/shop.h"
#include "site/account_pages.h"
#include "site/claim_words.h"
#include "site/error_pages.h"
#include "site/offer_view.h"
#include "territory/proving.h"

namespace emplettes::site {
namespace {

using territory::Claim;
using territory::ClaimStatus;
using territory::Duty;

// What somebody sees of their claim for one shop.
struct AtClaim {
    accounts::SignedIn who;
    catalogue::Shop shop;
    std::optional<Claim> claim;
    bool is_taken = false;  // somebody else's claim holds
    std::string url;
    std::string purpose;  // of its forms: what only this device knows
};

// What the page says, and what was typed, when a form comes back.
struct ClaimSaid {
    std::string message;
    std::string siret;
    std::string siret_error;
    std::string code_error;
    std::optional<territory::Seller> seller;  // as typed
    int status = 200;
};

struct SellerField {
    Duty duty;
    std::string_view autocomplete;
    std::string territory::Seller::*value;
};
constexpr SellerField kSellerFields[] = {
    {Duty::siret, "off", &territory::Seller::siret},
    {Duty::legal_name, "organization", &territory::Seller::legal_name},
    {Duty::legal_address, "street-address", &territory::Seller::legal_address},
    {Duty::phone, "tel", &territory::Seller::phone},
    {Duty::email, "email", &territory::Seller::email},
    {Duty::register_number, "off", &territory::Seller::register_number},
    {Duty::mediator, "off", &territory::Seller::mediator},
    {Duty::mediator_url, "off", &territory::Seller::mediator_url},
};

Result<AtClaim, web::Response> open_claim_page(Visit& visit) {
    const auto* who = visit.signed_in();
    if (!who) return ask_to_sign_in(visit);
    const TerritoryId here = visit.territory().id;
    const auto found = visit.context.database.read([&](store::Tx& tx) -> std::optional<AtClaim> {
        auto shop = catalogue::find_shop_by_slug(tx, here, visit.request.parameter("slug"));
        if (!shop || !shop->is_listed) return std::nullopt;
        AtClaim at{.who = *who, .shop = std::move(*shop)};
        at.claim = territory::find_claim_of(tx, here, at.shop.id, who->account.id);
        const auto holding = territory::find_holding_claim(tx, here, at.shop.id);
        at.is_taken = holding && holding->account != who->account.id;
        return at;
    });
    if (!found) return error_page(visit, 404);
    AtClaim at = *found;
    at.url = visit.links.bare("/shops/" + at.shop.slug + "/claim");
    at.purpose = at.url + "/" + who->session.token_sha256;
    return at;
}

bool has_status(const AtClaim& at, std::initializer_list<ClaimStatus> statuses) {
    return at.claim && std::ranges::find(statuses, at.claim->status) != statuses.end();
}

web::View ask_view(const AtClaim& at, const ClaimSaid& said) {
    web::View view;
    view.set("action", at.url);
    view.set("siret", said.siret);
    view.set("siret_error", said.siret_error);
    return view;
}

web::View proof_view(const Visit& visit, const AtClaim& at, const ClaimSaid& said) {
    const Say& say = visit.say;
    const std::string masked = masked_address(at.shop.email);
    const int left = territory::kProofLinksMax - at.claim->links_sent;
    web::View view;
    view.set("mail_text",
             masked.empty() ? std::string() : say.text("claim.by_mail_text", {masked}));
    view.set("mail_action", masked.empty() || left <= 0 ? std::string() : at.url + "/mail");
    const bool is_asked = at.claim->letter_asked_at > Instant{};
    view.set("letter_text",
             say.text(is_asked ? "claim.letter_asked" : "claim.by_letter_text",
                      {is_asked ? say.date(at.claim->letter_asked_at) : address_whole(at.shop)}));
    view.set("letter_action", is_asked ? std::string() : at.url + "/letter");
    view.set("code_action", at.url + "/code");
    view.set("code", std::string(utf8_prefix(visit.request.query.get("code"), 20)));
    view.set("code_error", said.code_error);
    return view;
}

// What a claimant need not type: the map and the account know it.
territory::Seller filled_in(const AtClaim& at) {
    territory::Seller seller = at.claim->seller;
    if (seller.legal_address.empty()) seller.legal_address = address_whole(at.shop);
    if (seller.phone.empty()) seller.phone = at.shop.phone;
    if (seller.email.empty()) seller.email = at.who.account.email;
    return seller;
}

web::View seller_view(const Visit& visit, const AtClaim& at, const ClaimSaid& said) {
    const territory::Seller seller = said.seller ? *said.seller : filled_in(at);
    const auto unmet = said.seller ? territory::unmet_duties(seller) : std::vector<Duty>();
    const auto error_of = [&](Duty duty) {
        const bool is_unmet = std::ranges::find(unmet, duty) != unmet.end();
        return is_unmet
                   ? visit.say.text("seller." + std::string(territory::to_string(duty)) + "_error")
                   : std::string();
    };
    std::vector<web::View> fields;
    for (const SellerField& field : kSellerFields) {
        const std::string word(territory::to_string(field.duty));
        web::View view;
        view.set("id", word);
        view.set("label", visit.say.text("seller." + word));
        view.set("hint", visit.say.text("seller." + word + "_hint"));
        view.set("autocomplete", field.autocomplete);
        view.set("value", seller.*field.value);
        view.set("error", error_of(field.duty));
        fields.push_back(std::move(view));
    }
    web::View view;
    view.set("action", at.url + "/seller");
    view.set("fields", std::move(fields));
    view.set("certified", seller.certified_at > Instant{});
    view.set("certificate_error", error_of(Duty::certificate));
    return view;
}

// What the last step did; only words that this page writes itself.
std::string did_claim_text(const Visit& visit, const AtClaim& at) {
    const std::string_view done = visit.request.query.get("done");
    if (done == "mail") return visit.say.text("claim.did_mail", {masked_address(at.shop.email)});
    if (done == "letter" || done == "proven" || done == "seller")
        return visit.say.text("claim.did_" + std::string(done));
    return {};
}

std::string standing_text(const Visit& visit, const AtClaim& at) {
    if (at.is_taken) return visit.say.text("claim.error_taken");
    if (!at.claim) return visit.say.text("claim.lead", {at.shop.name});
    return visit.say.text("claim.now_" + std::string(territory::to_string(at.claim->status)),
                          {at.shop.name, at.claim->reason});
}

template <typename MakeView>
void set_part(web::View& view, web::View::Name name, bool is_shown, const MakeView& make) {
    if (is_shown)
        view.set(name, make());
    else
        view.set(name, false);
}

web::Response show_claim(Visit& visit, const AtClaim& at, const ClaimSaid& said) {
    using enum ClaimStatus;
    const bool is_free = !at.is_taken;
    web::View view;
    view.set("csrf", visit.context.csrf.token(at.purpose));
    view.set("shop", at.shop.name);
    view.set("shop_url", visit.links.shop(at.shop.slug));
    view.set("address", address_whole(at.shop));
    view.set("standing_text", standing_text(visit, at));
    view.set("message", said.message.empty() ? did_claim_text(visit, at) : said.message);
    view.set("message_kind", said.status == 200 ? "good" : "bad");
    set_part(view, "ask", is_free && (!at.claim || has_status(at, {rejected})),
             [&] { return ask_view(at, said); });
    set_part(view, "proof", is_free && has_status(at, {pending, invited}),
             [&] { return proof_view(visit, at, said); });
    set_part(view, "code_only", is_free && (!at.claim || has_status(at, {rejected})), [&] {
        web::View code;
        code.set("code_action", at.url + "/code");
        code.set("code", std::string(utf8_prefix(visit.request.query.get("code"), 20)));
        code.set("code_error", said.code_error);
        return code;
    });
    set_part(view, "seller", is_free && has_status(at, {onboarding, ready_for_review}),
             [&] { return seller_view(visit, at, said); });
    view.set("counter_url", has_status(at, {approved})
                                ? visit.links.bare("/counter/" + at.shop.slug)
                                : std::string());
    return show(
        visit,
        {.name = "claim",
         .title = visit.say.text("title.page", {visit.say.text("claim.title"), at.shop.name}),
         .is_private = true,
         .has_search = false,
         .status = said.status},
        view);
}

struct ClaimForm {
    AtClaim at;
    web::Fields fields;
};
Result<ClaimForm, web::Response> read_claim_form(Visit& visit) {
    auto at = open_claim_page(visit);
    if (!at) return at.error();
    auto fields = visit.context.csrf.check_form(visit.request, at->purpose);
    if (!fields) return error_page(visit, 403);
    return ClaimForm{.at = std::move(at).value(), .fields = std::move(fields).value()};
}

web::Response claim_refused(Visit& visit, const AtClaim& at, territory::ClaimError error) {
    return show_claim(visit, at, {.message = claim_error_text(visit.say, error), .status = 409});
}

web::Response back_to_claim(const AtClaim& at, std::string_view done) {
    return web::redirect(303, at.url + "?done=" + std::string(done));
}

ClaimId claim_id(const AtClaim& at) { return at.claim ? at.claim->id : ClaimId{}; }

std::string typed(const web::Fields& fields, std::string_view name) {
    return std::string(utf8_prefix(trim(fields.get(name)), territory::kSellerTextLengthMax));
}

// A number that is right is kept as its digits, a wrong one as it was typed.
territory::Seller read_seller(const web::Fields& fields, Instant now) {
    territory::Seller seller;
    for (const SellerField& field : kSellerFields)
        seller.*field.value = typed(fields, territory::to_string(field.duty));
    if (const auto siret = territory::parse_siret(seller.siret)) seller.siret = siret->digits;
    if (fields.get("certificate") == "yes") seller.certified_at = now;
    return seller;
}

}  // namespace

web::Response claim_page(Visit& visit) {
    const auto at = open_claim_page(visit);
    if (!at) return at.error();
    return show_claim(visit, *at, {});
}

web::Response claim_shop(Visit& visit) {
    const auto form = read_claim_form(visit);
    if (!form) return form.error();
    const AtClaim& at = form->at;
    const auto siret = territory::parse_siret(form->fields.get("siret"));
    if (!siret)
        return show_claim(visit, at,
                          {.siret = typed(form->fields, "siret"),
                           .siret_error = siret_error_text(visit.say, siret.error()),
                           .status = 422});
    const auto opened = visit.context.database.write([&](store::Tx& tx) {
        return territory::open_claim(
            tx, visit.territory().id,
            {.shop = at.shop.id, .account = at.who.account.id, .siret = *siret}, visit.context.ids,
            visit.view.now);
    });
    if (!opened) return claim_refused(visit, at, opened.error());
    return web::redirect(303, at.url);
}

web::Response send_claim_mail(Visit& visit) {
    const auto form = read_claim_form(visit);
    if (!form) return form.error();
    const AtClaim& at = form->at;
    const std::string token = visit.context.random.url_token(accounts::kTokenBytes);
    const auto sent = visit.context.database.write([&](store::Tx& tx) {
        return territory::send_proof_link(tx, visit.territory().id,
                                          {.claim = claim_id(at),
                                           .email = at.shop.email,
                                           .shop = at.shop.name,
                                           .claimant = at.who.account.email,
                                           .language = visit.language().code(),
                                           .token = token},
                                          visit.context.ids, visit.view.now);
    });
    if (!sent) return claim_refused(visit, at, sent.error());
    return back_to_claim(at, "mail");
}

web::Response ask_claim_letter(Visit& visit) {
    const auto form = read_claim_form(visit);
    if (!form) return form.error();
    const auto asked = visit.context.database.write([&](store::Tx& tx) {
        return territory::ask_for_letter(tx, visit.territory().id, claim_id(form->at),
                                         visit.view.now);
    });
    if (!asked) return claim_refused(visit, form->at, asked.error());
    return back_to_claim(form->at, "letter");
}

web::Response enter_claim_code(Visit& visit) {
    const auto form = read_claim_form(visit);
    if (!form) return form.error();
    const AtClaim& at = form->at;
    const auto outcome = visit.context.database.write([&](store::Tx& tx) {
        return territory::try_code(tx, visit.territory().id,
                                   {.shop = at.shop.id,
                                    .account = at.who.account.id,
                                    .code = std::string(form->fields.get("code"))},
                                   visit.view.now);
    });
    const auto refused = [&](std::string_view key) {
        return show_claim(visit, at, {.code_error = visit.say.text(key), .status = 422});
    };
    switch (outcome) {
        case territory::CodeOutcome::proven: return back_to_claim(at, "proven");
        case territory::CodeOutcome::wrong: return refused("claim.code_wrong");
        case territory::CodeOutcome::no_letter: return refused("claim.code_none");
        case territory::CodeOutcome::shop_taken:
            return claim_refused(visit, at, territory::ClaimError::shop_taken);
    }
    return error_page(visit, 500);
}

web::Response tell_claim_seller(Visit& visit) {
    const auto form = read_claim_form(visit);
    if (!form) return form.error();
    const auto seller = read_seller(form->fields, visit.view.now);
    const auto told = visit.context.database.write([&](store::Tx& tx) {
        return territory::tell_seller(tx, visit.territory().id, claim_id(form->at), seller,
                                      visit.view.now);
    });
    if (!told) return claim_refused(visit, form->at, told.error());
    if (told->status == ClaimStatus::ready_for_review) return back_to_claim(form->at, "seller");
    AtClaim at = form->at;
    at.claim = *told;
    return show_claim(
        visit, at,
        {.message = visit.say.text("claim.error_duties"), .seller = seller, .status = 422});
}

}  // namespace emplettes::site
