#include "site/visit.h"

#include "base/text.h"
#include "site/basket_cookie.h"
#include "site/search_request.h"
#include "site/session_cookie.h"

namespace emplettes::site {
namespace {

std::vector<web::View> language_links(const Visit& visit) {
    Parameters parameters;
    for (const auto& [name, value] : visit.request.query.all())
        parameters.emplace_back(name, value);
    std::vector<web::View> links;
    for (const std::string& code : visit.territory().languages) {
        web::View link;
        link.set("code", code);
        link.set("name", to_upper_ascii(code));
        link.set("url", visit.links.in_language(code, visit.path_without_language(), parameters));
        link.set("current", code == visit.language().code());
        links.push_back(std::move(link));
    }
    return links;
}

std::optional<TravelLimit> find_limit(const web::Fields& query) {
    const auto read = read_within(query);
    return read ? *read : std::nullopt;
}

// A page that shows what one reader has put together is for nobody else.
bool has_basket(const Visit& visit) { return !read_basket(visit.request).empty(); }

void set_basket_link(web::View& view, const Visit& visit) {
    const auto lines = static_cast<std::int64_t>(read_basket(visit.request).size());
    view.set("basket_url", lines > 0 ? visit.links.page("/basket") : std::string());
    view.set("basket_text", visit.say.plural("basket.link", lines));
}

}  // namespace

Visit::Visit(const Context& the_context, const web::Request& the_request,
             catalogue::LiveCatalogue& the_live, const Language& language)
    : context(the_context),
      request(the_request),
      live(the_live),
      view(live.view()),
      where(find_where(request.query, live.territory(), *view.snapshot,
                       view.ground().addresses.get())),
      ways(*view.ways, where.from),
      limit(find_limit(request.query)),
      links(language.code(), where),
      say(language, live.territory().zone, view.now) {}

Visit::Found Visit::search(search::Query query) const {
    const auto* choices = view.merchandising->apply(query);
    query.walked_m = ways.walked_m();
    return {.answer = snapshot().index().search(query), .choices = choices};
}

std::string Visit::near_text() const {
    if (where.is_position_outside) return say.text("where.near_outside", {territory_name()});
    if (where.kind == Where::Kind::centre) return say.text("where.near_centre", {territory_name()});
    if (where.near.empty()) return say.text("where.near_me");
    return say.text(where.is_interpolated ? "where.near_interpolated" : "where.near", {where.near});
}

std::string_view Visit::path_without_language() const {
    std::string_view path = request.path;
    const std::string prefix = "/" + language().code();
    if (path.starts_with(prefix)) path.remove_prefix(prefix.size());
    return path.empty() ? "/" : path;
}

const accounts::SignedIn* Visit::signed_in() {
    if (who) return *who ? &**who : nullptr;
    who.emplace();
    const auto token = SessionCookie(context, territory()).find(request);
    if (!token) return nullptr;
    *who = context.database.read([&](store::Tx& tx) {
        return accounts::find_signed_in(tx, territory().id, *token, view.now);
    });
    if (!*who) return nullptr;
    is_prolonged = accounts::is_to_be_noted((*who)->session, view.now);
    if (is_prolonged)
        context.database.write([&](store::Tx& tx) {
            accounts::note_seen(tx, territory().id, (*who)->session, view.now);
        });
    return &**who;
}

void Visit::finish(web::Response& response) const {
    if (!who) return;
    if (response.header("Cache-Control").empty()) response.add_header("Cache-Control", "no-store");
    if (!is_prolonged || !response.header("Set-Cookie").empty()) return;
    const SessionCookie cookie(context, territory());
    cookie.set(response, cookie.find(request).value());
}

web::View search_form(const Visit& visit, std::string_view query, const Parameters& kept) {
    Parameters hidden = kept;
    if (visit.where.kind == Where::Kind::position) {
        hidden.emplace_back("lat", degrees(visit.where.from.lat));
        hidden.emplace_back("lon", degrees(visit.where.from.lon));
        hidden.emplace_back("near_known", visit.where.near);
    }
    web::View form;
    form.set("action", visit.links.bare("/search"));
    form.set("suggest_url", "/api/v1/suggest?lang=" + visit.language().code());
    const bool has_addresses = visit.view.ground().addresses != nullptr;
    form.set("geocode_url", has_addresses ? "/api/v1/geocode" : "");
    form.set("reverse_url", has_addresses ? "/api/v1/reverse" : "");
    form.set("query", std::string(query));
    form.set("near", visit.where.near);
    std::vector<web::View> fields;
    for (const auto& [name, value] : hidden) {
        web::View field;
        field.set("name", name);
        field.set("value", value);
        fields.push_back(std::move(field));
    }
    form.set("fields", std::move(fields));
    return form;
}

web::View way_view(const Way& way) {
    web::View view;
    view.set("icon", way.icon).set("text", way.text).set("note", way.note).set("url", way.url);
    return view;
}

web::Response show(Visit& visit, const Page& page, web::View& view) {
    const Links& links = visit.links;
    view.set("page", std::string(page.name));
    view.set("lang", visit.language().code());
    view.set("territory", visit.territory_name());
    view.set("page_title", page.title);
    view.set("description", page.description);
    if (page.json_ld.empty())
        view.set("json_ld", false);
    else
        view.set("json_ld", web::script_json(page.json_ld));
    view.set("private", page.is_private);
    view.set("read_only", !visit.context.database.state().writes);
    view.set("demo", visit.territory().is_demo);
    view.set("home_url", links.page("/"));
    set_basket_link(view, visit);
    view.set("shops_url", links.page("/shops"));
    view.set("map_url", links.page("/map"));
    view.set("wanted_url", links.page("/wanted"));
    view.set("pledges_url", links.page("/pledges"));
    view.set("ranking_url", links.page("/ranking"));
    view.set("accessibility_url", links.page("/accessibility"));
    view.set("sources_url", links.page("/sources"));
    const bool is_demo = visit.territory().is_demo;
    view.set("mails_url", is_demo ? links.bare("/dev/mails") : std::string());
    view.set("styleguide_url", is_demo ? links.bare("/dev/styleguide") : std::string());
    view.set("languages", language_links(visit));
    if (!page.has_search) view.set("search", false);
    if (page.has_search && !view.find("search")) view.set("search", search_form(visit, "", {}));

    web::Response response;
    response.status = page.status;
    response.body = visit.context.templates.render(visit.language().code(), page.name, view);
    response.add_header("Content-Language", visit.language().code());
    const bool is_own = page.is_private || has_basket(visit);
    if (is_own) response.add_header("Cache-Control", "no-store");
    return response;
}

}  // namespace emplettes::site
