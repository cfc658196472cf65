#include "store/postgres_database.h"

namespace emplettes::store {
namespace {

constexpr int kAttemptsMax = 30;
constexpr std::chrono::milliseconds kWatchEvery{100};

using Connections = std::vector<std::unique_ptr<PostgresConnection>>;

Connections make_connections(const DatabaseOptions& options, PostgresConnection::Use use) {
    Connections connections;
    const int count = use == PostgresConnection::Use::read ? options.readers : options.writers;
    for (int i = 0; i < count; ++i) {
        connections.push_back(std::make_unique<PostgresConnection>(PostgresConnection::Options{
            .url = options.location, .use = use, .query_timeout_max = options.query_timeout_max}));
    }
    return connections;
}

std::vector<PostgresConnection*> all_of(const Connections& some, const Connections& more) {
    std::vector<PostgresConnection*> all;
    for (const Connections* connections : {&some, &more}) {
        for (const auto& connection : *connections) {
            all.push_back(connection.get());
        }
    }
    return all;
}

}  // namespace

PostgresWatch::PostgresWatch(std::vector<PostgresConnection*> connections)
    : connections_(std::move(connections)), thread_([this] { work(); }) {}

PostgresWatch::~PostgresWatch() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    stop_.notify_one();
    thread_.join();
}

void PostgresWatch::work() {
    std::unique_lock lock(mutex_);
    while (!stop_.wait_for(lock, kWatchEvery, [this] { return is_stopping_; })) {
        for (PostgresConnection* connection : connections_) {
            connection->cut_when_late();
        }
    }
}

PostgresDatabase::PostgresDatabase(const DatabaseOptions& options)
    : PostgresDatabase(options, make_connections(options, PostgresConnection::Use::read),
                       make_connections(options, PostgresConnection::Use::write)) {}

PostgresDatabase::PostgresDatabase(const DatabaseOptions& options, Connections readers,
                                   Connections writers)
    : wait_max_(options.wait_max),
      watched_(all_of(readers, writers)),
      readers_(std::move(readers)),
      writers_(std::move(writers)),
      watch_(watched_) {
    writers_.take(wait_max_)->connect();  // says now what is wrong with it
}

void PostgresDatabase::close() {
    readers_.close();
    writers_.close();
}

DatabaseCounters PostgresDatabase::counters() const {
    return {.reads = reads_,
            .writes = writes_,
            .commits = writes_,
            .retries = retries_,
            .unavailable = unavailable_};
}

void PostgresDatabase::run_read(const std::function<void(Tx&)>& f) try {
    readers_.take(wait_max_)->transact([&](Tx& tx) {
        f(tx);
        return Verdict::keep;
    });
    ++reads_;
} catch (const Unavailable&) {
    ++unavailable_;
    throw;
}

void PostgresDatabase::run_write(const std::function<Verdict(Tx&)>& f) try {
    const PostgresConnection::Outcome outcome = write_until_it_fits(f);
    if (outcome.is_committed) {
        ++writes_;
    }
    if (outcome.has_news) {
        ring();
    }
} catch (const Unavailable&) {
    ++unavailable_;
    throw;
}

PostgresConnection::Outcome PostgresDatabase::write_until_it_fits(
    const std::function<Verdict(Tx&)>& f) {
    for (int attempt = 1; attempt <= kAttemptsMax; ++attempt) {
        try {
            return writers_.take(wait_max_)->transact(f);
        } catch (const SerializationFailure&) {
            ++retries_;
        }
        pause_after(attempt);  // without a connection
    }
    throw Unavailable("too many writes want the same rows; try again in a moment");
}

// Those that met here part: each waits another time.
void PostgresDatabase::pause_after(int attempt) {
    const std::int64_t spread = 1 + retries_.load() % 8;
    std::this_thread::sleep_for(std::chrono::microseconds(500 * spread * attempt));
}

}  // namespace emplettes::store
