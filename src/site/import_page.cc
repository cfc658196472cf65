#include <algorithm>
#include <array>
#include <fstream>

#include "base/csv.h"
#include "base/text.h"
#include "catalogue/feeds/shelf_reader.h"
#include "site/error_pages.h"
#include "site/import_pages.h"
#include "site/import_view.h"
#include "site/import_words.h"
#include "site/seen.h"

namespace emplettes::site {
namespace {

using catalogue::ImportStatus;
using catalogue::ImportStepError;
using catalogue::RowFault;
using catalogue::ShelfImport;

constexpr int kLeftShown = 50;
constexpr std::array<std::string_view, 4> kSteps{"start", "discard", "undo", "again"};

// One import with what its page says beside it.
struct ImportSeen {
    ShelfImport import;
    ImportOrigins origins;
    std::vector<catalogue::LinkCount> pictures;
    std::int64_t left = 0;  // changes that undoing has left as they are
    std::vector<catalogue::LeftOffer> left_offers;
};

ShelfImportId asked_import(const Visit& visit) {
    return ShelfImportId{parse_int(visit.request.parameter("id")).value_or(0)};
}

// None when this shop has no such import.
std::optional<ImportSeen> find_seen(const Visit& visit, const AtCounter& at) {
    const TerritoryId territory = visit.territory().id;
    return visit.context.database.read([&](store::Tx& tx) -> std::optional<ImportSeen> {
        auto import = catalogue::find_import(tx, territory, asked_import(visit));
        if (!import || import->shop != at.shop.id) return std::nullopt;
        ImportSeen seen{.import = std::move(*import)};
        seen.pictures = catalogue::count_links(tx, territory, seen.import.id);
        seen.origins = load_origins(tx, territory, at.shop.id, {seen.import});
        if (seen.import.status == ImportStatus::undone) {
            seen.left = catalogue::count_left(tx, territory, seen.import.id);
            seen.left_offers = catalogue::load_left(tx, territory, seen.import.id, kLeftShown);
        }
        return seen;
    });
}

// None when its file is not here any more, or cannot be read at all.
std::optional<catalogue::SniffedFeed> sniff_import(const Visit& visit, const ShelfImport& import) {
    const auto file = import_work(visit).folder.file_of(import.id);
    if (!std::filesystem::exists(file)) return std::nullopt;
    auto sniffed = catalogue::sniff_feed(file);
    if (!sniffed) return std::nullopt;
    return std::move(sniffed).value();
}

// That it has stumbled, and when it is tried again.
std::string rest_text(const Say& say, const ShelfImport& import) {
    if (!is_at_work(import.status) || import.retry_at <= say.now()) return {};
    return say.text("imports.rests", {say.moment(import.retry_at)});
}

void set_work(web::View& view, const Visit& visit, const ShelfImport& import) {
    const Say& say = visit.say;
    const bool is_counted = import.rows_total > 0 && import.status != ImportStatus::checking;
    view.set("at_work", is_at_work(import.status));
    view.set("counted", is_counted);
    view.set("rows_done", std::min(import.rows_done, import.rows_total));
    view.set("rows_total", import.rows_total);
    view.set("rest_text", rest_text(say, import));
    view.set("work_text", is_counted
                              ? say.text("imports.rows_done", {std::to_string(import.rows_done),
                                                               std::to_string(import.rows_total)})
                              : std::string());
}

// What ended it, in a sentence.
std::string failure_text(const Say& say, const ShelfImport& import) {
    if (import.status != ImportStatus::failed) return {};
    const auto& failure = import.report.failure;
    if (!failure) return say.text("imports.failed_text");
    std::string text = say.text(fault_key(failure->fault));
    if (failure->line > 1)
        text += " " + say.text("imports.at_line", {std::to_string(failure->line)});
    return text;
}

// The doubt in figures; empty when there is none that somebody must answer.
std::string doubt_text(const Say& say, const ShelfImport& import) {
    const auto& report = import.report;
    if (import.status != ImportStatus::checked || report.doubt == catalogue::ImportDoubt::none)
        return {};
    const std::int64_t gone = report.counts[catalogue::RowOutcome::gone];
    const bool is_all =
        report.doubt == catalogue::ImportDoubt::most_gone && gone >= report.on_shelf_before;
    if (is_all) return say.plural("imports.doubt_all_gone", gone);
    return say.text(doubt_key(report.doubt),
                    {std::to_string(gone), std::to_string(report.on_shelf_before)});
}

void set_left(web::View& view, const Visit& visit, const ImportSeen& seen) {
    std::vector<web::View> offers;
    for (const catalogue::LeftOffer& left : seen.left_offers) offers.emplace_back(left.title);
    view.set("left_text",
             seen.left > 0 ? visit.say.plural("imports.left", seen.left) : std::string());
    view.set("left_offers", std::move(offers));
}

// Of what somebody who starts it has looked at.
std::string mark_of(const ShelfImport& import) {
    return seen_mark({to_string(import.status), to_text(import.report),
                      import.is_whole_shelf ? "whole" : "part", import.store_code});
}

void set_steps(web::View& view, const AtCounter& at, const ShelfImport& import) {
    const std::string url = import_url(at, import.id);
    const bool is_checked = import.status == ImportStatus::checked;
    view.set("url", url);
    view.set("start_action", is_checked ? url + "/start" : std::string());
    view.set("discard_action", is_checked ? url + "/discard" : std::string());
    view.set("again_action", import.failed_at ? url + "/again" : std::string());
    view.set("undo_action", can_be_undone(import) ? url + "/undo" : std::string());
    view.set("seen", mark_of(import));
    view.set("reading_action", url + "/reading");
    view.set("shelf_url", at.url + "/shelf");
    view.set("imports_url", imports_url(at));
}

bool has_report(const ShelfImport& import) {
    return import.status == ImportStatus::checked || import.status == ImportStatus::running ||
           import.status == ImportStatus::done || import.status == ImportStatus::discarded;
}

// What was refused of a step: the answer's status with its sentence, or the question once more.
struct StepRefusal {
    int status = 200;
    std::string text = {};
    bool is_asking = false;
};

web::Response show_import(Visit& visit, const AtCounter& at, const ImportSeen& seen,
                          const StepRefusal& refusal) {
    const ShelfImport& import = seen.import;
    const Say& say = visit.say;
    const auto sniffed = sniff_import(visit, import);
    const std::int64_t rows =
        import.report.rows + import.report.counts[catalogue::RowOutcome::not_understood];
    web::View view;
    view.set("name", import.file_name);
    view.set("status", to_string(import.status));
    view.set("status_text", say.text(status_key(import.status)));
    view.set("origin_text", origin_text(say, import, seen.origins));
    view.set("format_text", sniffed ? format_text(say, *sniffed, rows) : std::string());
    view.set("error_text", refusal.text);
    view.set("asking", refusal.is_asking);
    view.set("doubt_text", doubt_text(say, import));
    view.set("held", import.status == ImportStatus::checked && import.runs_by_itself);
    view.set("checked", import.status == ImportStatus::checked);
    view.set("done", import.status == ImportStatus::done);
    view.set("ended",
             import.status == ImportStatus::undone || import.status == ImportStatus::discarded);
    view.set("failure_text", failure_text(say, import));
    set_work(view, visit, import);
    set_left(view, visit, seen);
    set_pictures(view, say, seen.pictures);
    set_steps(view, at, import);
    if (sniffed)
        set_mapping(view, visit, import, *sniffed);
    else
        view.set("mapping", false);
    if (has_report(import))
        set_report(view, visit, at, import);
    else
        view.set("report", false);
    return show_counter_page(visit, at,
                             {.part = CounterPart::shelf,
                              .name = "import",
                              .title = import.file_name,
                              .status = refusal.status},
                             view);
}

// After a step that could not be taken: nobody's import is 404, the others see their page.
web::Response refuse_step(Visit& visit, const AtCounter& at, ImportStepError error) {
    if (error == ImportStepError::unknown_import) return error_page(visit, 404);
    const auto seen = find_seen(visit, at);
    if (!seen) return error_page(visit, 404);
    if (error == ImportStepError::needs_confirmation)
        return show_import(visit, at, *seen, {.status = 422, .is_asking = true});
    return show_import(visit, at, *seen, {.status = 409, .text = visit.say.text(error_key(error))});
}

web::Response go_on(const Visit& visit, const AtCounter& at) {
    visit.context.wake_importer();
    return web::redirect(303, import_url(at, asked_import(visit)));
}

// As the form wants it; a check that is not what the form's page showed does not run.
Result<Done, ImportStepError> take_step(store::Tx& tx, const Visit& visit,
                                        const catalogue::ImportStep& which,
                                        const web::Fields& form) {
    const TerritoryId territory = visit.territory().id;
    const std::string_view step = visit.request.parameter("step");
    if (step == "discard") return catalogue::discard_import(tx, territory, which);
    if (step == "undo") return catalogue::start_undoing(tx, territory, which);
    if (step == "again") return catalogue::go_on_again(tx, territory, which);
    const auto import = catalogue::find_import(tx, territory, which.import);
    const bool is_checked = import && import->status == ImportStatus::checked;
    if (is_checked && form.get("seen") != mark_of(*import)) return ImportStepError::changed_since;
    return catalogue::start_import(tx, territory, which, form.get("confirmed") == "yes");
}

// As English words of the file say it.
std::string told_in_words(const Say& say, std::string_view word) {
    for (auto i = std::uint8_t{0}; i <= static_cast<std::uint8_t>(RowFault::other_shop); ++i)
        if (to_string(static_cast<RowFault>(i)) == word)
            return say.text(fault_key(static_cast<RowFault>(i)));
    return std::string(word);
}

// The importer's list once more, in the reader's language; a row at a time.
void write_problems(const Say& say, const std::filesystem::path& from,
                    const std::filesystem::path& to) {
    std::ifstream in(from, std::ios::binary);
    CsvReader reader(
        [&](char* bytes, std::size_t size) {
            in.read(bytes, static_cast<std::streamsize>(size));
            return static_cast<std::size_t>(in.gcount());
        },
        {.delimiter = ';', .is_strict = false});
    std::ofstream out(to, std::ios::binary);
    out << "\xEF\xBB\xBF"  // for spreadsheets
        << say.text("imports.csv_line") << ';' << say.text("imports.csv_column") << ';'
        << say.text("imports.csv_value") << ';' << say.text("imports.csv_reason") << ';'
        << say.text("imports.csv_outcome") << "\r\n";
    CsvRow row;
    reader.next(row);  // the names of its columns
    while (reader.next(row)) {
        if (row.cells.size() < 5) continue;
        out << row.cells[0] << ';' << csv_cell(row.cells[1], ';') << ';'
            << csv_cell(row.cells[2], ';') << ';' << csv_cell(told_in_words(say, row.cells[3]), ';')
            << ';'
            << csv_cell(
                   say.text(row.cells[4] == "yes" ? "imports.row_taken" : "imports.row_refused"),
                   ';')
            << "\r\n";
    }
    out.flush();
    if (!out) throw std::runtime_error("cannot write " + to.string() + ": disk full?");
}

}  // namespace

web::Response import_page(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto seen = find_seen(visit, *at);
    return seen ? show_import(visit, *at, *seen, {}) : error_page(visit, 404);
}

web::Response read_import_again(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto form = visit.context.csrf.check_form(visit.request, at->purpose,
                                                    {.fields_max = kMappingColumnsMax + 10});
    if (!form) return error_page(visit, 403);
    const auto seen = find_seen(visit, *at);
    if (!seen) return error_page(visit, 404);
    const auto sniffed = sniff_import(visit, seen->import);
    if (!sniffed) return refuse_step(visit, *at, ImportStepError::not_now);
    const auto reading = read_mapping_form(*form, seen->import, *sniffed);
    if (!reading) return error_page(visit, 400);
    const auto again = visit.context.database.write([&](store::Tx& tx) {
        return catalogue::check_again(tx, visit.territory().id,
                                      {at->shop.id, seen->import.id, visit.view.now}, *reading);
    });
    return again ? go_on(visit, *at) : refuse_step(visit, *at, again.error());
}

web::Response step_import(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto form = read_counter_form(visit, *at);
    if (!form) return form.error();
    const std::string_view step = visit.request.parameter("step");
    if (std::ranges::find(kSteps, step) == kSteps.end()) return error_page(visit, 404);
    const catalogue::ImportStep which{at->shop.id, asked_import(visit), visit.view.now};
    const auto taken = visit.context.database.write(
        [&](store::Tx& tx) { return take_step(tx, visit, which, *form); });
    return taken ? go_on(visit, *at) : refuse_step(visit, *at, taken.error());
}

web::Response import_problems(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto seen = find_seen(visit, *at);
    if (!seen) return error_page(visit, 404);
    const auto from = import_work(visit).folder.problems_of(seen->import.id);
    if (!std::filesystem::exists(from)) return error_page(visit, 404);
    const auto to = visit.context.spool / ("problems-" + visit.context.random.url_token(12));
    write_problems(visit.say, from, to);
    web::Response response{.content_type = "text/csv; charset=utf-8"};
    response.file = std::make_shared<web::FileBody>(to, web::FileBody::AfterSending::remove);
    response.add_header("Content-Disposition",
                        "attachment; filename=\"" + visit.say.text("imports.csv_name") + ".csv\"");
    response.add_header("Cache-Control", "no-store");
    return response;
}

}  // namespace emplettes::site
