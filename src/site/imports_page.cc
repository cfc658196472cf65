#include "base/text.h"
#include "site/error_pages.h"
#include "site/import_pages.h"
#include "site/import_view.h"
#include "site/import_words.h"

namespace emplettes::site {
namespace {

using catalogue::ImportStatus;
using catalogue::ShelfImport;

constexpr web::UploadLimits kImportUpload{.fields = {.fields_max = 10, .value_bytes_max = 2'000},
                                          .files_max = 1};
constexpr int kImportsShown = 20;
constexpr int kOpenImportsShown = 50;

struct ImportLists {
    std::vector<ShelfImport> open;
    std::vector<ShelfImport> earlier;
    ImportOrigins origins;
    bool has_more = false;
    bool is_full = false;  // the shop may have no more sources
    std::optional<catalogue::ShelfSource> least_used;
};

ImportLists load_import_lists(const Visit& visit, const AtCounter& at) {
    const ShelfImportId before{parse_int(visit.request.query.get("before")).value_or(0)};
    const TerritoryId territory = visit.territory().id;
    return visit.context.database.read([&](store::Tx& tx) {
        ImportLists lists;
        lists.open = catalogue::list_imports(
            tx, territory, {.shop = at.shop.id, .is_going_on = true, .limit = kOpenImportsShown});
        lists.earlier = catalogue::list_imports(
            tx, territory, {.shop = at.shop.id, .before = before, .limit = kImportsShown + 1});
        lists.has_more = lists.earlier.size() > kImportsShown;
        if (lists.has_more) lists.earlier.pop_back();
        auto all = lists.open;
        all.insert(all.end(), lists.earlier.begin(), lists.earlier.end());
        lists.origins = load_origins(tx, territory, at.shop.id, all);
        lists.is_full = lists.origins.sources.size() >= catalogue::kSourcesOfShopMax;
        if (lists.is_full)
            lists.least_used = catalogue::find_least_used_source(tx, territory, at.shop.id);
        return lists;
    });
}

web::View listed_view(const Visit& visit, const AtCounter& at, const ShelfImport& import,
                      const ImportOrigins& origins) {
    const Say& say = visit.say;
    web::View view;
    view.set("name", import.file_name);
    view.set("url", import_url(at, import.id));
    view.set("origin_text", origin_text(say, import, origins));
    view.set("standing_text", standing_text(say, import));
    view.set("failed", import.status == ImportStatus::failed);
    view.set("undo_action",
             can_be_undone(import) ? import_url(at, import.id) + "/undo" : std::string());
    return view;
}

// What waits: a feed that is held is told as such.
web::View open_view(const Visit& visit, const AtCounter& at, const ShelfImport& import,
                    const ImportOrigins& origins) {
    web::View view = listed_view(visit, at, import, origins);
    const bool is_held = import.status == ImportStatus::checked && import.runs_by_itself;
    const bool is_asking = import.status == ImportStatus::checked;
    view.set("waits_text", visit.say.text(is_held     ? "imports.held_text"
                                          : is_asking ? "imports.waits_text"
                                                      : "imports.works_text"));
    view.set("held", is_held);
    view.set("look_text", visit.say.text(is_asking ? "imports.answer" : "imports.look"));
    return view;
}

void set_import_message(web::View& view, const Visit& visit) {
    const std::string_view did = visit.request.query.get("did");
    std::string text;
    if (did == "added") text = visit.say.text("imports.did_added");
    if (did == "pause") text = visit.say.text("imports.did_pause");
    if (did == "resume") text = visit.say.text("imports.did_resume");
    if (did == "remove") text = visit.say.text("imports.did_remove");
    if (did == "forget") text = visit.say.text("imports.did_forget");
    view.set("message", text);
}

// Why a file was not taken, and what to do.
std::string refusal_text(const Say& say, const std::string& name,
                         const catalogue::DropError& error) {
    switch (error.fault) {
        case catalogue::DropFault::unreadable:
            return say.text("imports.file_refused", {name, say.text(fault_key(error.feed.fault))});
        case catalogue::DropFault::too_many_waiting:
            return say.text("imports.too_many_waiting",
                            {name, std::to_string(catalogue::kFilesWaitingMax)});
        case catalogue::DropFault::too_many_sources:
            return say.text("imports.too_many_sources",
                            {name, std::to_string(catalogue::kSourcesOfShopMax)});
    }
    return {};
}

}  // namespace

web::Response show_imports(Visit& visit, const AtCounter& at, const ImportsRefusal& refusal) {
    const ImportLists lists = load_import_lists(visit, at);
    std::vector<web::View> open;
    for (const ShelfImport& import : lists.open)
        open.push_back(open_view(visit, at, import, lists.origins));
    std::vector<web::View> earlier;
    for (const ShelfImport& import : lists.earlier)
        if (!is_at_work(import.status) && import.status != ImportStatus::checked)
            earlier.push_back(listed_view(visit, at, import, lists.origins));
    web::View view;
    set_import_message(view, visit);
    view.set("action", imports_url(at));
    view.set("file_error", refusal.file_error);
    view.set("address_error", refusal.address_error);
    view.set("typed_url", refusal.url);
    view.set("has_open", !open.empty());
    view.set("open", std::move(open));
    view.set("has_earlier", !earlier.empty());
    view.set("earlier", std::move(earlier));
    view.set("more_url",
             lists.has_more
                 ? imports_url(at) + "?before=" + std::to_string(lists.earlier.back().id.value)
                 : std::string());
    set_addresses(view, visit, at, lists.origins.sources);
    view.set("full_text", lists.is_full
                              ? visit.say.text("imports.sources_full",
                                               {std::to_string(catalogue::kSourcesOfShopMax)})
                              : std::string());
    set_least_used(view, visit, at, lists.least_used);
    view.set("scan_url", at.url + "/scan");
    return show_counter_page(visit, at,
                             {.part = CounterPart::shelf,
                              .name = "imports",
                              .title = visit.say.text("imports.title"),
                              .status = refusal.status},
                             view);
}

web::Response imports_page(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    return show_imports(visit, *at, {});
}

web::Response drop_import(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto upload = visit.context.csrf.check_upload(visit.request, at->purpose, kImportUpload);
    if (!upload && upload.error() == web::FormError::file_too_long)
        return show_imports(
            visit, *at, {.status = 413, .file_error = visit.say.text("imports.file_too_large")});
    if (!upload) return error_page(visit, web::status_of(upload.error()));
    const web::UploadedFile* file = upload->find_file("file");
    if (!file)
        return show_imports(visit, *at,
                            {.status = 422, .file_error = visit.say.text("imports.no_file")});
    const auto taken = catalogue::take_file(import_work(visit), {.file = file->file->path(),
                                                                 .name = file->name,
                                                                 .shop = at->shop.id,
                                                                 .account = at->who.account.id,
                                                                 .made_at = visit.view.now});
    if (!taken)
        return show_imports(
            visit, *at,
            {.status = 422, .file_error = refusal_text(visit.say, file->name, taken.error())});
    visit.context.wake_importer();
    return web::redirect(303, import_url(*at, *taken));
}

}  // namespace emplettes::site
