#include "site/error_pages.h"

#include "site/problems.h"
#include "store/fault.h"

namespace emplettes::site {
namespace {

constexpr std::string_view kApi = "/api/";
constexpr std::string_view kRetryAfterSeconds = "5";

int worded(const Visit& visit, int status) {
    if (visit.language().has("error." + std::to_string(status) + ".title")) return status;
    return status < 500 ? 400 : 500;
}

web::View way(const std::string& icon, const std::string& text, const std::string& url) {
    web::View view;
    view.set("icon", icon).set("text", text).set("url", url).set("note", "");
    return view;
}

// The language that the path names, else the territory's first.
const Language& language_of(const Context& context, const web::Request& request,
                            const catalogue::Territory& territory) {
    for (const std::string& code : territory.languages)
        if (request.path.starts_with("/" + code + "/"))
            if (const Language* language = context.languages.find(code)) return *language;
    const Language* first = context.languages.find(territory.languages.front());
    return first ? *first : context.languages.first();
}

web::Response answer(const Context& context, const web::Request& request, int status,
                     std::string_view type) {
    auto* live = context.territories.find(request.host);
    if (!live || request.path.starts_with(kApi)) return problem(request, status, type);
    Visit visit(context, request, *live, language_of(context, request, live->territory()));
    return error_page(visit, status);
}

web::Response failure(const Context& context, const web::Request& request,
                      const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const store::Unavailable&) {
        auto response = answer(context, request, 503, "unavailable");
        response.add_header("Retry-After", std::string(kRetryAfterSeconds));
        return response;
    } catch (const std::exception&) {
        return answer(context, request, 500, "about:blank");
    }
}

}  // namespace

web::Response error_page(Visit& visit, int status) {
    const std::string key = "error." + std::to_string(worded(visit, status)) + ".";
    const Say& say = visit.say;
    web::View view;
    view.set("status", std::to_string(status));
    view.set("heading", say.text(key + "title"));
    view.set("what_text", say.text(key + "what"));
    view.set("kept_text", status >= 500 ? say.text("error.kept_nothing") : std::string());
    view.set("todo_text", say.text(key + "todo"));
    std::vector<web::View> ways;
    ways.push_back(way("search", say.text("error.home"), visit.links.page("/")));
    ways.push_back(way("shop", say.text("error.shops"), visit.links.page("/shops")));
    view.set("ways", std::move(ways));
    view.set("reference_text",
             status >= 500 ? say.text("error.reference", {visit.request.id}) : std::string());
    return show(visit,
                {.name = "error",
                 .title = say.text("title.page", {say.text(key + "title"), visit.territory_name()}),
                 .is_private = true,
                 .status = status},
                view);
}

web::ErrorPages error_pages(const Context& context) {
    return {.refusal = [&context](
                           const web::Request& request,
                           int status) { return answer(context, request, status, "about:blank"); },
            .failure =
                [&context](const web::Request& request, const std::exception_ptr& thrown) {
                    return failure(context, request, thrown);
                }};
}

}  // namespace emplettes::site
