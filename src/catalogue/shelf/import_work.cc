#include "catalogue/shelf/import_work.h"

#include <exception>

#include "base/log.h"
#include "base/text.h"
#include "catalogue/shelf/import_steps.h"

namespace emplettes::catalogue {
namespace {

constexpr int kWaitingAtOnce = 100;
constexpr int kForgottenAtOnce = 20;
constexpr std::size_t kNameLengthMax = 200;  // code points

// What tells files of the same make from others.
std::string make_of(const SniffedFeed& sniffed) {
    return sniffed.header.empty() ? std::string(to_string(sniffed.format)) : sniffed.header;
}

// None when the shop has as many as it may.
std::optional<ShelfSource> source_for(store::Tx& tx, const ImportWork& work,
                                      const DroppedFile& dropped, const SniffedFeed& sniffed) {
    const TerritoryId territory = work.territory.id;
    const std::string make = make_of(sniffed);
    if (dropped.source)
        if (auto source = find_source(tx, territory, *dropped.source)) return source;
    for (ShelfSource& source : load_sources(tx, territory, dropped.shop))
        if (source.url.empty() && source.header == make) return std::move(source);
    const auto known = count_sources(tx, territory, dropped.shop);
    if (known >= static_cast<std::int64_t>(kSourcesOfShopMax)) return std::nullopt;
    return ShelfSource{.id = work.ids.next<ShelfSourceId>(),
                       .shop = dropped.shop,
                       .name = dropped.name,
                       .header = make};
}

struct KeptFile {
    ShelfImportId import;
    const ImportFolder::Kept& kept;
    const SniffedFeed& sniffed;
};

Result<Done, DropFault> take_in(store::Tx& tx, const ImportWork& work, const DroppedFile& dropped,
                                const KeptFile& file) {
    const TerritoryId territory = work.territory.id;
    const bool is_full = count_waiting_files(tx, territory, dropped.shop) >= kFilesWaitingMax;
    if (is_full && !dropped.runs_by_itself) return DropFault::too_many_waiting;
    const Instant now = work.clock.now();
    auto source = source_for(tx, work, dropped, file.sniffed);
    if (!source) return DropFault::too_many_sources;
    if (dropped.is_whole_shelf) source->is_whole_shelf = *dropped.is_whole_shelf;
    source->header = make_of(file.sniffed);
    source->last_read_at = now;
    save_source(tx, territory, *source);
    add_import(tx, territory,
               {.id = file.import,
                .source = source->id,
                .shop = dropped.shop,
                .account = dropped.account,
                .file_name = std::string(utf8_prefix(dropped.name, kNameLengthMax)),
                .file_sha256 = file.kept.sha256,
                .bytes = file.kept.bytes,
                .mapping = source->mapping,
                .store_code = source->store_code,
                .is_whole_shelf = source->is_whole_shelf,
                .runs_by_itself = dropped.runs_by_itself,
                .made_at = std::min(dropped.made_at, now),
                .created_at = now});
    return Done{};
}

void do_step(const ImportWork& work, const ShelfImport& import) {
    switch (import.status) {
        case ImportStatus::checking: return check_import(work, import);
        case ImportStatus::running: return run_import(work, import);
        case ImportStatus::undoing: return undo_import(work, import);
        case ImportStatus::checked:
        case ImportStatus::done:
        case ImportStatus::undone:
        case ImportStatus::failed:
        case ImportStatus::discarded: return;
    }
}

// False when it was stopped; the next call goes on.
bool forget_whole(const ImportWork& work, ShelfImportId id) {
    for (std::optional<ProductId> from = ProductId{}; from;) {
        if (work.is_stopping()) return false;
        from = work.database.write(
            [&](store::Tx& tx) { return forget_changes(tx, work.territory.id, id, *from); });
    }
    work.database.write([&](store::Tx& tx) { forget_import(tx, work.territory.id, id); });
    return true;
}

}  // namespace

Result<ShelfImportId, DropError> take_file(const ImportWork& work, const DroppedFile& dropped) {
    const auto sniffed = sniff_feed(dropped.file);
    if (!sniffed) return DropError{.feed = sniffed.error()};
    const auto id = work.ids.next<ShelfImportId>();
    const auto kept = work.folder.keep(id, dropped.file);
    const auto taken = work.database.write([&](store::Tx& tx) {
        return take_in(tx, work, dropped, {id, kept, *sniffed});
    });
    if (taken) return id;
    work.folder.forget(id);
    return DropError{.fault = taken.error()};
}

void work_on(const ImportWork& work, ShelfImportId id) {
    const auto lock = FileLock::try_lock(work.folder.file_of(id));
    if (!lock) return;
    while (!work.is_stopping()) {
        const auto import = work.database.read(
            [&](store::Tx& tx) { return find_import(tx, work.territory.id, id); });
        if (!import || !is_at_work(import->status)) return;
        try {
            do_step(work, *import);
        } catch (const std::exception& fault) {
            const Instant now = work.clock.now();
            work.database.write([&](store::Tx& tx) {
                save_failure(tx, work.territory.id,
                             {.import = id,
                              .failure = fault.what(),
                              .retry_at = now + rest_after(import->attempts + 1),
                              .now = now});
            });
            throw;
        }
    }
}

void work_on_waiting(const ImportWork& work) {
    const auto waiting = work.database.read([&](store::Tx& tx) {
        return load_waiting_imports(tx, work.territory.id, work.clock.now(), kWaitingAtOnce);
    });
    for (const ShelfImportId id : waiting) {
        if (work.is_stopping()) return;
        try {
            work_on(work, id);
        } catch (const std::exception& fault) {
            log_error("import " + std::to_string(id.value) + ": " + fault.what());
        }
    }
}

std::int64_t forget_imports(const ImportWork& work) {
    const auto old = work.database.write([&](store::Tx& tx) {
        return begin_forgetting(
            tx, work.territory.id,
            {.before = work.clock.now() - kImportKept, .limit = kForgottenAtOnce});
    });
    std::int64_t forgotten = 0;
    for (const ShelfImportId id : old) {
        if (!forget_whole(work, id)) break;
        work.folder.forget(id);
        ++forgotten;
    }
    return forgotten;
}

TextSource text_source_of(FeedFormat format) {
    switch (format) {
        case FeedFormat::onix: return TextSource::onix;
        case FeedFormat::google_xml: return TextSource::google;
        case FeedFormat::table:
        case FeedFormat::shopify:
        case FeedFormat::woocommerce: return TextSource::file;
    }
    return TextSource::file;
}

ShelfTarget target_of(const ImportWork& work, const ShelfImport& import) {
    const auto sniffed = sniff_feed(work.folder.file_of(import.id));
    const auto source = work.database.read(
        [&](store::Tx& tx) { return find_source(tx, work.territory.id, import.source); });
    const bool is_fetched = source && !source->url.empty();
    return {.territory = work.territory.id,
            .law = &work.territory,
            .shop = import.shop,
            .key_prefix = own_prefix(import.shop),
            .text_source = sniffed ? text_source_of(sniffed->format) : TextSource::file,
            .terms = {.source = import.source,
                      .import = import.id,
                      .stock_source = is_fetched ? StockSource::feed : StockSource::import,
                      .made_at = import.made_at},
            .now = work.clock.now()};
}

ShelfIndex index_shelf(const ImportWork& work, const ShelfTarget& target) {
    return work.database.read([&](store::Tx& tx) {
        tx.allow(kWholeShelfTimeoutMax);
        return ShelfIndex::load(tx, {.territory = target.territory,
                                     .shop = target.shop,
                                     .text_source = target.text_source});
    });
}

FeedReading reading_of(const ImportWork& work, const ShelfImport& import) {
    return {.file = work.folder.file_of(import.id),
            .mapping = import.mapping,
            .store_code = import.store_code,
            .zone = work.territory.zone,
            .now = import.made_at,
            .trades = &work.trades};
}

PlacedRow place_row(ShelfRow row, ShelfIndex& index, const Trades& trades) {
    if (!row.category.empty() && trades.find_category(row.category) == nullptr)
        row.category.clear();
    const auto found = index.find(row);
    const auto number = found ? *found : index.add(row);
    index.join(number, row);
    const bool is_repeated = std::exchange(index[number].is_seen, true);
    return {.row = std::move(row), .number = number, .is_repeated = is_repeated};
}

}  // namespace emplettes::catalogue
