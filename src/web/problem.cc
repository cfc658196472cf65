#include "web/problem.h"

#include "base/json.h"

namespace emplettes::web {

Response problem_response(const Problem& problem) {
    Json json;
    json["type"] = problem.type;
    json["title"] =
        problem.title.empty() ? std::string(reason_phrase(problem.status)) : problem.title;
    json["status"] = problem.status;
    if (!problem.detail.empty()) json["detail"] = problem.detail;
    if (!problem.field.empty()) json["field"] = problem.field;
    if (!problem.instance.empty()) json["instance"] = problem.instance;
    Response response{.status = problem.status,
                      .content_type = "application/problem+json",
                      .body = json.dump(-1, ' ', false, Json::error_handler_t::replace)};
    response.add_header("Cache-Control", "no-store");
    return response;
}

}  // namespace emplettes::web
