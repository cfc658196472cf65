#pragma once
#include <string>
#include <string_view>

#include "site/search_request.h"
#include "web/http.h"
#include "web/problem.h"

namespace emplettes::site {

// Problem documents of the API; `type` is a stable word that programs may switch on.
web::Response problem(const web::Request& request, int status, std::string_view type,
                      std::string detail = {}, std::string field = {});

// A field that cannot be used: 400 for an unknown one, 422 for an unusable value.
web::Response field_problem(const web::Request& request, int status, const FieldProblem& problem);

}  // namespace emplettes::site
