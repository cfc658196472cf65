#include "site/desk.h"

#include "site/error_pages.h"

namespace emplettes::site {

Result<Desk, web::Response> open_desk(Visit& visit) {
    if (!visit.request.parameter("shop").empty()) {
        const auto at = enter_counter(visit);
        if (!at) return at.error();
        return Desk{.shop = at->shop,
                    .url = at->url,
                    .forms = at->url + "/requests",
                    .purpose = at->purpose,
                    .at = *at};
    }
    auto shop = visit.context.database.read([&](store::Tx& tx) {
        return catalogue::find_shop_by_secret(tx, visit.territory().id,
                                              visit.request.parameter("secret"));
    });
    if (!shop) return error_page(visit, 404);
    const std::string url = visit.links.bare("/requests/" + shop->secret);
    const std::string purpose = "requests/" + shop->secret;
    return Desk{.shop = std::move(*shop), .url = url, .forms = url, .purpose = purpose, .at = {}};
}

}  // namespace emplettes::site
