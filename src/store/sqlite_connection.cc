#include "store/sqlite_connection.h"

#include <mutex>
#include <thread>

#include "store/checked_pages.h"
#include "store/fault.h"

namespace emplettes::store {
namespace {

constexpr int kStepsBetweenChecks = 10000;  // of SQLite's machine: well below a millisecond
constexpr std::chrono::milliseconds kLockPoll{1};

// Called by SQLite while another process holds the lock. Its own handler sleeps up to 100 ms at a
// time, and so loses against a writer that commits all the time.
int wait_for_lock(void* lock_wait_max_ms, int tries) {
    const auto tries_max = *static_cast<const std::chrono::milliseconds*>(lock_wait_max_ms);
    if (tries * kLockPoll >= tries_max) {
        return 0;
    }
    std::this_thread::sleep_for(kLockPoll);
    return 1;
}

int stop_when_late(void* deadline) {
    return static_cast<const Deadline*>(deadline)->passed() ? 1 : 0;
}

// A connection is used by one thread at a time, and nobody asks how much memory SQLite has: its
// locks for both took a twentieth of the writer's time. Says nothing where SQLite has begun
// already.
void prepare_sqlite() {
    static std::once_flag once;
    std::call_once(once, [] {
        sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        check_pages_of_sqlite();
    });
}

std::string connect_string(const std::string& path) {
    prepare_sqlite();
    if (path.find('"') != std::string::npos) {
        throw Unavailable("the database's path must not contain a double quote: " + path);
    }
    return "dbname=\"" + path + "\"";
}

// Why SQLite cannot do it now, and what to do; nullptr when the statement itself is at fault.
const char* reason_of(int code) {
    if (code == SQLITE_IOERR_DATA)
        return "a page of the database is damaged: restore the last backup; or, if another program "
               "wrote to it, run emplettes seal";
    switch (code & 0xff) {
        case SQLITE_FULL: return "the disk is full; free some space, writes then work again";
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return "another program is writing to the database for too long";
        case SQLITE_INTERRUPT: return "the query took too long";
        case SQLITE_IOERR: return "the disk reports an error";
        case SQLITE_NOMEM: return "out of memory";
        case SQLITE_CANTOPEN: return "the database's file cannot be opened";
        case SQLITE_READONLY: return "the database's file may not be written";
        default: return nullptr;
    }
}

}  // namespace

SqliteConnection::SqliteConnection(const Options& options) try
    : options_(options),
      session_(soci::sqlite3, connect_string(options.path)),
      statements_(session_) {
    raw_ = sqlite_connection(session_);
    sqlite_api::sqlite3_extended_result_codes(raw_, 1);
    sqlite_api::sqlite3_busy_handler(
        raw_, wait_for_lock, const_cast<std::chrono::milliseconds*>(&options_.lock_wait_max));
    make_durable();
    execute("PRAGMA foreign_keys = ON");
    execute("PRAGMA trusted_schema = OFF");
    execute("PRAGMA temp_store = MEMORY");
    if (options_.use == Use::read) {
        execute("PRAGMA query_only = ON");
    }
    sqlite_api::sqlite3_progress_handler(raw_, kStepsBetweenChecks, stop_when_late, &deadline_);
} catch (const soci::soci_error& error) {
    throw Unavailable("cannot open the database " + options.path + ": " +
                      error.get_error_message());
}

SqliteConnection::~SqliteConnection() { roll_back(); }

void SqliteConnection::execute(const char* sql) {
    deadline_.stop();
    run_script(session_, Dialect::sqlite, sql);
}

bool SqliteConnection::in_transaction() const {
    return sqlite_api::sqlite3_get_autocommit(raw_) == 0;
}

void SqliteConnection::roll_back() noexcept {
    deadline_.stop();
    if (in_transaction()) {
        sqlite_api::sqlite3_exec(raw_, "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

Tx::Connection SqliteConnection::for_tx() {
    return {.session = session_,
            .statements = statements_,
            .deadline = deadline_,
            .dialect = Dialect::sqlite,
            .query_timeout_max = options_.query_timeout_max};
}

void SqliteConnection::rethrow() const {
    try {
        throw;
    } catch (const soci::soci_error& error) {
        const auto* from_sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
        const char* reason = from_sqlite != nullptr ? reason_of(from_sqlite->result()) : nullptr;
        // The message without SOCI's context, which holds the values.
        const std::string message = error.get_error_message();
        if (reason != nullptr) {
            throw Unavailable(std::string(reason) + " (" + message + ")");
        }
        throw SqlError(message);
    }
}

bool SqliteConnection::sync_failed() const {
    const int code = sqlite_api::sqlite3_extended_errcode(raw_);
    return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

bool SqliteConnection::disk_is_full() const {
    return (sqlite_api::sqlite3_errcode(raw_) & 0xff) == SQLITE_FULL;
}

void SqliteConnection::make_durable() {
    execute("PRAGMA synchronous = FULL");
    if (ask("PRAGMA journal_mode = WAL") != "wal" || ask("PRAGMA synchronous") != "2") {
        throw Unavailable("the database " + options_.path +
                          " cannot be made durable (WAL with synchronous=FULL); is it on a "
                          "network file system, or in memory?");
    }
}

std::string SqliteConnection::ask(const char* pragma) {
    std::string answer;
    session_ << pragma, soci::into(answer);
    return answer;
}

}  // namespace emplettes::store
