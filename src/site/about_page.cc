#include <algorithm>

#include "base/text.h"
#include "catalogue/shop_word.h"
#include "orders/contact.h"
#include "site/counter.h"
#include "site/error_pages.h"
#include "site/keeper_pages.h"

namespace emplettes::site {
namespace {

using catalogue::ShopWord;
using catalogue::WordFault;

struct AboutForm {
    ShopWord word;
    std::string fault;
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
    view.set("name", form.word.name).set("phone", form.word.phone);
    view.set("website", form.word.website).set("email", form.word.email);
    view.set("about", form.word.about);
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

ShopWord read_word(const web::Fields& fields, ShopWord word) {
    const auto field = [&](std::string_view name) { return std::string(trim(fields.get(name))); };
    word.name = field("name");
    word.phone = field("phone");
    word.website = whole_website(field("website"));
    word.email = field("email");
    word.about = field("about");
    std::erase(word.about, '\r');
    return word;
}

std::string contact_fault(const Say& say, const ShopWord& word) {
    if (!word.phone.empty() && !orders::is_telephone_number(word.phone))
        return say.text("keeper.fault_phone");
    if (!word.email.empty() && !orders::is_mail_address(word.email))
        return say.text("keeper.fault_email");
    return {};
}

}  // namespace

web::Response about_page(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    // What the page says now, wherever it comes from: so it can be corrected.
    const auto& shop = at->shop;
    return show_about(visit, *at,
                      {.word = {.name = shop.name,
                                .phone = shop.phone,
                                .website = shop.website,
                                .email = shop.email,
                                .about = shop.about},
                       .fault = {}});
}

web::Response save_about(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto fields = read_counter_form(visit, *at);
    if (!fields) return fields.error();
    const ShopWord word = read_word(*fields, {});
    if (const auto fault = contact_fault(visit.say, word); !fault.empty())
        return show_about(visit, *at, {.word = word, .fault = fault});
    // Hours and closure stay as they are at that moment: somebody else may be saving them.
    const auto saved = visit.context.database.write([&](store::Tx& tx) {
        const ShopWord stored = catalogue::load_shop_word(tx, visit.territory().id, at->shop.id);
        return catalogue::save_shop_word(tx, visit.territory().id, at->shop.id,
                                         read_word(*fields, stored), visit.view.now);
    });
    if (!saved)
        return show_about(visit, *at,
                          {.word = word, .fault = word_fault_text(visit.say, saved.error())});
    return web::redirect(303, at->url + "/about?saved=about");
}

}  // namespace emplettes::site
