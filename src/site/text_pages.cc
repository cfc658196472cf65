#include "site/text_pages.h"

namespace emplettes::site {
namespace {

// When the pages were last checked against WCAG 2.2 AA; the statement must say so.
constexpr std::chrono::sys_days kAccessibilityChecked = std::chrono::year{2026} / 11 / 22;

// "© OpenStreetMap contributors, ODbL 1.0, https://…": the address at the end becomes a link.
web::View source_view(const std::string& line) {
    const auto link = line.rfind("https://");
    const auto end = link == std::string::npos ? std::string::npos : line.find_first_of(" )", link);
    web::View view;
    view.set("url", link == std::string::npos ? std::string() : line.substr(link, end - link));
    view.set("source", line.substr(0, link == std::string::npos ? link : line.rfind(", ", link)));
    view.set("what", end == std::string::npos ? std::string() : line.substr(end));
    view.set("licence", "").set("date", "");
    return view;
}

}  // namespace

web::Response accessibility_page(Visit& visit) {
    web::View view;
    view.set("contact", visit.territory().operated_by.email);
    view.set("date_text",
             visit.say.text("accessibility.date", {visit.say.date(kAccessibilityChecked)}));
    return show(visit,
                {.name = "accessibility",
                 .title = visit.say.text("title.page", {visit.say.text("accessibility.title"),
                                                        visit.territory_name()})},
                view);
}

web::Response sources_page(Visit& visit) {
    std::vector<web::View> sources;
    for (const std::string& line : visit.territory().attributions)
        sources.push_back(source_view(line));
    web::View view;
    view.set("sources", std::move(sources));
    return show(visit,
                {.name = "sources",
                 .title = visit.say.text(
                     "title.page", {visit.say.text("sources.title"), visit.territory_name()})},
                view);
}

}  // namespace emplettes::site
