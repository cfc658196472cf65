#include "store/migrations.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "store/sha256.h"
#include "store/table_text.h"

namespace emplettes::store {
namespace {

constexpr std::size_t kDigits = 4;  // of 0001_store.sql
// Rewriting a large table takes its time; another process may be doing it right now.
constexpr std::chrono::minutes kEachStatementMax{30};

constexpr std::string_view kServesFrom = "-- serves from ";
constexpr std::string_view kOnlyPostgresql = "-- only on postgresql\n";
constexpr const char* kApplied =
    "SELECT number, name, sha256, serves_from FROM migration ORDER BY number";
constexpr const char* kAddServesFrom =
    "ALTER TABLE migration ADD COLUMN serves_from BIGINT NOT NULL DEFAULT 0";
constexpr const char* kMarks = "SELECT name, sha256 FROM migration ORDER BY number";
constexpr const char* kRecordMigration = R"sql(
INSERT INTO migration (number, name, sha256, applied_at, serves_from)
VALUES (:number, :name, :sha256, :now, :serves_from)
)sql";

struct Migration {
    std::int64_t number = 0;
    std::string name;
    std::string sha256;
    std::string script;
    std::int64_t serves_from = 0;  // what a program must know at least; itself, unless it only adds
};

bool concerns(Dialect dialect, std::string_view script) {
    return dialect == Dialect::postgresql || script.find(kOnlyPostgresql) == std::string_view::npos;
}

// What the file says of older programs.
std::int64_t parse_serves_from(std::string_view script, std::int64_t itself) {
    const std::size_t at = script.find(kServesFrom);
    if (at == std::string_view::npos) return itself;
    const auto from = parse_int(script.substr(at + kServesFrom.size(), kDigits));
    check(from.has_value() && *from >= 1 && *from < itself);
    return *from;
}

Migration parse_migration(const EmbeddedFile& file) {
    const std::string_view path = file.path;
    const auto number = parse_int(path.substr(0, kDigits));
    check(number.has_value() && path.size() > kDigits && path[kDigits] == '_' &&
          path.ends_with(".sql"));
    return {.number = *number,
            .name = std::string(path),
            .sha256 = sha256(file.bytes),
            .script = std::string(file.bytes),
            .serves_from = parse_serves_from(file.bytes, *number)};
}

std::vector<Migration> parse_migrations(std::span<const EmbeddedFile> files) {
    std::vector<Migration> migrations;
    for (const EmbeddedFile& file : files) {
        migrations.push_back(parse_migration(file));
    }
    std::ranges::sort(migrations, {}, &Migration::number);
    for (std::size_t i = 0; i < migrations.size(); ++i) {
        check(migrations[i].number == static_cast<std::int64_t>(i + 1));
    }
    return migrations;
}

void compare(const Migration& known, const std::string& name, const std::string& digest) {
    if (known.name == name && known.sha256 == digest) {
        return;
    }
    throw MigrationError("migration " + name + " of the database is not the " + known.name +
                         " of this program: a migration must never be changed once it ran. "
                         "Use the program that made the database, or another data folder");
}

using Applied = std::tuple<std::int64_t, std::string, std::string, std::int64_t>;

// Of those that a newer program has added.
void expect_served(std::span<const Applied> newer, std::size_t known) {
    for (const auto& [number, name, digest, serves_from] : newer) {
        const bool is_served = serves_from > 0 && serves_from <= static_cast<std::int64_t>(known);
        if (is_served) continue;
        throw MigrationError(
            "the data folder was written by a newer version of the program: its database has "
            "migration " +
            name + ", this program knows " + std::to_string(known) +
            ". Install the newer version, or use another data folder");
    }
}

// The first that the database lacks; none when it has all, or more that this program can live with.
const Migration* first_missing(Tx& tx, const std::vector<Migration>& known) {
    const std::vector<Applied> applied =
        tx.all<std::int64_t, std::string, std::string, std::int64_t>(kApplied);
    for (std::size_t i = 0; i < std::min(applied.size(), known.size()); ++i)
        compare(known[i], std::get<1>(applied[i]), std::get<2>(applied[i]));
    if (applied.size() > known.size())
        expect_served(std::span(applied).subspan(known.size()), known.size());
    return applied.size() < known.size() ? &known[applied.size()] : nullptr;
}

// Runs the next one. What is missing is asked inside the transaction, so whoever waited for
// another process finds that it is done. Its name; nothing when none is missing.
std::string migrate_one(Tx& tx, const std::vector<Migration>& known, const Clock& clock) {
    tx.allow(kEachStatementMax);
    lock_migrations(tx.sql(), tx.dialect());
    const Migration* next = first_missing(tx, known);
    if (next == nullptr) return {};
    if (concerns(tx.dialect(), next->script)) run_script(tx.sql(), tx.dialect(), next->script);
    tx.run(kRecordMigration, {{"number", next->number},
                              {"name", next->name},
                              {"sha256", next->sha256},
                              {"now", clock.now()},
                              {"serves_from", next->serves_from}});
    return next->name;
}

// To the table that programs made before there was this column: 0, which serves nobody.
void add_serves_from(Tx& tx) {
    lock_migrations(tx.sql(), tx.dialect());
    if (!has_column(tx, "migration", "serves_from"))
        run_script(tx.sql(), tx.dialect(), kAddServesFrom);
}

}  // namespace

int migrate(Database& db, std::span<const EmbeddedFile> files, const Clock& clock) {
    const std::vector<Migration> known = parse_migrations(files);
    db.write([](Tx& tx) { make_migration_table(tx.sql(), tx.dialect()); });
    db.write(add_serves_from);
    int ran = 0;
    for (;;) {
        const std::string name = db.write([&](Tx& tx) { return migrate_one(tx, known, clock); });
        if (name.empty()) return ran;
        log_info("database migrated: " + name);
        ++ran;
    }
}

std::vector<MigrationMark> applied_migrations(Tx& tx) {
    std::vector<MigrationMark> marks;
    if (!has_table(tx, "migration")) return marks;
    tx.each<std::string, std::string>(kMarks, {}, [&](std::string name, std::string digest) {
        marks.push_back({.name = std::move(name), .sha256 = std::move(digest)});
    });
    return marks;
}

std::vector<EmbeddedFile> files_up_to(std::span<const MigrationMark> marks,
                                      std::span<const EmbeddedFile> files) {
    const std::vector<Migration> known = parse_migrations(files);
    if (marks.size() > known.size())
        throw MigrationError("it was written by a newer version of the program: it has migration " +
                             marks.back().name + ", this program knows " +
                             std::to_string(known.size()) + ". Install the newer version");
    std::vector<EmbeddedFile> wanted;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        compare(known[i], marks[i].name, marks[i].sha256);
        wanted.push_back(*std::ranges::find(files, known[i].name, &EmbeddedFile::path));
    }
    return wanted;
}

}  // namespace emplettes::store
