#pragma once
#include <chrono>
#include <string>

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "store/deadline.h"
#include "store/statement.h"
#include "store/tx.h"

namespace emplettes::store {

// One connection to an SQLite file: WAL, synchronous=FULL (checked), foreign keys on. Used by one
// thread at a time.
class SqliteConnection {
  public:
    enum class Use { read, write };
    struct Options {
        std::string path;
        Use use = Use::read;
        std::chrono::milliseconds query_timeout_max{2000};
        // How long to wait for another process that writes to the same file.
        std::chrono::milliseconds lock_wait_max{5000};
    };

    // Throws Unavailable when the file cannot be opened or is not as durable as it must be.
    explicit SqliteConnection(const Options& options);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    // One statement without parameters or rows. Throws soci_error: see rethrow.
    void execute(const char* sql);
    bool in_transaction() const;
    // Ends what is left of a transaction, whatever happened to it.
    void roll_back() noexcept;

    Tx::Connection for_tx();

    // Called inside a catch: throws on what is not SOCI's, turns the rest into Unavailable or
    // SqlError.
    [[noreturn]] void rethrow() const;
    // Whether the last failure was the disk refusing to confirm what was written.
    bool sync_failed() const;
    bool disk_is_full() const;  // as above

    sqlite_api::sqlite3* raw() const { return raw_; }

  private:
    void make_durable();
    std::string ask(const char* pragma);

    const Options options_;
    soci::session session_;
    sqlite_api::sqlite3* raw_ = nullptr;
    Deadline deadline_;
    StatementCache statements_;
};

}  // namespace emplettes::store
