#include "site/account_pages.h"

#include <array>
#include <cmath>

#include "site/operator_desk.h"
#include "web/shield/shield.h"

namespace emplettes::site {
namespace {

using web::Alarm;
using web::ShieldReport;
using web::TurnedAway;
using web::Worth;

constexpr std::string_view kRefreshS = "10";  // while there is an alarm

std::string reason_text(const Say& say, Alarm::Reason reason) {
    switch (reason) {
        case Alarm::Reason::none: return say.text("shield.calm");
        case Alarm::Reason::crowded: return say.text("shield.crowded");
        case Alarm::Reason::surge: return say.text("shield.surge");
        case Alarm::Reason::concentrated: return say.text("shield.concentrated");
    }
    return {};
}

std::string worth_text(const Say& say, Worth worth) {
    switch (worth) {
        case Worth::callback: return say.text("shield.worth.callback");
        case Worth::known: return say.text("shield.worth.known");
        case Worth::proven: return say.text("shield.worth.proven");
        case Worth::newcomer: return say.text("shield.worth.newcomer");
        case Worth::read: return say.text("shield.worth.read");
    }
    return {};
}

// Nobody of this kind comes to most servers.
bool is_rare(Worth worth) { return worth == Worth::callback || worth == Worth::proven; }

std::string whole(double number) { return std::to_string(std::llround(number)); }
std::string percent(const Say& say, double part) {
    return say.text("shield.percent", {whole(100 * part)});
}
// Of a rate: "3" a minute, for a visitor's two clicks are not 0 a second.
std::string per_minute(double per_s) { return whole(60 * per_s); }

std::vector<web::View> network_rows(const Say& say, const ShieldReport& report) {
    std::vector<web::View> rows;
    for (const ShieldReport::Network& network : report.networks) {
        web::View row;
        row.set("prefix", network.prefix);
        row.set("asked", per_minute(network.asked_per_s));
        row.set("writes", per_minute(network.writes_per_s));
        row.set("refused", per_minute(network.refused_per_s));
        row.set("share", percent(say, network.work_share));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<web::View> worth_rows(const Say& say, const ShieldReport& report) {
    std::vector<web::View> rows;
    for (std::size_t worth = 0; worth < web::kWorths; ++worth) {
        const ShieldReport::Tried& tried = report.by_worth[worth];
        if (is_rare(static_cast<Worth>(worth)) && tried == ShieldReport::Tried{}) continue;
        const auto away = [&](TurnedAway why) {
            return std::to_string(tried.turned_away[static_cast<std::size_t>(why)]);
        };
        web::View row;
        row.set("worth", worth_text(say, static_cast<Worth>(worth)));
        row.set("done", std::to_string(tried.done));
        row.set("no_room", away(TurnedAway::no_room));
        row.set("too_late", away(TurnedAway::too_late));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<web::View> log_rows(const Say& say, const ShieldReport& report) {
    std::vector<web::View> rows;
    for (const Alarm::Event& event : report.log) {
        const bool lasts = event.ended_at == Instant{};
        web::View row;
        row.set("from", say.moment(event.raised_at));
        row.set("to", lasts ? say.text("shield.lasts") : say.moment(event.ended_at));
        row.set("reason", reason_text(say, event.reason));
        row.set("prefix", event.prefix);
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

web::Response operator_shield_page(Visit& visit) {
    const auto at = enter_desk(visit);
    if (!at) return at.error();
    const Say& say = visit.say;
    const ShieldReport report = visit.context.shield.report();
    const bool has_alarm = report.reason != Alarm::Reason::none;
    web::View view;
    view.set("state_kind", has_alarm ? "bad" : "good");
    view.set("state_text", report.is_on ? reason_text(say, report.reason) : say.text("shield.off"));
    view.set("pressure_text", say.text("shield.pressure", {percent(say, report.pressure)}));
    auto networks = network_rows(say, report);
    auto log = log_rows(say, report);
    view.set("has_networks", !networks.empty());
    view.set("networks", std::move(networks));
    view.set("worths", worth_rows(say, report));
    view.set("has_log", !log.empty());
    view.set("log", std::move(log));
    view.set("operator_url", at->url);
    auto response = show(visit, desk_page(visit, "operator_shield", 200), view);
    if (has_alarm) response.add_header("Refresh", std::string(kRefreshS));
    return response;
}

}  // namespace emplettes::site
