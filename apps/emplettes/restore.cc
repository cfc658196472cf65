#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <map>

#include "campaign/signer_database.h"
#include "catalogue/soundness.h"
#include "emplettes/backup.h"
#include "emplettes/backup_file.h"
#include "emplettes/backup_manifest.h"
#include "emplettes/table_pieces.h"
#include "store/checked_pages.h"
#include "store/outbox.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours kRestoreStatementMax{6};
constexpr std::string_view kRestoredTopic = "installation.restored";  // read by nobody: its time is

void clear_folder(const fs::path& folder) {
    // The mark last: until then everybody sees that this is nothing whole.
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().filename() != kRestoreMark) fs::remove_all(entry.path());
    fs::remove(folder / kRestoreMark);
}

void sync_all(const fs::path& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool is_synced = fd >= 0 && ::syncfs(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!is_synced) throw std::runtime_error("the disk does not keep " + folder.string());
}

// The folder while it is being filled: marked, and empty again when that fails.
class MarkedFolder {
  public:
    explicit MarkedFolder(fs::path folder) : folder_(std::move(folder)) {
        fs::create_directories(folder_);
        if (fs::exists(folder_ / kRestoreMark)) clear_folder(folder_);
        if (!fs::is_empty(folder_))
            throw BackupError("the folder " + folder_.string() +
                              " is not empty: a backup is restored into an empty one only");
        write_durably(folder_ / kRestoreMark, "", 0600);
        sync_all(folder_);
    }
    ~MarkedFolder() {
        if (is_whole_) return;
        try {
            clear_folder(folder_);
        } catch (const fs::filesystem_error&) {
            // The mark stays, and says so.
        }
    }
    MarkedFolder(const MarkedFolder&) = delete;
    MarkedFolder& operator=(const MarkedFolder&) = delete;

    void become_whole() {
        sync_all(folder_);
        fs::remove(folder_ / kRestoreMark);
        is_whole_ = true;
        sync_all(folder_);
    }

  private:
    const fs::path folder_;
    bool is_whole_ = false;
};

void write_files(const RestorePlan& plan) {
    std::ofstream out;
    std::string current;
    read_backup(plan.backup, [&](const BackupPart& part, std::string_view bytes) {
        if (!part.name.starts_with(kFilesFolder)) return;
        const fs::path file = plan.folder / part.name.substr(std::string_view(kFilesFolder).size());
        if (part.name != current) {
            current = part.name;
            fs::create_directories(file.parent_path());
            out.open(file, std::ios::binary);
            fs::permissions(file, static_cast<fs::perms>(part.rights));
        }
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        if (bytes.empty()) out.close();
        if (!out) throw std::runtime_error("cannot write " + file.string() + ": is the disk full?");
    });
}

// Every row of a table, or of none.
class TableFiller {
  public:
    TableFiller(store::Tx& tx, const BackupManifest::Tables& kept, ImportProgress& progress)
        : tx_(tx), progress_(progress) {
        for (const auto& table : kept.tables) tables_[table.table.name] = &table;
    }

    void take(const std::string& name, std::string_view frame) {
        const auto found = tables_.find(name);
        if (found == tables_.end())
            throw BackupError("it holds rows of a table that its manifest does not name: " + name);
        if (name != current_) progress_.begin(current_ = name);
        rows_[name] += store::read_table(tx_, found->second->table, decompress_piece(frame));
    }
    void expect_all() const {
        for (const auto& [name, table] : tables_) {
            const auto found = rows_.find(name);
            const std::int64_t rows = found == rows_.end() ? 0 : found->second;
            if (rows != table->rows)
                throw BackupError("table " + name + " should have " + std::to_string(table->rows) +
                                  " rows, the backup holds " + std::to_string(rows));
        }
    }

  private:
    store::Tx& tx_;
    ImportProgress& progress_;
    std::map<std::string, const BackupManifest::Table*> tables_;
    std::map<std::string, std::int64_t> rows_;
    std::string current_;
};

// One of the databases that a backup holds.
struct Filled {
    const BackupManifest::Tables& kept;
    const char* folder;  // of its pieces
    std::span<const EmbeddedFile> migrations;
};

void fill_tables(store::Tx& tx, const RestorePlan& plan, const Filled& filled,
                 ImportProgress& progress) {
    tx.allow(kRestoreStatementMax);
    TableFiller filler(tx, filled.kept, progress);
    std::string frame;
    read_backup(plan.backup, [&](const BackupPart& part, std::string_view bytes) {
        const std::string table = table_of_piece(filled.folder, part.name);
        if (table.empty()) return;
        frame += bytes;
        if (!bytes.empty()) return;
        filler.take(table, frame);
        frame.clear();
    });
    filler.expect_all();
}

void expect_empty(store::Database& database, const std::string& location) {
    database.read([&](store::Tx& tx) {
        for (const auto& table : store::list_tables(tx))
            if (store::has_rows(tx, table.name))
                throw BackupError("the database " + location + " is not empty: table " +
                                  table.name +
                                  " has rows. A backup is restored into an empty one only; make "
                                  "another, or drop this one if an earlier restore left it");
    });
}

// News themselves are not in a backup, but nobody may take an id of their time again.
void tell_of_restore(store::Tx& tx, Instant told_at) {
    if (told_at <= Instant()) return;
    for (const auto& [slug, territory] : catalogue::load_territories(tx))
        store::append_news(
            tx,
            {.territory = territory, .topic = std::string(kRestoredTopic), .payload_json = "{}"},
            told_at);
}

void fill_database(store::Database& database, const RestorePlan& plan, const Filled& filled,
                   const Clock& clock, ImportProgress& progress) {
    store::migrate(database, store::files_up_to(filled.kept.migrations, filled.migrations), clock);
    database.write([&](store::Tx& tx) { fill_tables(tx, plan, filled, progress); });
    store::migrate(database, filled.migrations, clock);
}

// Those who sign pledges; a backup that was made before there were any holds none.
void fill_signers(store::Database& main, const RestorePlan& plan, const BackupManifest& manifest,
                  const Clock& clock, ImportProgress& progress) {
    if (manifest.signers.migrations.empty()) return;
    const campaign::SignerPlace place{.main = main,
                                      .main_location = plan.database,
                                      .own_file = (plan.folder / "pledges.db").string()};
    const auto database = campaign::open_empty_signer_database(place);
    expect_empty(*database, "of signers");
    fill_database(*database, plan,
                  {.kept = manifest.signers,
                   .folder = kSignersFolder,
                   .migrations = embedded_pledge_migrations()},
                  clock, progress);
}

void fill_databases(const RestorePlan& plan, const BackupManifest& manifest, const Clock& clock,
                    ImportProgress& progress) {
    const std::string location =
        plan.database.empty() ? (plan.folder / "emplettes.db").string() : plan.database;
    auto database = store::Database::open({.location = location, .readers = 1, .writers = 1});
    expect_empty(*database, plan.database.empty() ? location : "that was named");
    fill_database(
        *database, plan,
        {.kept = manifest.main, .folder = kTablesFolder, .migrations = embedded_migrations()},
        clock, progress);
    fill_signers(*database, plan, manifest, clock, progress);
    database->write([&](store::Tx& tx) { tell_of_restore(tx, manifest.told_at); });
    database.reset();
    if (manifest.is_sealed && plan.database.empty()) store::seal_database(location);
}

}  // namespace

BackupSummary restore_backup(const RestorePlan& plan, const Clock& clock,
                             ImportProgress& progress) {
    progress.begin("checksums");
    const BackupManifest manifest =
        manifest_from(read_backup(plan.backup, [](const BackupPart&, std::string_view) {}));
    store::files_up_to(manifest.main.migrations, embedded_migrations());
    store::files_up_to(manifest.signers.migrations, embedded_pledge_migrations());
    MarkedFolder folder(plan.folder);
    write_files(plan);
    fill_databases(plan, manifest, clock, progress);
    folder.become_whole();
    progress.clear();
    return summary_of(manifest);
}

}  // namespace emplettes
