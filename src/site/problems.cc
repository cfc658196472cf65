#include "site/problems.h"

namespace emplettes::site {

web::Response problem(const web::Request& request, int status, std::string_view type,
                      std::string detail, std::string field) {
    return web::problem_response({.status = status,
                                  .type = std::string(type),
                                  .detail = std::move(detail),
                                  .field = std::move(field),
                                  .instance = request.id});
}

web::Response field_problem(const web::Request& request, int status, const FieldProblem& fault) {
    return problem(request, status, status == 400 ? "unknown_field" : "invalid_field",
                   fault.field + " " + fault.detail, fault.field);
}

}  // namespace emplettes::site
