#include "store/sqlite_database.h"

namespace emplettes::store {
namespace {

SqliteConnection::Options connection_options(const DatabaseOptions& options,
                                             SqliteConnection::Use use) {
    return {.path = options.location,
            .use = use,
            .query_timeout_max = options.query_timeout_max,
            .lock_wait_max = options.wait_max};
}

std::vector<std::unique_ptr<SqliteConnection>> open_readers(const DatabaseOptions& options) {
    std::vector<std::unique_ptr<SqliteConnection>> readers;
    for (int i = 0; i < options.readers; ++i) {
        readers.push_back(std::make_unique<SqliteConnection>(
            connection_options(options, SqliteConnection::Use::read)));
    }
    return readers;
}

}  // namespace

SqliteDatabase::SqliteDatabase(const DatabaseOptions& options, std::function<void()> before_commit)
    : wait_max_(options.wait_max),
      writer_({.connection = connection_options(options, SqliteConnection::Use::write),
               .waiting_max = static_cast<std::size_t>(options.writes_waiting_max),
               .on_news = [this] { ring(); },
               .before_commit = std::move(before_commit)}),
      readers_(open_readers(options)) {}

void SqliteDatabase::close() {
    readers_.close();
    writer_.close();
}

DatabaseCounters SqliteDatabase::counters() const {
    return {.reads = reads_,
            .writes = writer_.writes(),
            .commits = writer_.commits(),
            .retries = writer_.retries(),
            .unavailable = unavailable_};
}

void SqliteDatabase::run_read(const std::function<void(Tx&)>& f) try {
    const auto connection = readers_.take(wait_max_);
    try {
        connection->execute("BEGIN");
        Tx tx(connection->for_tx());
        f(tx);
        connection->execute("COMMIT");
        ++reads_;
    } catch (...) {
        connection->roll_back();
        connection->rethrow();
    }
} catch (const Unavailable&) {
    ++unavailable_;
    throw;
}

void SqliteDatabase::run_write(const std::function<Verdict(Tx&)>& f) try {
    writer_.run(f);
} catch (const Unavailable&) {
    ++unavailable_;
    throw;
}

}  // namespace emplettes::store
