#include "store/postgres_pool.h"

namespace emplettes::store {
namespace {

using Use = PostgresConnection::Use;

constexpr std::chrono::milliseconds kWatchEvery{100};
constexpr std::chrono::milliseconds kAskMax{500};

// A leader that no standby hears can read, and promise nothing: this waits for them as any write.
constexpr const char* kAskWrite = "SELECT pg_logical_emit_message(TRUE, 'emplettes', 'there?')";
constexpr const char* kAskRead = "SELECT 1";

std::vector<std::unique_ptr<PostgresConnection>> make_connections(
    const PostgresConnection::Options& of, int count) {
    std::vector<std::unique_ptr<PostgresConnection>> connections;
    for (int i = 0; i < count; ++i) connections.push_back(std::make_unique<PostgresConnection>(of));
    return connections;
}

std::vector<PostgresConnection*> all_of(
    const std::vector<std::unique_ptr<PostgresConnection>>& connections,
    PostgresConnection* another) {
    std::vector<PostgresConnection*> all{another};
    for (const auto& connection : connections) all.push_back(connection.get());
    return all;
}

PostgresConnection::Options with_timeout(PostgresConnection::Options options,
                                         std::chrono::milliseconds timeout) {
    return {.address = options.address, .use = options.use, .query_timeout_max = timeout};
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

PostgresPool::PostgresPool(PostgresAddress& address, const DatabaseOptions& options, Use use)
    : PostgresPool(
          make_connections(
              {.address = address, .use = use, .query_timeout_max = options.query_timeout_max},
              use == Use::read ? options.readers : options.writers),
          {.address = address, .use = use, .query_timeout_max = options.query_timeout_max},
          options.wait_max) {}

PostgresPool::PostgresPool(Connections connections, const PostgresConnection::Options& of,
                           std::chrono::milliseconds wait_max)
    : wait_max_(wait_max),
      use_(of.use),
      asker_(with_timeout(of, std::min(of.query_timeout_max, kAskMax))),
      watched_(all_of(connections, &asker_)),
      pool_(std::move(connections)),
      watch_(watched_),
      gate_(use_ == Use::read ? "reading" : "writing", [this] { ask(); }) {}

void PostgresPool::connect() { pool_.take(wait_max_)->connect(); }

PostgresConnection::Outcome PostgresPool::transact(const std::function<Verdict(Tx&)>& f) {
    gate_.pass();
    const auto connection = pool_.take(wait_max_);
    gate_.pass();  // it may have been shut while this call waited
    connection->renew_after(gate_.openings());
    try {
        return connection->transact(f);
    } catch (const Unavailable& failure) {
        if (failure.cause() == Unavailable::Cause::away) gate_.doubt();
        throw;
    }
}

void PostgresPool::ask() {
    asker_.transact([this](Tx& tx) {
        tx.run(use_ == Use::write ? kAskWrite : kAskRead);
        return Verdict::keep;
    });
}

}  // namespace emplettes::store
