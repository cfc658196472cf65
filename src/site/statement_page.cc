#include <algorithm>

#include "base/decimals.h"
#include "base/text.h"
#include "catalogue/shop_views.h"
#include "orders/statement.h"
#include "site/counter.h"
#include "site/error_pages.h"
#include "site/hours_fields.h"
#include "site/keeper_pages.h"

namespace emplettes::site {
namespace {

using orders::Statement;
using orders::StatementCounts;

constexpr int kMonthsKept = 12;
// The chart, in its own units.
constexpr std::int64_t kBarWidth = 12;
constexpr std::int64_t kChartHeight = 100;

struct MonthSeen {
    orders::StatementMonth month;
    Statement statement;
    std::map<LocalDay, catalogue::ViewCounts> views;

    LocalDay first() const { return LocalDay{month.month / 1}; }
    LocalDay last() const { return LocalDay{month.month / std::chrono::last}; }
};

std::chrono::year_month month_now(const Visit& visit) {
    const std::chrono::year_month_day date{catalogue::day_of(visit.territory(), visit.view.now)};
    return date.year() / date.month();
}

std::string iso_month(std::chrono::year_month month) {
    return std::to_string(static_cast<int>(month.year())) + "-" +
           two_digits(static_cast<unsigned>(month.month()));
}

// "2026-11", of the last twelve months and this one; this one when it says nothing else.
std::optional<std::chrono::year_month> read_month(const Visit& visit) {
    const std::string_view text = visit.request.query.get("month");
    const std::chrono::year_month now = month_now(visit);
    if (text.empty()) return now;
    const auto day = parse_iso_date(std::string(text) + "-01");
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{*day};
    const std::chrono::year_month month = date.year() / date.month();
    if (month > now || month < now - std::chrono::months{kMonthsKept}) return std::nullopt;
    return month;
}

MonthSeen load_month(const Visit& visit, const AtCounter& at, std::chrono::year_month month) {
    MonthSeen seen{.month = {.month = month, .zone = visit.territory().zone}};
    visit.context.database.read([&](store::Tx& tx) {
        seen.statement = orders::load_statement(tx, visit.territory().id, at.shop.id, seen.month);
        seen.views =
            catalogue::load_views(tx, visit.territory().id, at.shop.id, seen.first(), seen.last());
        return Done{};
    });
    return seen;
}

std::chrono::seconds overlap(const catalogue::OpenSpan& span, const catalogue::ShopAnswer& answer) {
    const auto begin = std::max(span.opens_at, answer.asked_at);
    const auto end = std::min(span.closes_at, answer.answered_at);
    return std::max(end - begin, std::chrono::seconds{0});
}

// How long the neighbours waited while the shop was open, where its hours are known.
std::optional<std::chrono::minutes> median_answer(const Visit& visit, const AtCounter& at,
                                                  const MonthSeen& seen) {
    const auto hours = geo::OpeningHours::parse(at.shop.opening_hours);
    std::vector<catalogue::OpenSpan> spans;
    if (hours.readable())
        spans = visit.live.spans_of(hours, seen.month.begins_at(),
                                    seen.month.ends_at() + std::chrono::days{30});
    std::vector<std::chrono::minutes> waits;
    for (const catalogue::ShopAnswer& answer : seen.statement.answers) {
        std::chrono::seconds wait{0};
        if (!hours.readable()) wait = answer.answered_at - answer.asked_at;
        for (const catalogue::OpenSpan& span : spans) {
            if (span.opens_at >= answer.answered_at) break;
            wait += overlap(span, answer);
        }
        waits.push_back(std::chrono::floor<std::chrono::minutes>(wait));
    }
    return orders::median(std::move(waits));
}

std::string minutes_text(const Say& say, const std::optional<std::chrono::minutes>& median) {
    if (!median) return say.text("keeper.no_answers");
    return say.plural("keeper.minutes", median->count());
}

StatementCounts counts_on(const MonthSeen& seen, LocalDay day) {
    const auto found = seen.statement.days.find(day);
    return found == seen.statement.days.end() ? StatementCounts() : found->second;
}

catalogue::ViewCounts views_on(const MonthSeen& seen, LocalDay day) {
    const auto found = seen.views.find(day);
    return found == seen.views.end() ? catalogue::ViewCounts() : found->second;
}

std::int64_t seen_in_all(const MonthSeen& seen) {
    std::int64_t all = 0;
    for (const auto& [day, views] : seen.views) all += views.shop_pages + views.product_pages;
    return all;
}

// A bar a day, as high as what was asked; its lower part is what was collected.
std::vector<web::View> bars(const MonthSeen& seen) {
    std::int64_t most = 1;
    for (const auto& [day, counts] : seen.statement.days) most = std::max(most, counts.asked);
    std::vector<web::View> list;
    for (LocalDay day = seen.first(); day <= seen.last(); day += std::chrono::days{1}) {
        const StatementCounts counts = counts_on(seen, day);
        const std::int64_t asked = counts.asked * kChartHeight / most;
        const std::int64_t collected = counts.collected * kChartHeight / most;
        web::View bar;
        bar.set("x", (day - seen.first()).count() * kBarWidth + 1);
        bar.set("asked_y", kChartHeight - asked).set("asked", asked);
        bar.set("collected_y", kChartHeight - collected).set("collected", collected);
        list.push_back(std::move(bar));
    }
    return list;
}

std::vector<web::View> day_rows(const Visit& visit, const MonthSeen& seen) {
    std::vector<web::View> rows;
    for (LocalDay day = seen.first(); day <= seen.last(); day += std::chrono::days{1}) {
        const StatementCounts counts = counts_on(seen, day);
        const auto views = views_on(seen, day);
        const std::int64_t looks = views.shop_pages + views.product_pages;
        if (counts.asked == 0 && looks == 0) continue;
        web::View row;
        row.set("day", visit.say.day(visit.territory().zone.to_instant(day)));
        row.set("seen", looks).set("asked", counts.asked).set("kept", counts.kept);
        row.set("collected", counts.collected).set("declined", counts.declined);
        row.set("expired", counts.expired).set("cancelled", counts.cancelled);
        row.set("value", visit.say.price(counts.collected_value));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<web::View> figures(const Visit& visit, const AtCounter& at, const MonthSeen& seen) {
    const StatementCounts& total = seen.statement.total;
    std::vector<web::View> list;
    const auto add = [&](std::string_view word, const std::string& value) {
        web::View figure;
        figure.set("name", visit.say.text("keeper.count_" + std::string(word)));
        figure.set("value", value);
        list.push_back(std::move(figure));
    };
    add("seen", std::to_string(seen_in_all(seen)));
    add("asked", std::to_string(total.asked));
    add("kept", std::to_string(total.kept));
    add("collected", std::to_string(total.collected));
    add("declined", std::to_string(total.declined));
    add("expired", std::to_string(total.expired));
    add("cancelled", std::to_string(total.cancelled));
    add("minutes", minutes_text(visit.say, median_answer(visit, at, seen)));
    add("value", visit.say.price(total.collected_value));
    return list;
}

std::string month_text(const Visit& visit, std::chrono::year_month month) {
    return visit.say.text(
        "keeper.month",
        {visit.say.text("month." + std::to_string(static_cast<unsigned>(month.month()))),
         std::to_string(static_cast<int>(month.year()))});
}

std::string month_url(const AtCounter& at, std::string_view page, std::chrono::year_month month) {
    return at.url + "/" + std::string(page) + "?month=" + iso_month(month);
}

}  // namespace

web::Response statement_page(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto month = read_month(visit);
    if (!month) return error_page(visit, 404);
    const MonthSeen seen = load_month(visit, *at, *month);
    const std::chrono::year_month now = month_now(visit);
    const bool has_before = *month > now - std::chrono::months{kMonthsKept};
    web::View view;
    view.set("month", month_text(visit, *month));
    view.set("before_url", has_before ? month_url(*at, "statement", *month - std::chrono::months{1})
                                      : std::string());
    view.set("before_text", month_text(visit, *month - std::chrono::months{1}));
    view.set("after_url", *month < now
                              ? month_url(*at, "statement", *month + std::chrono::months{1})
                              : std::string());
    view.set("after_text", month_text(visit, *month + std::chrono::months{1}));
    view.set("figures", figures(visit, *at, seen));
    view.set("chart_text", visit.say.text("keeper.chart_text"));
    view.set("chart_width", ((seen.last() - seen.first()).count() + 1) * kBarWidth);
    view.set("bars", bars(seen));
    auto rows = day_rows(visit, seen);
    view.set("has_rows", !rows.empty());
    view.set("rows", std::move(rows));
    view.set("csv_url", month_url(*at, "statement.csv", *month));
    view.set("is_cut", !seen.statement.is_whole);
    return show_counter_page(visit, *at,
                             {.part = CounterPart::more,
                              .name = "statement",
                              .title = visit.say.text("keeper.statement_title")},
                             view);
}

web::Response statement_csv(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto month = read_month(visit);
    if (!month) return error_page(visit, 404);
    const MonthSeen seen = load_month(visit, *at, *month);
    std::string csv =
        "day;shop_pages;product_pages;asked;kept;collected;declined;expired;cancelled;"
        "collected_value_eur\r\n";
    for (LocalDay day = seen.first(); day <= seen.last(); day += std::chrono::days{1}) {
        const StatementCounts counts = counts_on(seen, day);
        const auto views = views_on(seen, day);
        csv += iso_date_of(day);
        for (const std::int64_t number :
             {views.shop_pages, views.product_pages, counts.asked, counts.kept, counts.collected,
              counts.declined, counts.expired, counts.cancelled})
            csv += ";" + std::to_string(number);
        csv += ";" + in_decimals(counts.collected_value) + "\r\n";
    }
    web::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = std::move(csv);
    response.add_header("Content-Disposition", "attachment; filename=\"" + at->shop.slug + "-" +
                                                   iso_month(*month) + ".csv\"");
    response.add_header("Cache-Control", "no-store");
    return response;
}

}  // namespace emplettes::site
