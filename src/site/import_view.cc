#include "site/import_view.h"

#include "accounts/account.h"
#include "site/import_words.h"

namespace emplettes::site {

using catalogue::ImportStatus;
using catalogue::ShelfImport;

catalogue::ImportWork import_work(const Visit& visit) {
    const Context& context = visit.context;
    return {.database = context.database,
            .territory = visit.territory(),
            .trades = context.trades,
            .ids = context.ids,
            .clock = context.clock,
            .folder = catalogue::ImportFolder(context.imports_of(visit.territory()))};
}

std::string imports_url(const AtCounter& at) { return at.url + "/imports"; }

std::string import_url(const AtCounter& at, ShelfImportId id) {
    return imports_url(at) + "/" + std::to_string(id.value);
}

bool can_be_undone(const ShelfImport& import) {
    return import.status == ImportStatus::done ||
           (import.status == ImportStatus::failed && import.rows_done > 0);
}

ImportOrigins load_origins(store::Tx& tx, TerritoryId territory, ShopId shop,
                           const std::vector<ShelfImport>& imports) {
    ImportOrigins origins;
    for (catalogue::ShelfSource& source : catalogue::load_sources(tx, territory, shop))
        origins.sources.emplace(source.id, std::move(source));
    for (const ShelfImport& import : imports) {
        if (import.account.value == 0 || origins.emails.contains(import.account)) continue;
        const auto account = accounts::find_account(tx, territory, import.account);
        origins.emails.emplace(import.account, account ? account->email : std::string());
    }
    return origins;
}

std::string origin_text(const Say& say, const ShelfImport& import, const ImportOrigins& origins) {
    const std::string when = say.age(import.created_at);
    const auto email = origins.emails.find(import.account);
    if (email != origins.emails.end() && !email->second.empty())
        return say.text("imports.by_person", {email->second, when});
    if (import.account.value != 0) return say.text("imports.by_somebody", {when});
    const auto source = origins.sources.find(import.source);
    const bool is_fetched = source != origins.sources.end() && !source->second.url.empty();
    return say.text(is_fetched ? "imports.by_address" : "imports.by_operator", {when});
}

std::string standing_text(const Say& say, const ShelfImport& import) {
    const std::string status = say.text(status_key(import.status));
    const bool has_run = import.status == ImportStatus::done ||
                         import.status == ImportStatus::running ||
                         import.status == ImportStatus::undone;
    if (!has_run) return status;
    return say.text("imports.standing", {status, counts_text(say, import.outcome)});
}

}  // namespace emplettes::site
