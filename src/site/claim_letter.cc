#include "site/claim_letter.h"

#include "site/offer_view.h"
#include "site/qr.h"
#include "territory/proving.h"

namespace emplettes::site {

web::Response show_claim_letter(Visit& visit, const catalogue::Shop& shop,
                                const std::string& code) {
    const Say& say = visit.say;
    const std::string url = visit.context.origin_of(visit.territory()) +
                            visit.links.bare("/shops/" + shop.slug + "/claim");
    const std::size_t half = code.size() / 2;
    web::View view;
    view.set("shop", shop.name);
    view.set("street", address_line(shop));
    view.set("city", shop.postcode + " " + shop.city);
    view.set("sender", visit.territory().operated_by.name);
    view.set("sender_address", visit.territory().operated_by.address);
    view.set("date_text", say.date(visit.view.now));
    view.set("intro_text", say.text("letter.intro", {shop.name, visit.territory_name()}));
    view.set("code", code.substr(0, half) + " " + code.substr(half));
    view.set("address_text", url);
    view.set("until_text",
             say.text("letter.until", {say.date(visit.view.now + territory::kLetterCodeLasts)}));
    view.set("qr_svg", web::Html{qr_svg(url + "?code=" + code)});
    view.set("operator_url", visit.links.bare("/operator"));
    return show(visit,
                {.name = "claim_letter",
                 .title = say.text("title.page", {say.text("letter.title"), shop.name}),
                 .is_private = true,
                 .has_search = false},
                view);
}

}  // namespace emplettes::site
