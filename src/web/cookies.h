#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "web/http.h"

namespace emplettes::web {

// The cookie of this name, as it was sent; the first, when a browser sends two.
std::optional<std::string_view> find_cookie(const Request& request, std::string_view name);

struct Cookie {
    std::string name;
    std::string value;  // letters, digits and -._~ only (check): encode anything else before
    std::chrono::seconds max_age{0};  // 0: until the browser is closed; negative: delete it now
    bool https = false;               // adds Secure; names beginning with "__Host-" need it (check)
};
// For all of the site, HttpOnly and SameSite=Lax: no script reads it, no other site's form sends
// it.
void set_cookie(Response& response, const Cookie& cookie);

}  // namespace emplettes::web
