#include "site/status_api.h"

#include "notices/notice.h"
#include "site/json_out.h"
#include "site/while_away.h"

namespace emplettes::site {

web::Response status_api(Visit& visit) {
    const auto notices = read_if_there(
        visit, [&](store::Tx& tx) { return notices::count_notices(tx, visit.territory().id); });
    const auto size = visit.snapshot().index().size();
    JsonOut out;
    out.begin_object();
    out.member("status", is_read_only(visit.context) ? "read_only" : "ok");
    out.member("territory", visit.territory().slug);
    out.member("demo", visit.territory().is_demo);
    out.member("now", to_unix(visit.view.now));
    out.member("uptime_s", (visit.view.now - visit.context.started_at).count());
    out.member("shops", static_cast<std::int64_t>(visit.snapshot().shops().size()));
    out.member("products", static_cast<std::int64_t>(size.products));
    out.member("offers", static_cast<std::int64_t>(size.offers));
    if (notices) {
        out.begin_object("notices");
        out.member("waiting", notices->waiting);
        out.member("sent", notices->sent);
        out.member("failed", notices->failed);
        out.end_object();
    }
    out.end_object();
    auto response = out.response();
    response.add_header("Cache-Control", "no-store");
    return response;
}

}  // namespace emplettes::site
