#include <algorithm>
#include <array>

#include "base/text.h"
#include "site/import_view.h"
#include "site/import_words.h"

namespace emplettes::site {
namespace {

using catalogue::ImportExample;
using catalogue::RowOutcome;
using catalogue::RowProblem;
using catalogue::ShelfImport;

constexpr std::size_t kRowsShown = 25;  // of one page
constexpr std::string_view kProblems = "problems";

// The lists of a report, the most pressing first; what was not understood stands before them.
constexpr std::array kListed{RowOutcome::gone, RowOutcome::new_, RowOutcome::changed,
                             RowOutcome::not_on_shelf};

struct ReportShown {
    std::string_view list;  // kProblems, or the word of an outcome
    std::size_t page = 1;
};

std::string price_change(const Say& say, const ImportExample& example) {
    if (!example.price_after)
        return example.price_before ? say.price(*example.price_before) : std::string();
    if (!example.price_before || *example.price_before == *example.price_after)
        return say.price(*example.price_after);
    return say.text("imports.becomes",
                    {say.price(*example.price_before), say.price(*example.price_after)});
}

std::string stock_change(const Say& say, const ImportExample& example) {
    const auto count = [](std::int64_t stock) { return std::to_string(stock); };
    if (!example.stock_after)
        return example.stock_before ? say.plural("imports.stock", *example.stock_before)
                                    : std::string();
    if (!example.stock_before || *example.stock_before == *example.stock_after)
        return say.plural("imports.stock", *example.stock_after);
    return say.plural("imports.stock_becomes", *example.stock_after,
                      {count(*example.stock_before)});
}

web::View example_view(const Say& say, const ImportExample& example) {
    web::View view;
    view.set("line_text", example.line > 0
                              ? say.text("imports.line", {std::to_string(example.line)})
                              : std::string());
    view.set("name", example.title.empty() ? example.number : example.title);
    view.set("number", example.title.empty() ? std::string() : example.number);
    std::string change = price_change(say, example);
    const std::string stock = stock_change(say, example);
    if (!change.empty() && !stock.empty()) change += " · ";
    view.set("change_text", change + stock);
    view.set("reason", false);
    view.set("taken_text", false);
    return view;
}

web::View problem_view(const Say& say, const RowProblem& problem) {
    web::View view;
    view.set("line_text", say.text("imports.line", {std::to_string(problem.line)}));
    view.set("name",
             problem.value.empty() ? std::string() : say.text("imports.quoted", {problem.value}));
    view.set("number",
             problem.column.empty() ? std::string() : say.text("imports.column", {problem.column}));
    view.set("change_text", false);
    view.set("reason", say.text(fault_key(problem.fault)));
    view.set("taken_text",
             say.text(problem.is_row_taken ? "imports.row_taken" : "imports.row_refused"));
    return view;
}

std::int64_t listed_count(const ShelfImport& import, std::string_view list) {
    if (list == kProblems) return import.report.problems;
    for (const RowOutcome outcome : kListed)
        if (to_string(outcome) == list) return import.report.counts[outcome];
    return 0;
}

std::string_view first_list(const ShelfImport& import) {
    if (import.report.problems > 0) return kProblems;
    for (const RowOutcome outcome : kListed)
        if (import.report.counts[outcome] > 0) return to_string(outcome);
    return kProblems;
}

ReportShown read_shown(const Visit& visit, const ShelfImport& import) {
    const auto page = parse_int(visit.request.query.get("page"));
    const bool is_page = page && *page >= 1 && *page <= 1000;
    ReportShown shown{.list = first_list(import),
                      .page = is_page ? static_cast<std::size_t>(*page) : 1};
    const std::string_view asked = visit.request.query.get("show");
    if (asked == kProblems) shown.list = kProblems;
    for (const RowOutcome outcome : kListed)
        if (to_string(outcome) == asked) shown.list = to_string(outcome);
    return shown;
}

std::string list_url(const AtCounter& at, const ShelfImport& import, const ReportShown& shown) {
    return import_url(at, import.id) + "?show=" + std::string(shown.list) +
           (shown.page > 1 ? "&page=" + std::to_string(shown.page) : std::string()) + "#rows";
}

std::vector<web::View> list_links(const Visit& visit, const AtCounter& at,
                                  const ShelfImport& import, const ReportShown& shown) {
    std::vector<web::View> links;
    const auto add = [&](std::string_view list, std::string_view key) {
        const std::int64_t count = listed_count(import, list);
        if (count == 0) return;
        web::View link;
        link.set("text", visit.say.plural(key, count));
        link.set("url", list_url(at, import, {.list = list}));
        link.set("current", shown.list == list);
        links.push_back(std::move(link));
    };
    add(kProblems, "imports.list_problems");
    for (const RowOutcome outcome : kListed) add(to_string(outcome), outcome_key(outcome));
    return links;
}

std::vector<web::View> rows_of(const Say& say, const ShelfImport& import, std::string_view list) {
    std::vector<web::View> rows;
    if (list == kProblems) {
        for (const RowProblem& problem : import.report.problem_examples)
            rows.push_back(problem_view(say, problem));
        return rows;
    }
    for (const ImportExample& example : import.report.examples)
        if (to_string(example.outcome) == list) rows.push_back(example_view(say, example));
    return rows;
}

void set_rows(web::View& view, const Visit& visit, const AtCounter& at, const ShelfImport& import,
              ReportShown shown) {
    auto rows = rows_of(visit.say, import, shown.list);
    const std::int64_t all = listed_count(import, shown.list);
    const std::size_t known = rows.size();
    const std::size_t pages = std::max<std::size_t>((known + kRowsShown - 1) / kRowsShown, 1);
    shown.page = std::min(shown.page, pages);
    const std::size_t begin = (shown.page - 1) * kRowsShown;
    const std::size_t end = std::min(begin + kRowsShown, known);
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(end), rows.end());
    rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(begin));
    view.set("has_rows", !rows.empty());
    view.set("rows", std::move(rows));
    view.set("page_text", pages > 1 ? visit.say.text("imports.page", {std::to_string(shown.page),
                                                                      std::to_string(pages)})
                                    : std::string());
    view.set("cut_text", all > static_cast<std::int64_t>(known)
                             ? visit.say.plural("imports.first_of", all, {std::to_string(known)})
                             : std::string());
    const auto page_url = [&](std::size_t page, bool is_there) {
        return is_there ? list_url(at, import, {.list = shown.list, .page = page}) : std::string();
    };
    view.set("before_url", page_url(shown.page - 1, shown.page > 1));
    view.set("after_url", page_url(shown.page + 1, shown.page < pages));
    const bool is_file_wanted = shown.list == kProblems && import.report.problems > 0;
    view.set("problems_url",
             is_file_wanted ? import_url(at, import.id) + "/problems.csv" : std::string());
}

web::View figure_view(const Say& say, std::string_view key, std::int64_t count) {
    web::View view;
    view.set("name", say.text(key));
    view.set("value", count);
    return view;
}

}  // namespace

void set_report(web::View& view, const Visit& visit, const AtCounter& at,
                const ShelfImport& import) {
    const Say& say = visit.say;
    const bool has_run = import.status == catalogue::ImportStatus::done;
    const catalogue::ImportCounts& counts = has_run ? import.outcome : import.report.counts;
    std::vector<web::View> figures;
    figures.push_back(figure_view(say, "imports.figure_new", counts[RowOutcome::new_]));
    figures.push_back(figure_view(say, "imports.figure_changed", counts[RowOutcome::changed]));
    figures.push_back(figure_view(say, "imports.figure_gone", counts[RowOutcome::gone]));
    figures.push_back(figure_view(say, "imports.figure_not_understood",
                                  import.report.counts[RowOutcome::not_understood]));
    web::View report;
    report.set("heading", say.text(has_run ? "imports.report_done" : "imports.report_would"));
    report.set("figures", std::move(figures));
    const std::int64_t unchanged = counts[RowOutcome::unchanged];
    const std::int64_t aside = counts[RowOutcome::not_on_shelf];
    report.set("unchanged_text",
               unchanged > 0 ? say.plural("imports.unchanged_note", unchanged) : std::string());
    report.set("aside_text", aside > 0 ? say.plural("imports.aside_note", aside) : std::string());
    const ReportShown shown = read_shown(visit, import);
    report.set("lists", list_links(visit, at, import, shown));
    set_rows(report, visit, at, import, shown);
    view.set("report", std::move(report));
}

}  // namespace emplettes::site
