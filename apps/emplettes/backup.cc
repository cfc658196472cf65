#include "emplettes/backup.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "catalogue/soundness.h"
#include "emplettes/backup_file.h"
#include "emplettes/backup_manifest.h"
#include "emplettes/table_pieces.h"
#include "store/checked_pages.h"
#include "store/outbox.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours kEachStatementMax{6};
// Of the data folder.
constexpr std::array kFolders = {"territories", "pictures", "ground", "imports"};
constexpr std::array kFiles = {"notices.toml", "pledges.key", "secret.key"};

// Files that are being written beside their place.
bool is_draft(const fs::path& file) { return file.extension() == ".new"; }

std::vector<fs::path> files_of(const fs::path& root) {
    std::vector<fs::path> files;
    for (const char* name : kFolders) {
        if (!fs::is_directory(root / name)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / name))
            if (entry.is_regular_file() && !is_draft(entry.path())) files.push_back(entry.path());
    }
    for (const char* name : kFiles)
        if (fs::is_regular_file(root / name)) files.push_back(root / name);
    std::sort(files.begin(), files.end());
    return files;
}

// All tables as they are at one moment.
BackupManifest::Tables write_tables(store::Database& database, const std::string& folder,
                                    BackupWriter& writer, ImportProgress& progress) {
    bool has_begun = false;
    return database.read([&](store::Tx& tx) {
        check(!has_begun);  // what is written cannot be taken back
        has_begun = true;
        tx.allow(kEachStatementMax);
        BackupManifest::Tables tables{.migrations = store::applied_migrations(tx)};
        PieceCompressor compressor;
        for (const store::TextTable& table : store::list_tables(tx)) {
            progress.begin(table.name);
            PieceName piece{.folder = folder, .table = table.name};
            const std::int64_t rows = store::write_table(tx, table, [&](std::string_view lines) {
                ++piece.number;
                writer.add(name_of_piece(piece), compressor.compress(lines));
            });
            tables.tables.push_back({.table = table, .rows = rows});
        }
        return tables;
    });
}

std::string word_of_database(store::Database& database) {
    return database.read([](store::Tx& tx) {
        return std::string(tx.dialect() == store::Dialect::sqlite ? "sqlite" : "postgresql");
    });
}

// When the newest news of all were told: read after the tables, so that they hold nothing newer.
Instant newest_news(const BackupSource& source) {
    const auto territories = source.database.read(catalogue::load_territories);
    Instant newest;
    const auto look = [&](store::Database& database) {
        database.read([&](store::Tx& tx) {
            for (const auto& [slug, territory] : territories)
                newest = std::max(newest, store::last_told_at(tx, territory));
        });
    };
    look(source.database);
    if (source.signers) look(*source.signers);
    return newest;
}

}  // namespace

BackupReport write_backup(const BackupSource& source, const fs::path& file,
                          ImportProgress& progress) {
    BackupWriter writer(file);
    BackupManifest manifest;
    manifest.database = word_of_database(source.database);
    manifest.main = write_tables(source.database, kTablesFolder, writer, progress);
    if (manifest.main.migrations.empty())
        throw std::runtime_error("the database is empty: there is nothing to keep");
    if (source.signers)
        manifest.signers = write_tables(*source.signers, kSignersFolder, writer, progress);
    manifest.told_at = newest_news(source);
    progress.begin("files");
    const auto files = files_of(source.folder.root());
    for (const fs::path& path : files) {
        const std::string name = fs::relative(path, source.folder.root()).generic_string();
        if (writer.add_file(kFilesFolder + name, path)) ++manifest.files;
        progress.show(manifest.files, static_cast<std::int64_t>(files.size()));
    }
    manifest.made_at = source.now;
    manifest.is_sealed =
        manifest.database == "sqlite" && store::is_sealed(source.folder.database());
    writer.finish(to_json(manifest));
    progress.clear();
    const BackupSummary summary = summary_of(manifest);
    return {.tables = summary.tables,
            .rows = summary.rows,
            .files = summary.files,
            .bytes = writer.bytes()};
}

BackupSummary verify_backup(const fs::path& file) {
    return summary_of(manifest_from(read_backup(file, [](const BackupPart&, std::string_view) {})));
}

}  // namespace emplettes
