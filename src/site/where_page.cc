#include "site/where_page.h"

namespace emplettes::site {
namespace {

// The page that was asked for, standing somewhere else.
std::string same_page(const Visit& visit, const Parameters& where) {
    Parameters parameters;
    for (const auto& [name, value] : visit.request.query.all())
        if (!is_where_parameter(name)) parameters.emplace_back(name, value);
    parameters.insert(parameters.end(), where.begin(), where.end());
    return visit.links.in_language(visit.language().code(), visit.path_without_language(),
                                   parameters);
}

std::string_view kind_key(catalogue::NamedPlace::Kind kind) {
    switch (kind) {
        case catalogue::NamedPlace::Kind::street: return "where.kind_street";
        case catalogue::NamedPlace::Kind::shop: return "where.kind_shop";
        case catalogue::NamedPlace::Kind::address: return "where.kind_address";
    }
    return "";
}

std::string_view heading_key(const Where& where) {
    if (where.is_outside) return "where.outside";
    return where.choices.empty() ? "where.unknown" : "where.heading";
}

web::View choice_view(const Visit& visit, const catalogue::NamedPlace& place) {
    const bool is_shop = place.kind == catalogue::NamedPlace::Kind::shop;
    web::View view;
    view.set("icon", is_shop ? "shop" : "pin");
    view.set("text", place.name);
    view.set("kind", visit.say.text(kind_key(place.kind)));
    view.set("url", same_page(visit, {{"lat", degrees(place.position.lat)},
                                      {"lon", degrees(place.position.lon)},
                                      {"near", place.name}}));
    return view;
}

}  // namespace

web::Response where_page(Visit& visit) {
    const Say& say = visit.say;
    const Where& where = visit.where;
    const bool has_choices = !where.choices.empty();
    const std::string place = visit.territory_name();
    web::View view;
    view.set("heading", say.text(heading_key(where), {where.near}));
    view.set(
        "where_text",
        has_choices
            ? say.plural("where.many", static_cast<std::int64_t>(where.choices.size()), {place})
            : say.text(where.is_outside ? "where.outside_text" : "where.unknown_text", {place}));
    view.set("has_choices", has_choices);
    std::vector<web::View> choices;
    for (const auto& choice : where.choices) choices.push_back(choice_view(visit, choice));
    view.set("choices", std::move(choices));
    view.set("search", search_form(visit, visit.request.query.get("q"), {}));
    view.set("centre_url", same_page(visit, {}));
    view.set("centre_text", say.text("where.centre", {place}));
    return show(visit,
                {.name = "where",
                 .title = say.text("title.page", {say.text("where.title"), place}),
                 .is_private = true},
                view);
}

}  // namespace emplettes::site
