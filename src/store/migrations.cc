#include "store/migrations.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "store/sha256.h"

namespace emplettes::store {
namespace {

constexpr std::size_t kDigits = 4;  // of 0001_store.sql
// Rewriting a large table takes its time; another process may be doing it right now.
constexpr std::chrono::minutes kEachStatementMax{30};

constexpr const char* kApplied = "SELECT number, name, sha256 FROM migration ORDER BY number";
constexpr const char* kRecordMigration = R"sql(
INSERT INTO migration (number, name, sha256, applied_at) VALUES (:number, :name, :sha256, :now)
)sql";

struct Migration {
    std::int64_t number = 0;
    std::string name;
    std::string sha256;
    std::string script;
};

Migration parse_migration(const EmbeddedFile& file) {
    const std::string_view path = file.path;
    const auto number = parse_int(path.substr(0, kDigits));
    check(number.has_value() && path.size() > kDigits && path[kDigits] == '_' &&
          path.ends_with(".sql"));
    return {.number = *number,
            .name = std::string(path),
            .sha256 = sha256(file.bytes),
            .script = std::string(file.bytes)};
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

// The first that the database lacks; none when it has all.
const Migration* first_missing(Tx& tx, const std::vector<Migration>& known) {
    const auto applied = tx.all<std::int64_t, std::string, std::string>(kApplied);
    if (applied.size() > known.size()) {
        throw MigrationError(
            "the data folder was written by a newer version of the program: its database has "
            "migration " +
            std::get<1>(applied.back()) + ", this program knows " + std::to_string(known.size()) +
            ". Install the newer version, or use another data folder");
    }
    for (std::size_t i = 0; i < applied.size(); ++i) {
        const auto& [number, name, digest] = applied[i];
        compare(known[i], name, digest);
    }
    return applied.size() < known.size() ? &known[applied.size()] : nullptr;
}

// Runs the next one. What is missing is asked inside the transaction, so whoever waited for
// another process finds that it is done. Its name; nothing when none is missing.
std::string migrate_one(Tx& tx, const std::vector<Migration>& known, const Clock& clock) {
    tx.allow(kEachStatementMax);
    lock_migrations(tx.sql(), tx.dialect());
    const Migration* next = first_missing(tx, known);
    if (next == nullptr) return {};
    run_script(tx.sql(), tx.dialect(), next->script);
    tx.run(kRecordMigration, {{"number", next->number},
                              {"name", next->name},
                              {"sha256", next->sha256},
                              {"now", clock.now()}});
    return next->name;
}

}  // namespace

int migrate(Database& db, std::span<const EmbeddedFile> files, const Clock& clock) {
    const std::vector<Migration> known = parse_migrations(files);
    db.write([](Tx& tx) { make_migration_table(tx.sql(), tx.dialect()); });
    int ran = 0;
    for (;;) {
        const std::string name = db.write([&](Tx& tx) { return migrate_one(tx, known, clock); });
        if (name.empty()) return ran;
        log_info("database migrated: " + name);
        ++ran;
    }
}

}  // namespace emplettes::store
