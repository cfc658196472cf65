#include "base/text.h"
#include "notices/notice_queue.h"
#include "notices/ways.h"
#include "site/error_pages.h"
#include "site/notice_texts.h"
#include "site/notices_pages.h"
#include "site/operator_desk.h"
#include "web/form.h"

namespace emplettes::site {
namespace {

using notices::KindCounts;
using notices::Troubled;

std::string notices_url(const AtDesk& at) { return at.url + "/notices"; }

// One for each kind, for both of its readers, who get it under the same name.
std::vector<web::View> kind_rows(const Say& say, const std::vector<KindCounts>& counts) {
    std::vector<web::View> rows;
    for (const KindCounts& kind : counts) {
        web::View row;
        row.set("kind", kind_text(say, kind.kind));
        row.set("to", say.text("notices.to_" + std::string(notices::to_string(kind.audience))));
        row.set("waiting", kind.waiting);
        row.set("sent", kind.sent);
        row.set("failed", kind.failed);
        row.set("to_print", kind.to_print);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<web::View> troubled_rows(const Say& say, const std::vector<Troubled>& troubled) {
    std::vector<web::View> rows;
    for (const Troubled& one : troubled) {
        web::View row;
        row.set("id", one.id.value);
        row.set("kind", kind_text(say, one.kind));
        row.set("recipient", one.recipient);
        row.set("age_text", say.age(one.created_at));
        row.set("state_text", one.has_failed
                                  ? say.text("notices.given_up")
                                  : say.text("notices.again", {say.moment(one.next_attempt_at)}));
        row.set("failed", one.has_failed);
        row.set("words", one.words);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string relay_text(const Visit& visit) {
    const Say& say = visit.say;
    if (!visit.context.notices.settings.relay) return say.text("notices.relay_none");
    const auto state = visit.context.notices.relay.state();
    if (state.trouble)
        return say.text("notices.relay_down",
                        {say.age(state.trouble->since), state.trouble->words});
    if (state.last_sent == Instant{}) return say.text("notices.relay_idle");
    return say.text("notices.relay_up", {say.age(state.last_sent)});
}

// What the last tap did, as the address says; only numbers of ours are shown.
std::string message_text(const Visit& visit) {
    const auto retried = parse_int(visit.request.query.get("retried"));
    if (!retried || *retried < 0) return {};
    return visit.say.plural("notices.retried", *retried);
}

web::View figure(std::string name, std::string value) {
    web::View view;
    view.set("name", std::move(name)).set("value", std::move(value));
    return view;
}

std::vector<web::View> figures(const Say& say, const notices::NoticeCounts& counts) {
    const bool is_waiting = counts.oldest_waiting > Instant{};
    std::vector<web::View> figures;
    figures.push_back(figure(say.text("notices.waiting"), std::to_string(counts.waiting)));
    if (is_waiting)
        figures.push_back(figure(say.text("notices.oldest"), say.age(counts.oldest_waiting)));
    figures.push_back(figure(say.text("notices.failed"), std::to_string(counts.failed)));
    figures.push_back(figure(say.text("notices.sent"), std::to_string(counts.sent)));
    return figures;
}

}  // namespace

web::Response operator_notices_page(Visit& visit) {
    const auto at = enter_desk(visit);
    if (!at) return at.error();
    const TerritoryId here = visit.territory().id;
    web::View view;
    visit.context.database.read([&](store::Tx& tx) {
        const auto counts = notices::count_notices(tx, here);
        auto rows = kind_rows(visit.say, notices::count_by_kind(tx, here));
        auto troubled = troubled_rows(visit.say, notices::load_troubled(tx, here));
        view.set("figures", figures(visit.say, counts));
        view.set("slips_text", counts.to_print == 0
                                   ? std::string()
                                   : visit.say.plural("notices.slips", counts.to_print));
        view.set("has_kinds", !rows.empty());
        view.set("kinds", std::move(rows));
        view.set("has_troubled", !troubled.empty());
        view.set("has_several", troubled.size() > 1);
        view.set("troubled", std::move(troubled));
    });
    const bool is_down = visit.context.notices.relay.state().trouble.has_value();
    view.set("csrf", visit.context.csrf.token(at->purpose));
    view.set("message", message_text(visit));
    view.set("relay_text", relay_text(visit));
    view.set("relay_kind", is_down ? "bad" : "good");
    view.set("texts_text",
             visit.say.text(visit.context.notices.settings.sms ? "notices.texts_on"
                                                               : "notices.texts_off"));
    view.set("retry_action", notices_url(*at) + "/retry");
    view.set("slips_url", notices_url(*at) + "/slips");
    view.set("operator_url", at->url);
    return show(visit, desk_page(visit, "operator_notices", 200), view);
}

web::Response retry_notices(Visit& visit) {
    const auto at = read_desk_form(visit);
    if (!at) return at.error();
    const auto form = web::form_body(visit.request).value();
    const std::string_view which = form.get("notice");
    const auto id = parse_int(which);
    if (!id && which != "all") return error_page(visit, 400);
    const std::int64_t retried = visit.context.database.write([&](store::Tx& tx) {
        return id ? notices::retry_notice(tx, visit.territory().id, NoticeId{*id}, visit.view.now)
                  : notices::retry_troubled(tx, visit.territory().id, visit.view.now);
    });
    return web::redirect(303, notices_url(*at) + "?retried=" + std::to_string(retried));
}

}  // namespace emplettes::site
