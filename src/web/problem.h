#pragma once
#include <string>

#include "web/http.h"

namespace emplettes::web {

// An error for programs: RFC 9457, with one member of our own, `field`.
struct Problem {
    int status = 500;
    std::string type = "about:blank";  // "sold_out" etc.: a stable word of the API
    std::string title = {};            // the status's own words when empty
    std::string detail = {};           // what, which value, which limit
    std::string field = {};            // of the request, when one is to blame
    std::string instance = {};         // the request's id
};

// application/problem+json; empty members are left out; never cached.
Response problem_response(const Problem& problem);

}  // namespace emplettes::web
