#include "store/soundness.h"

#include "base/check.h"
#include "store/fault.h"
#include "store/table_text.h"

namespace emplettes::store {
namespace {

constexpr const char* kIntegrity = "SELECT * FROM pragma_integrity_check(20)";
constexpr const char* kReferences = R"sql(
SELECT "table", parent, COUNT(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2
)sql";
constexpr const char* kHasChecksums = "SELECT CAST(current_setting('data_checksums') AS TEXT)";
constexpr const char* kNoChecksums =
    "the PostgreSQL cluster has no data checksums: a flipped bit on its disk goes unnoticed (stop "
    "it and run pg_checksums --enable)";
constexpr const char* kOddAnswers = R"sql(
SELECT request_key FROM idempotency
WHERE territory_id = :territory AND (request_key = '' OR LENGTH(request_sha256) <> 64
    OR status NOT BETWEEN 100 AND 599 OR response = '' OR created_at <= 0)
ORDER BY request_key LIMIT 20
)sql";
constexpr const char* kAnswers =
    "SELECT request_key, response FROM idempotency WHERE territory_id = :territory";

std::vector<std::string> find_in_sqlite(Tx& tx) {
    std::vector<std::string> damage;
    for (const auto& sentence : tx.all<std::string>(kIntegrity))
        if (sentence != "ok") damage.push_back("the database is damaged: " + sentence);
    tx.each<std::string, std::string, std::int64_t>(
        kReferences, {},
        [&](const std::string& table, const std::string& parent, std::int64_t rows) {
            damage.push_back(std::to_string(rows) + " rows of " + table + " refer to a " + parent +
                             " that is not there");
        });
    return damage;
}

std::vector<std::string> find_in_postgres(Tx& tx) {
    std::vector<std::string> damage;
    if (tx.one<std::string>(kHasChecksums) != "on") damage.emplace_back(kNoChecksums);
    for (const TextTable& table : list_tables(tx)) write_table(tx, table, [](std::string_view) {});
    return damage;
}

}  // namespace

std::vector<std::string> find_damage(Tx& tx) {
    switch (tx.dialect()) {
        case Dialect::sqlite: return find_in_sqlite(tx);
        case Dialect::postgresql: return find_in_postgres(tx);
    }
    check(false);
    return {};
}

std::vector<std::string> find_odd_answers(Tx& tx, TerritoryId territory) {
    std::vector<std::string> odd;
    for (const auto& key : tx.all<std::string>(kOddAnswers, {{"territory", territory}}))
        odd.push_back("the stored answer to the request with key " + key + " is none");
    return odd;
}

void each_answer(Tx& tx, TerritoryId territory,
                 const std::function<void(const std::string& key, const std::string& body)>& f) {
    tx.each<std::string, std::string>(kAnswers, {{"territory", territory}}, f);
}

}  // namespace emplettes::store
