#include "site/deed.h"

#include "web/cookies.h"
#include "web/shield/shield.h"

namespace emplettes::site {

void remember_deed(const Visit& visit, web::Response& response, const std::string& deed) {
    const web::History& history = visit.context.shield.history();
    const Instant now = visit.context.clock.now();
    const auto cookie = web::find_cookie(visit.request, web::History::kCookie);
    if (cookie && history.read(*cookie, now)) return;  // an older one is worth more
    web::set_cookie(response,
                    {.name = std::string(web::History::kCookie),
                     .value = history.issue(deed, now),
                     .max_age = web::History::kLifetime,
                     .https = visit.context.origin_of(visit.territory()).starts_with("https://")});
}

}  // namespace emplettes::site
