#include "site/pledge_view.h"

#include <algorithm>

#include "base/text.h"
#include "campaign/signers.h"

namespace emplettes::site {
namespace {

using campaign::PledgeShown;

std::string digits_grouped(std::int64_t number, const std::string& separator) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::int64_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), separator);
    return digits;
}

web::View term(std::string label, std::string value, std::string sign) {
    web::View view;
    view.set("sign", std::move(sign));
    view.set("label", std::move(label));
    view.set("value", std::move(value));
    return view;
}

// "33 764 confirmed, 12 withdrawn, 41 220 refused, and why."
std::vector<web::View> arithmetic(const Visit& visit, const PledgeShown& shown) {
    const Say& say = visit.say;
    const auto number = [&](std::int64_t value) { return number_text(say, value); };
    std::vector<web::View> terms;
    terms.push_back(term(say.text("pledge.confirmed"), number(shown.count.confirmed), "+"));
    terms.push_back(term(say.text("pledge.withdrawn"), number(shown.count.withdrawn), "−"));
    for (const campaign::RefusedFor& refused : shown.refused)
        terms.push_back(term(say.text("pledge.refused_for", {refused.reason}),
                             number(refused.signatures), "−"));
    if (shown.refused.empty())
        terms.push_back(term(say.text("pledge.refused_none"), number(0), "−"));
    terms.push_back(term(say.text("pledge.counted"), number(shown.count.counted()), "="));
    return terms;
}

std::vector<web::View> milestones_view(const Visit& visit, const PledgeShown& shown) {
    std::vector<web::View> list;
    for (const campaign::Milestone& milestone : shown.pledge.milestones) {
        const auto promise = milestone.promises.find(visit.language().code());
        const auto& text = promise == milestone.promises.end() ? milestone.promises.begin()->second
                                                               : promise->second;
        web::View view;
        view.set("reached", shown.count.counted() >= milestone.signatures);
        view.set("at_text", visit.say.text("pledge.milestone_at",
                                           {number_text(visit.say, milestone.signatures)}));
        view.set("promise", text);
        view.set("by_text", visit.say.text("pledge.milestone_by",
                                           {milestone.owner, visit.say.date(milestone.due_at)}));
        list.push_back(std::move(view));
    }
    return list;
}

std::vector<web::View> named_view(const Visit& visit, const PledgeShown& shown) {
    std::vector<web::View> list;
    for (const campaign::PublicSignature& signature : shown.named) {
        web::View view;
        view.set("name", signature.organisation.empty()
                             ? signature.name
                             : visit.say.text("pledge.for_organisation",
                                              {signature.name, signature.organisation}));
        view.set("comment", signature.comment);
        view.set("age_text", visit.say.age(signature.confirmed_at));
        list.push_back(std::move(view));
    }
    return list;
}

std::string when_text(const Visit& visit, const campaign::Pledge& pledge) {
    if (visit.view.now < pledge.begins_at)
        return visit.say.text("pledge.begins", {visit.say.date(pledge.begins_at)});
    if (visit.view.now < pledge.ends_at)
        return visit.say.text("pledge.open_until", {last_day_text(visit, pledge.ends_at)});
    return visit.say.text("pledge.ended", {last_day_text(visit, pledge.ends_at)});
}

}  // namespace

std::string pledge_topic(TerritoryId territory, std::string_view slug) {
    return "pledge/" + std::to_string(territory.value) + "/" + std::string(slug);
}

std::string pledge_event_data(const campaign::Count& count) {
    return Json({{"counted", count.counted()}, {"paper", count.paper}}).dump();
}

std::string last_day_text(const Visit& visit, Instant end) {
    return visit.say.date(end - std::chrono::seconds{1});
}

std::string number_text(const Say& say, std::int64_t number) {
    return digits_grouped(number, say.text("pledge.thousands"));
}

campaign::CountBoard::Shown find_shown(const Visit& visit, std::string_view slug) {
    return visit.context.signers.board().find(visit.territory().id, slug);
}

std::string pledge_url(const Visit& visit, std::string_view slug) {
    return visit.links.bare("/pledges/" + std::string(slug));
}

std::vector<web::View> paragraphs(std::string_view text) {
    std::vector<web::View> list;
    std::string paragraph;
    const auto flush = [&] {
        if (!paragraph.empty()) list.emplace_back(std::move(paragraph));
        paragraph.clear();
    };
    for (const std::string_view line : split(text, '\n')) {
        const auto words = trim(line);
        if (words.empty())
            flush();
        else
            paragraph.append(paragraph.empty() ? "" : " ").append(words);
    }
    flush();
    return list;
}

void set_count(web::View& view, const Visit& visit, const PledgeShown& shown) {
    const Say& say = visit.say;
    const std::int64_t counted = shown.count.counted();
    view.set("counted", number_text(say, counted));
    view.set("counted_text", say.plural("pledge.signatures", counted));
    view.set("goal", shown.pledge.goal);
    view.set("progress", std::clamp<std::int64_t>(counted, 0, shown.pledge.goal));
    view.set("goal_text", say.text("pledge.goal", {number_text(say, shown.pledge.goal)}));
    view.set("arithmetic", arithmetic(visit, shown));
    view.set("paper_text", shown.count.paper > 0 ? say.plural("pledge.paper", shown.count.paper,
                                                              {number_text(say, shown.count.paper)})
                                                 : std::string());
}

void set_pledge(web::View& view, const Visit& visit, const PledgeShown& shown) {
    const campaign::Pledge& pledge = shown.pledge;
    const auto& text = pledge.text(visit.language().code());
    view.set("title", text.title);
    view.set("paragraphs", paragraphs(text.body));
    view.set("picture", pledge.picture);
    view.set("picture_text", text.picture_text);
    view.set("called_text", visit.say.text("pledge.called_by", {pledge.called_by}));
    view.set("when_text", when_text(visit, pledge));
    view.set("forgotten_text",
             pledge.anonymised_at == Instant()
                 ? visit.say.text("pledge.anonymise", {last_day_text(visit, pledge.anonymise_at)})
                 : visit.say.text("pledge.anonymised", {visit.say.date(pledge.anonymised_at)}));
    const auto milestones = milestones_view(visit, shown);
    view.set("has_milestones", !milestones.empty());
    view.set("milestones", milestones);
    const auto named = named_view(visit, shown);
    view.set("has_named", !named.empty());
    view.set("named", named);
    view.set("url", pledge_url(visit, pledge.slug));
    set_count(view, visit, shown);
}

Page pledge_page_named(const Visit& visit, std::string_view name, const std::string& title) {
    return {.name = name,
            .title = visit.say.text("title.page", {title, visit.territory_name()}),
            .has_search = false};
}

}  // namespace emplettes::site
