#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "store/migrations.h"
#include "store/table_text.h"

namespace emplettes {

// What a backup says of itself, beside its parts.
struct BackupManifest {
    struct Table {
        store::TextTable table;
        std::int64_t rows = 0;
    };
    std::string database;  // "sqlite", "postgresql"
    Instant made_at;
    // When the newest news were told: ids of a restored installation are of a time after it,
    // however the clock is set there. 1970: nobody knows, as in older backups.
    Instant told_at;
    std::int64_t files = 0;
    bool is_sealed = false;  // an SQLite database with checksums (store/checked_pages.h)
    // Of one database.
    struct Tables {
        std::vector<store::MigrationMark> migrations;
        std::vector<Table> tables;

        std::int64_t rows() const;
    };
    Tables main;
    Tables signers;  // without migrations: there are none
};

// The same in figures, for people.
struct BackupSummary {
    std::string database;  // "sqlite", "postgresql"
    Instant made_at;
    std::int64_t tables = 0;
    std::int64_t rows = 0;
    std::int64_t files = 0;
};
BackupSummary summary_of(const BackupManifest& manifest);

Json to_json(const BackupManifest& manifest);
// Throws BackupError when it is none that this program can read.
BackupManifest manifest_from(const Json& json);

// Names of parts: "tables/offer/000001.tsv.zst", "signers/pledge/000001.tsv.zst",
// "files/territories/lyon.toml".
inline constexpr const char* kTablesFolder = "tables/";
inline constexpr const char* kSignersFolder = "signers/";
inline constexpr const char* kFilesFolder = "files/";
struct PieceName {
    std::string folder;  // one of the first two
    std::string table;
    std::int64_t number = 0;
};
std::string name_of_piece(const PieceName& piece);
// The table of such a part in this folder; empty when it is another one.
std::string table_of_piece(const std::string& folder, const std::string& part);

}  // namespace emplettes
