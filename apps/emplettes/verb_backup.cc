#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <memory>

#include <date/date.h>

#include "emplettes/backup.h"
#include "emplettes/backup_file.h"
#include "emplettes/databases.h"
#include "emplettes/verbs.h"
#include "emplettes/verify.h"
#include "store/checked_pages.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;

constexpr int kStepsMax = 60;  // of the bar: one for each table, one for the files
constexpr int kNiceness = 10;  // those who are served go first

constexpr const char* kBackupFooter = R"(
The file is a tar with every table as text, the territories' settings, the key, pictures, maps and
imported files, each with its checksum. It may be restored on either database. It holds people's
names and the key that signs forms: keep it where only you can read. What bears the name is whole;
a backup that was interrupted ends with .partial.)";

constexpr const char* kRestoreFooter = R"(
Into an empty folder, and an empty database when one is named. Compares every checksum before it
begins. Other programs must not use the folder meanwhile.)";

constexpr const char* kSealFooter = R"(
SQLite only, with no server running; as long as a copy of the database takes, and as much room.
From then on each page bears a checksum that is compared whenever it is read: a bit that flips on
the disk is an error in the log, never an answer. Other programs may read the database; after one
has written to it, it is refused until it is sealed again, which takes what is there for right.)";

struct BackupOptions {
    std::string data;
    std::string database;
    std::string file;
};

// Opened as it is: a newer program must not change the database of an older one that serves.
std::unique_ptr<store::Database> open_as_it_is(const DataFolder& folder,
                                               const std::string& location) {
    if (location.empty() && !fs::exists(folder.database()))
        throw std::runtime_error("there is no database " + folder.database());
    return store::Database::open(
        {.location = location.empty() ? folder.database() : location, .readers = 1, .writers = 1});
}

fs::path backup_file(const std::string& wanted, Instant now) {
    if (!fs::is_directory(wanted)) return wanted;
    return fs::path(wanted) / date::format("emplettes-%Y%m%dT%H%M%SZ.tar", now);
}

double seconds_since(std::chrono::steady_clock::time_point began) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

std::string made_at(const BackupSummary& summary) {
    return date::format("%Y-%m-%d %H:%M:%S UTC", summary.made_at) + " from " + summary.database;
}

void backup(const BackupOptions& options) {
    const auto began = std::chrono::steady_clock::now();
    ::setpriority(PRIO_PROCESS, 0, kNiceness);
    const SystemClock clock;
    const DataFolder folder(options.data);
    const auto database = open_as_it_is(folder, options.database);
    const auto signers = open_signers_as_they_are(folder, *database, options.database);
    const fs::path file = backup_file(options.file, clock.now());
    ImportProgress progress(kStepsMax);
    const auto report = write_backup(
        {.folder = folder, .database = *database, .signers = signers.get(), .now = clock.now()},
        file, progress);
    write_durably(folder.last_backup(), file.string() + "\n", 0640);
    std::printf("%s: %lld rows of %lld tables, %lld files, %.1f MB, %.1f s\n", file.c_str(),
                static_cast<long long>(report.rows), static_cast<long long>(report.tables),
                static_cast<long long>(report.files), static_cast<double>(report.bytes) / 1e6,
                seconds_since(began));
}

void restore(const BackupOptions& options) {
    const auto began = std::chrono::steady_clock::now();
    const SystemClock clock;
    ImportProgress progress(kStepsMax);
    const auto summary = restore_backup(
        {.backup = options.file, .folder = options.data, .database = options.database}, clock,
        progress);
    std::printf("%s: as of %s, %lld rows of %lld tables, %lld files, %.1f s\n",
                options.data.c_str(), made_at(summary).c_str(),
                static_cast<long long>(summary.rows), static_cast<long long>(summary.tables),
                static_cast<long long>(summary.files), seconds_since(began));
}

int verify_data(const BackupOptions& options) {
    const DataFolder folder(options.data);
    const auto database = open_as_it_is(folder, options.database);
    const auto signers = open_signers_as_they_are(folder, *database, options.database);
    const Installation all{.folder = folder, .database = *database, .signers = signers.get()};
    const int problems = verify_installation(all, [](const Finding& finding) {
        std::printf("%s: %s\n", finding.what.c_str(),
                    finding.problems.empty() ? "sound" : "NOT SOUND");
        for (const auto& problem : finding.problems) std::printf("  %s\n", problem.c_str());
        std::fflush(stdout);
    });
    std::printf("%d problems\n", problems);
    return problems == 0 ? 0 : 1;
}

int verify(const BackupOptions& options) {
    if (options.file.empty() && options.data.empty())
        throw std::runtime_error("say what to verify: a backup, or --data FOLDER");
    if (!options.file.empty()) {
        const auto summary = verify_backup(options.file);
        std::printf("%s: sound, as of %s, %lld rows, %lld files\n", options.file.c_str(),
                    made_at(summary).c_str(), static_cast<long long>(summary.rows),
                    static_cast<long long>(summary.files));
    }
    return options.data.empty() ? 0 : verify_data(options);
}

void seal(const BackupOptions& options) {
    const DataFolder folder(options.data);
    if (!fs::exists(folder.database()))
        throw std::runtime_error("there is no database " + folder.database());
    std::printf("%s: sealed, %lld pages got another checksum\n", folder.database().c_str(),
                static_cast<long long>(store::seal_database(folder.database())));
}

void add_database(CLI::App& verb, BackupOptions& options) {
    verb.add_option("--database", options.database, "postgresql://… instead of SQLite");
}

}  // namespace

void add_backup(CLI::App& cli, int& /*status*/) {
    auto options = std::make_shared<BackupOptions>();
    auto* verb = cli.add_subcommand("backup", "Keeps everything in one file, while it serves");
    verb->add_option("file", options->file, "The file to write, or the folder to write it into")
        ->required();
    verb->add_option("--data", options->data, "The data folder")
        ->required()
        ->check(CLI::ExistingDirectory);
    add_database(*verb, *options);
    verb->footer(kBackupFooter);
    verb->callback([options] { backup(*options); });
}

void add_restore(CLI::App& cli, int& /*status*/) {
    auto options = std::make_shared<BackupOptions>();
    auto* verb = cli.add_subcommand("restore", "Makes an installation of a backup");
    verb->add_option("file", options->file, "The backup")->required();
    verb->add_option("--data", options->data, "The data folder to make")->required();
    add_database(*verb, *options);
    verb->footer(kRestoreFooter);
    verb->callback([options] { restore(*options); });
}

void add_seal(CLI::App& cli, int& /*status*/) {
    auto options = std::make_shared<BackupOptions>();
    auto* verb =
        cli.add_subcommand("seal", "Gives every page of the database a checksum that is compared");
    verb->add_option("--data", options->data, "The data folder")
        ->required()
        ->check(CLI::ExistingDirectory);
    verb->footer(kSealFooter);
    verb->callback([options] { seal(*options); });
}

void add_verify(CLI::App& cli, int& status) {
    auto options = std::make_shared<BackupOptions>();
    auto* verb = cli.add_subcommand(
        "verify", "Looks for damage and contradictions in a backup or in a data folder");
    verb->add_option("file", options->file, "A backup");
    verb->add_option("--data", options->data, "A data folder, also while it is served")
        ->check(CLI::ExistingDirectory);
    add_database(*verb, *options);
    verb->callback([options, &status] { status = verify(*options); });
}

}  // namespace emplettes
