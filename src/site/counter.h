#pragma once
#include <string>
#include <string_view>

#include "accounts/role.h"
#include "accounts/session.h"
#include "base/result.h"
#include "catalogue/shop.h"
#include "site/visit.h"

namespace emplettes::site {

// The counter of a shop: everything its people do here, below /{lang}/counter/{shop}, {shop} being
// its slug. Every handler of it begins with enter_counter and ends with show_counter_page, or with
// a redirect after a form.

// Who stands at which counter, and as whom.
struct AtCounter {
    accounts::SignedIn who;
    accounts::Role role = accounts::Role::staff;
    catalogue::Shop shop;
    std::string url;      // "/fr/counter/l-ecume": begins every address of this counter
    std::string purpose;  // of its forms (web/csrf.h): what only this device knows
};

// Lets in whoever has a role at the shop of this request. The error is the answer for everybody
// else: to sign in and come back (303), not theirs (403), no such shop (404).
Result<AtCounter, web::Response> enter_counter(Visit& visit);

// The fields of a form of this counter; the error is the answer to one that is not.
Result<web::Fields, web::Response> read_counter_form(Visit& visit, const AtCounter& at);

// What the bar of every counter page leads to.
enum class CounterPart { requests, shelf, scan, hours, more };

struct CounterPage {
    CounterPart part = CounterPart::more;
    std::string_view
        name;  // of its template, which begins with counter_head, ends with counter_foot
    std::string title;
    int status = 200;
};
// Adds to `view` what every counter page has: `csrf`, `shop` (its name), and `counter`, the bar.
web::Response show_counter_page(Visit& visit, const AtCounter& at, const CounterPage& page,
                                web::View& view);

// Just the bar, for a page that is a counter's only sometimes.
void set_counter_bar(web::View& view, const Visit& visit, const AtCounter& at, CounterPart part);

}  // namespace emplettes::site
