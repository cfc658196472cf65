#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "catalogue/shop_word.h"
#include "orders/contact.h"
#include "site/counter.h"
#include "site/error_pages.h"
#include "site/keeper_pages.h"

namespace emplettes::site {
namespace {

using catalogue::ShopFacts;
using catalogue::ShopWord;
using catalogue::WordFault;

struct AboutForm {
    catalogue::FactsForm facts;
    std::string about;
    std::string fault = {};
};

std::string word_fault_text(const Say& say, WordFault fault) {
    switch (fault) {
        case WordFault::text_not_valid: return say.text("keeper.fault_characters");
        case WordFault::too_long: return say.text("keeper.fault_too_long");
        case WordFault::website_not_valid: return say.text("keeper.fault_website");
        case WordFault::hours_not_readable: return say.text("keeper.fault_text");
        case WordFault::ends_before_it_begins:
        case WordFault::closed_too_long: break;
    }
    return say.text("keeper.fault_closure");
}

web::Response show_about(Visit& visit, const AtCounter& at, const AboutForm& form) {
    const bool is_saved = visit.request.query.get("saved") == "about";
    web::View view;
    view.set("message", is_saved ? visit.say.text("keeper.saved_about") : std::string());
    view.set("action", at.url + "/about");
    const auto& [shown, typed] = form.facts;
    view.set("name", typed.name).set("phone", typed.phone);
    view.set("website", typed.website).set("email", typed.email);
    view.set("shown_name", shown.name).set("shown_phone", shown.phone);
    view.set("shown_website", shown.website).set("shown_email", shown.email);
    view.set("about", form.about);
    view.set("about_max", static_cast<std::int64_t>(catalogue::kShopAboutMax));
    view.set("fault", form.fault);
    view.set("public_url", visit.links.shop(at.shop.slug));
    return show_counter_page(visit, at,
                             {.part = CounterPart::more,
                              .name = "about",
                              .title = visit.say.text("keeper.about_title"),
                              .status = form.fault.empty() ? 200 : 422},
                             view);
}

// Without a scheme a website is one of http.
std::string whole_website(std::string_view typed) {
    const bool has_scheme = typed.empty() || typed.find(':') != std::string_view::npos;
    return (has_scheme ? "" : "https://") + std::string(typed);
}

// The fields of a form, of what it showed with `prefix`. What was typed gets a scheme, what was
// shown is as it was.
ShopFacts read_facts(const web::Fields& fields, const std::string& prefix) {
    const auto field = [&](const char* name) {
        return std::string(trim(fields.get(prefix + name)));
    };
    return {.name = field("name"),
            .phone = field("phone"),
            .website = field("website"),
            .email = field("email")};
}

AboutForm read_form(const web::Fields& fields) {
    AboutForm form{
        .facts = {.shown = read_facts(fields, "shown_"), .typed = read_facts(fields, "")},
        .about = std::string(trim(fields.get("about")))};
    auto& [shown, typed] = form.facts;
    if (typed.website != shown.website) typed.website = whole_website(typed.website);
    std::erase(form.about, '\r');
    return form;
}

// Of what is the keeper's: the map's numbers are the map's.
std::string contact_fault(const Say& say, const ShopWord& word) {
    if (!word.phone.empty() && !orders::is_telephone_number(word.phone))
        return say.text("keeper.fault_phone");
    if (!word.email.empty() && !orders::is_mail_address(word.email))
        return say.text("keeper.fault_email");
    return {};
}

// The error is what is wrong, in a sentence.
Result<Done, std::string> save_form(store::Tx& tx, const Visit& visit, ShopId shop,
                                    const AboutForm& form) {
    const TerritoryId territory = visit.territory().id;
    const auto mapped = catalogue::find_sourced_shop(tx, territory, shop);
    check(mapped.has_value());
    ShopWord word = catalogue::with_changes(catalogue::load_shop_word(tx, territory, shop), *mapped,
                                            form.facts);
    word.about = form.about;
    if (auto fault = contact_fault(visit.say, word); !fault.empty()) return fault;
    const auto saved = catalogue::save_shop_word(tx, territory, shop, word, visit.view.now);
    if (!saved) return word_fault_text(visit.say, saved.error());
    return Done{};
}

}  // namespace

web::Response about_page(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    // What the page says now, wherever it comes from: so it can be corrected.
    const auto& shop = at->shop;
    const ShopFacts facts{
        .name = shop.name, .phone = shop.phone, .website = shop.website, .email = shop.email};
    return show_about(visit, *at, {.facts = {.shown = facts, .typed = facts}, .about = shop.about});
}

web::Response save_about(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto fields = read_counter_form(visit, *at);
    if (!fields) return fields.error();
    AboutForm form = read_form(*fields);
    // Hours and closure stay as they are at that moment: somebody else may be saving them.
    const auto saved = visit.context.database.write(
        [&](store::Tx& tx) { return save_form(tx, visit, at->shop.id, form); });
    if (!saved) {
        form.fault = saved.error();
        return show_about(visit, *at, form);
    }
    return web::redirect(303, at->url + "/about?saved=about");
}

}  // namespace emplettes::site
