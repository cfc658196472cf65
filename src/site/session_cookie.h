#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "site/context.h"
#include "web/http.h"

namespace emplettes::site {

// The cookie that is set when somebody signs in: a secret that names their session. With
// a territory whose address begins with https it is "__Host-session" and Secure, else "session".
class SessionCookie {
  public:
    SessionCookie(const Context& context, const catalogue::Territory& territory);

    // The secret that came along; none, too, when it cannot be one of ours.
    std::optional<std::string_view> find(const web::Request& request) const;
    void set(web::Response& response, std::string_view token) const;
    void forget(web::Response& response) const;

  private:
    bool is_https_;
};

// "Firefox, Android", as far as a browser tells; "" when it tells nothing that is known.
std::string device_name(std::string_view user_agent);

// A page of this site to go to after signing in; "" when `path` could lead elsewhere: an address
// of another server, or anything that browsers read in more than one way.
std::string local_path(std::string_view path);

}  // namespace emplettes::site
