#include "catalogue/wanted.h"
#include "site/json_out.h"
#include "site/problems.h"
#include "site/shop_pages.h"

namespace emplettes::site {
namespace {

using catalogue::LookedFor;
using catalogue::Trend;

std::string_view trend_key(Trend trend) {
    switch (trend) {
        case Trend::appeared: return "wanted.appeared";
        case Trend::rising: return "wanted.rising";
        case Trend::steady: return "wanted.steady";
        case Trend::falling: return "wanted.falling";
    }
    return "wanted.steady";
}

std::string offered_text(const Say& say, const LookedFor& question) {
    if (question.products > 0) return say.plural("results.products", question.products);
    if (question.shops > 0) return say.plural("results.shops", question.shops);
    return say.text("wanted.nobody");
}

web::View row_view(const Visit& visit, const LookedFor& question) {
    web::View row;
    row.set("text", question.text);
    row.set("url", visit.links.page("/search", {{"q", question.text}}));
    row.set("asked", visit.say.plural("wanted.times", question.asked));
    row.set("trend", visit.say.text(trend_key(question.trend())));
    row.set("products", offered_text(visit.say, question));
    return row;
}

std::vector<web::View> rows_view(const Visit& visit, const std::vector<LookedFor>& questions) {
    std::vector<web::View> rows;
    rows.reserve(questions.size());
    for (const LookedFor& question : questions) rows.push_back(row_view(visit, question));
    return rows;
}

void write_questions(JsonOut& out, std::string_view name, const std::vector<LookedFor>& questions) {
    out.begin_array(name);
    for (const LookedFor& question : questions) {
        out.begin_object();
        out.member("text", question.text);
        out.member("asked", question.asked);
        out.member("asked_before", question.asked_before);
        out.member("trend", catalogue::to_string(question.trend()));
        out.member("found_none", question.found_none);
        out.member("opened", question.opened);
        out.member("products", question.products);
        out.member("shops", question.shops);
        out.end_object();
    }
    out.end_array();
}

}  // namespace

web::Response wanted_page(Visit& visit) {
    const auto wanted = visit.live.wanted();
    const Say& say = visit.say;
    const std::string days = std::to_string(catalogue::kWantedPeriod.count());
    web::View view;
    view.set("heading", say.text("wanted.heading"));
    view.set("lead", say.plural("wanted.lead", wanted->asked, {days, visit.territory_name()}));
    view.set("has_missing", !wanted->missing.empty());
    view.set("missing", rows_view(visit, wanted->missing));
    view.set("sell_url", visit.links.page("/shops"));
    view.set("has_most_asked", !wanted->most_asked.empty());
    view.set("most_asked", rows_view(visit, wanted->most_asked));
    view.set("public_text",
             say.text("wanted.public", {std::to_string(catalogue::kPublicNetworksMin)}));
    return show(
        visit,
        {.name = "wanted",
         .title = say.text("title.page", {say.text("wanted.heading"), visit.territory_name()}),
         .description = say.text("wanted.description", {visit.territory_name()})},
        view);
}

web::Response wanted_api(Visit& visit) {
    if (!visit.request.query.empty())
        return field_problem(visit.request, 400,
                             {.field = visit.request.query.all().front().first,
                              .detail = "is not a parameter of this address"});
    const auto wanted = visit.live.wanted();
    JsonOut out;
    out.begin_object();
    out.member("days", std::int64_t{catalogue::kWantedPeriod.count()});
    out.member("asked", wanted->asked);
    out.begin_object("public_from");
    out.member("networks_in_a_day", catalogue::kPublicNetworksMin);
    out.end_object();
    write_questions(out, "missing", wanted->missing);
    write_questions(out, "most_asked", wanted->most_asked);
    out.end_object();
    return out.response();
}

}  // namespace emplettes::site
