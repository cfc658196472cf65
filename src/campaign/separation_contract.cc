#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "campaign/signer_database.h"
#include "store/contract.h"
#include "store/migrations.h"
#include "store/table_text.h"

namespace emplettes::campaign {
namespace {

namespace fs = std::filesystem;

using Tables = std::map<std::string, std::vector<store::TextColumn>>;

// What every database needs from the modules below; nobody is known by them after their mail.
const std::set<std::string> kInBoth{"idempotency", "notice", "mail_bounce", "unsubscription"};
// Whose value says something about no one person.
const std::set<std::string> kMayBeShared{
    "territory_id", "slug",      "status", "name",  "title",   "language",   "comment", "reason",
    "created_at",   "undone_at", "day",    "query", "picture", "signatures", "made_at", "proof"};

Tables tables_of(store::Database& db) {
    Tables tables;
    db.read([&](store::Tx& tx) {
        for (auto& table : store::list_tables(tx)) tables[table.name] = std::move(table.columns);
    });
    return tables;
}

std::set<std::string> columns_of(const Tables& tables) {
    std::set<std::string> columns;
    for (const auto& [name, list] : tables) {
        if (kInBoth.contains(name)) continue;
        for (const auto& column : list) columns.insert(column.name);
    }
    return columns;
}

// Columns by which a row here could be put beside a row there: those of one name, but for words
// that say nothing about a person, and whatever is named after a reservation, a shop or an account.
std::vector<std::string> find_joins(const Tables& here, const Tables& there) {
    std::vector<std::string> joins;
    const auto others = columns_of(there);
    for (const std::string& column : columns_of(here)) {
        const bool is_shared = others.contains(column) && !kMayBeShared.contains(column);
        const bool is_named = column.find("reservation") != std::string::npos ||
                              column.find("account") != std::string::npos ||
                              column.find("contact") != std::string::npos ||
                              column.find("person") != std::string::npos ||
                              column.find("shop") != std::string::npos;
        if (is_shared || is_named) joins.push_back(column);
    }
    return joins;
}

class SeparationContract : public store::Contract {
  protected:
    SeparationContract() {
        store::migrate(*db_, embedded_migrations(), SystemClock());
        signers_ = open_signer_database({.main = *db_,
                                         .main_location = place_.options().location,
                                         .own_file = place_.folder() + "/pledges.db"},
                                        SystemClock());
    }
    ~SeparationContract() override {
        if (GetParam() == store::Dialect::sqlite) return;
        signers_->write([](store::Tx& tx) {
            const auto schema = tx.one<std::string>("SELECT CAST(current_schema() AS TEXT)");
            tx.sql() << "DROP SCHEMA " + schema.value() + " CASCADE";
        });
    }

    std::unique_ptr<store::Database> signers_;
};

INSTANTIATE_TEST_SUITE_P(Databases, SeparationContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(SeparationContract, NoTableIsInBoth) {
    const Tables main = tables_of(*db_);
    const Tables signers = tables_of(*signers_);
    EXPECT_TRUE(signers.contains("signature"));
    EXPECT_TRUE(main.contains("reservation"));
    for (const auto& [name, columns] : signers) {
        if (!kInBoth.contains(name)) {
            EXPECT_FALSE(main.contains(name)) << name;
            continue;
        }
        // One module's code serves both, so they are the same.
        EXPECT_EQ(columns, main.at(name)) << name;
    }
}

TEST_P(SeparationContract, NoColumnCanBeJoinedOn) {
    const Tables main = tables_of(*db_);
    EXPECT_EQ(find_joins(tables_of(*signers_), main), std::vector<std::string>());
    // Whoever adds one is found out.
    for (const std::string column : {"reservation_id", "contact_hash", "buyer_account", "code"}) {
        signers_->write([&](store::Tx& tx) {
            tx.sql() << "ALTER TABLE signature ADD COLUMN " + column + " BIGINT";
        });
        EXPECT_EQ(find_joins(tables_of(*signers_), main), std::vector{column});
        signers_->write(
            [&](store::Tx& tx) { tx.sql() << "ALTER TABLE signature DROP COLUMN " + column; });
    }
}

TEST_P(SeparationContract, NeitherSeesTheOther) {
    EXPECT_THROW(store::count_rows(*signers_, "reservation"), store::SqlError);
    EXPECT_THROW(store::count_rows(*signers_, "account"), store::SqlError);
    EXPECT_THROW(store::count_rows(*db_, "signature"), store::SqlError);
    EXPECT_EQ(store::count_rows(*signers_, "signature"), 0);
}

// SQLite could see a second file only so.
TEST(SeparationTest, NobodyAttachesADatabase) {
    const std::string word = "ATTACH";
    int files = 0;
    for (const char* folder : {"src", "apps", "migrations"})
        for (const auto& entry :
             fs::recursive_directory_iterator(fs::path(EMPLETTES_SOURCE_DIR) / folder)) {
            if (!entry.is_regular_file() || entry.path().filename() == "separation_contract.cc")
                continue;
            std::ifstream stream(entry.path(), std::ios::binary);
            const std::string text((std::istreambuf_iterator<char>(stream)), {});
            EXPECT_EQ(text.find(word + " "), std::string::npos) << entry.path();
            ++files;
        }
    EXPECT_GT(files, 500);
}

}  // namespace
}  // namespace emplettes::campaign
