#pragma once
#include <exception>

#include "site/visit.h"
#include "web/server.h"

namespace emplettes::site {

// What went wrong, in the words of error.<status>.* of the catalogues. Statuses without words of
// their own take those of 400 or 500.
web::Response error_page(Visit& visit, int status);

// For the server: refusals and failures of any request, as a problem document below /api/, else as
// a page in the language that the path names, else the reader's. A database that cannot
// answer is 503, a bug 500.
web::ErrorPages error_pages(const Context& context);

}  // namespace emplettes::site
