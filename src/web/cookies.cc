#include "web/cookies.h"

#include "base/check.h"
#include "base/text.h"

namespace emplettes::web {

std::optional<std::string_view> find_cookie(const Request& request, std::string_view name) {
    for (const auto pair : split(request.header("cookie"), ';')) {
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || trim(pair.substr(0, equals)) != name) continue;
        return trim(pair.substr(equals + 1));
    }
    return std::nullopt;
}

void set_cookie(Response& response, const Cookie& cookie) {
    check(!cookie.name.empty() && url_encode(cookie.name) == cookie.name);
    check(url_encode(cookie.value) == cookie.value);
    check(cookie.https || !cookie.name.starts_with("__Host-"));
    std::string line = cookie.name + '=' + cookie.value + "; Path=/; HttpOnly; SameSite=Lax";
    if (cookie.https) line += "; Secure";
    if (cookie.max_age.count() != 0)
        line += "; Max-Age=" + std::to_string(std::max<std::int64_t>(cookie.max_age.count(), 0));
    response.add_header("Set-Cookie", std::move(line));
}

}  // namespace emplettes::web
