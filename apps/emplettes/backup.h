#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/clock.h"
#include "emplettes/backup_manifest.h"
#include "emplettes/data_folder.h"
#include "emplettes/import_progress.h"
#include "store/database.h"

namespace emplettes {

struct BackupSource {
    const DataFolder& folder;
    store::Database& database;
    store::Database* signers;  // of pledges; null: there are none yet
    Instant now;
};

struct BackupReport {
    std::int64_t tables = 0;
    std::int64_t rows = 0;
    std::int64_t files = 0;
    std::uint64_t bytes = 0;  // of the backup
};

// Everything of an installation that cannot be made anew, in one file (backup_file.h): its tables
// as one consistent snapshot, those of its signers as another, then its territories, settings and
// keys, pictures, ground and imported files. While it serves; nobody waits. What is left out:
// search images, which a start makes, mails that were written as files, what is being sent to the
// server. Throws what the database throws, and std::runtime_error with a sentence for people; then
// there is no file.
BackupReport write_backup(const BackupSource& source, const std::filesystem::path& file,
                          ImportProgress& progress);

// What a sound backup says of itself. Throws BackupError: also when it is damaged.
BackupSummary verify_backup(const std::filesystem::path& file);

struct RestorePlan {
    std::filesystem::path backup;
    std::filesystem::path folder;  // empty, or not there yet
    std::string database;          // empty: the folder's own SQLite file; else one without rows
};
// Makes an installation of a backup, of either database on either. Compares every checksum before
// it begins. While it works, and when it is killed, the folder bears kRestoreMark; when it fails,
// the folder is empty again, but a database that was named may keep tables. Throws BackupError and
// what the database throws.
BackupSummary restore_backup(const RestorePlan& plan, const Clock& clock, ImportProgress& progress);

}  // namespace emplettes
