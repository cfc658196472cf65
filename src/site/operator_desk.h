#pragma once
#include <string>
#include <string_view>

#include "accounts/session.h"
#include "base/result.h"
#include "site/visit.h"
#include "web/http.h"

namespace emplettes::site {

// Where the territory's operators work.
struct AtDesk {
    accounts::SignedIn who;
    std::string url;      // "/fr/operator": begins the addresses of its pages
    std::string purpose;  // of its forms (web/csrf.h)
};

// The error is the answer for who may not stand there.
Result<AtDesk, web::Response> enter_desk(Visit& visit);
// The same for a form of one of its pages.
Result<AtDesk, web::Response> read_desk_form(Visit& visit);

Page desk_page(const Visit& visit, std::string_view name, int status);

}  // namespace emplettes::site
