#include "store/database.h"

#include "store/postgres_database.h"
#include "store/schema.h"
#include "store/sqlite_database.h"

namespace emplettes::store {

std::unique_ptr<Database> Database::open(const DatabaseOptions& options) {
    const std::string& location = options.location;
    if (has_schemas(location)) {
        return std::make_unique<PostgresDatabase>(options);
    }
    return std::make_unique<SqliteDatabase>(options);
}

std::uint64_t Database::wait_for_news(std::uint64_t seen, std::chrono::milliseconds at_most) {
    std::unique_lock lock(news_mutex_);
    news_.wait_for(lock, at_most, [&] { return rings_ != seen; });
    return rings_;
}

void Database::ring() {
    const std::lock_guard lock(news_mutex_);
    ++rings_;
    news_.notify_all();
}

}  // namespace emplettes::store
