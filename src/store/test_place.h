#pragma once
#include <memory>
#include <string>

#include "store/database.h"

namespace emplettes::store {

// Where a test keeps a database of its own: an SQLite file in a new folder, or a new schema on the
// PostgreSQL of EMPLETTES_POSTGRES_URL. Removed at the end.
class TestPlace {
  public:
    explicit TestPlace(Dialect dialect);
    ~TestPlace();
    TestPlace(const TestPlace&) = delete;
    TestPlace& operator=(const TestPlace&) = delete;

    DatabaseOptions options() const { return {.location = location_}; }
    const std::string& folder() const { return folder_; }  // SQLite
    std::unique_ptr<Database> open() const { return Database::open(options()); }

  private:
    std::string location_;
    std::string folder_;
    std::string server_;
    std::string schema_;
};

// Of a table, by its whole content.
std::int64_t count_rows(Database& db, const std::string& table);

}  // namespace emplettes::store
