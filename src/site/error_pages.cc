#include "site/error_pages.h"

#include "site/problems.h"
#include "site/reader_language.h"
#include "store/fault.h"

namespace emplettes::site {
namespace {

constexpr std::string_view kApi = "/api/";
constexpr std::string_view kRetryAfterSeconds = "5";

int worded(const Visit& visit, int status) {
    if (visit.language().has("error." + std::to_string(status) + ".title")) return status;
    return status < 500 ? 400 : 500;
}

// The language that the path names, else the reader's.
const Language& language_of(const Context& context, const web::Request& request,
                            const catalogue::Territory& territory) {
    for (const std::string& code : territory.languages)
        if (request.path.starts_with("/" + code + "/"))
            if (const Language* language = context.languages.find(code)) return *language;
    return reader_language(context, request, territory);
}

// What became of what the request asked for; nothing to say where it asked for no change.
enum class Saved { unsaid, nothing, perhaps };

struct Fault {
    int status = 500;
    std::string_view type = "about:blank";
    Saved saved = Saved::unsaid;
    bool is_away = false;  // the database
};

std::string saved_text(const Say& say, Saved saved) {
    switch (saved) {
        case Saved::unsaid: return {};
        case Saved::nothing: return say.text("error.kept_nothing");
        case Saved::perhaps: return say.text("error.kept_perhaps");
    }
    return {};
}

// The beginning of the keys of what a page says.
std::string page_words(const Visit& visit, const Fault& fault) {
    if (fault.is_away) return fault.saved == Saved::nothing ? "error.not_recorded." : "error.away.";
    return "error." + std::to_string(worded(visit, fault.status)) + ".";
}

// The same for programs, which may have a key.
std::string program_words(const Say& say, const Fault& fault) {
    if (!fault.is_away) return {};
    switch (fault.saved) {
        case Saved::unsaid: return say.text("api.away");
        case Saved::nothing: return say.text("api.not_recorded");
        case Saved::perhaps: return say.text("api.perhaps_recorded");
    }
    return {};
}

web::Response page(Visit& visit, const Fault& fault) {
    const int status = fault.status;
    const std::string key = page_words(visit, fault);
    const Say& say = visit.say;
    web::View view;
    view.set("status", std::to_string(status));
    view.set("heading", say.text(key + "title"));
    view.set("what_text", say.text(key + "what"));
    view.set("kept_text", saved_text(say, fault.saved));
    view.set("todo_text", say.text(key + "todo"));
    std::vector<web::View> ways;
    ways.push_back(
        way_view({.icon = "search", .text = say.text("error.home"), .url = visit.links.page("/")}));
    ways.push_back(way_view(
        {.icon = "shop", .text = say.text("error.shops"), .url = visit.links.page("/shops")}));
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

web::Response answer(const Context& context, const web::Request& request, const Fault& fault) {
    auto* live = context.territories.find(request.host);
    if (!live) return problem(request, fault.status, fault.type);
    const Language& language = language_of(context, request, live->territory());
    if (request.path.starts_with(kApi)) {
        const Say say(language, live->territory().zone, context.clock.now());
        return problem(request, fault.status, fault.type, program_words(say, fault));
    }
    Visit visit(context, request, *live, language);
    return page(visit, fault);
}

// Nothing was begun of what is refused.
web::Response refusal(const Context& context, const web::Request& request, int status) {
    return answer(context, request,
                  {.status = status, .saved = status >= 500 ? Saved::nothing : Saved::unsaid});
}

web::Response failure(const Context& context, const web::Request& request,
                      const std::exception_ptr& thrown) {
    const bool is_change = request.method != web::Method::get;
    try {
        std::rethrow_exception(thrown);
    } catch (const store::Unavailable& unavailable) {
        const bool is_certain = unavailable.written() == store::Unavailable::Written::nothing;
        const Saved saved = is_certain ? Saved::nothing : Saved::perhaps;
        auto response = answer(context, request,
                               {.status = 503,
                                .type = "unavailable",
                                .saved = is_change ? saved : Saved::unsaid,
                                .is_away = unavailable.cause() == store::Unavailable::Cause::away});
        response.add_header("Retry-After", std::string(kRetryAfterSeconds));
        return response;
    } catch (const std::exception&) {
        return answer(context, request, {.saved = is_change ? Saved::perhaps : Saved::unsaid});
    }
}

}  // namespace

web::Response error_page(Visit& visit, int status) { return page(visit, {.status = status}); }

web::ErrorPages error_pages(const Context& context) {
    return {.refusal = [&context](const web::Request& request,
                                  int status) { return refusal(context, request, status); },
            .failure =
                [&context](const web::Request& request, const std::exception_ptr& thrown) {
                    return failure(context, request, thrown);
                }};
}

}  // namespace emplettes::site
