#include "store/postgres_database.h"

namespace emplettes::store {
namespace {

constexpr int kAttemptsMax = 30;
// So that most workers are free for what needs no database.
constexpr int kPatientMax = 8;
constexpr std::chrono::milliseconds kBeforeRepeat{20};

}  // namespace

PostgresDatabase::PostgresDatabase(const DatabaseOptions& options)
    : address_(options.location),
      readers_(address_, options, PostgresConnection::Use::read),
      writers_(address_, options, PostgresConnection::Use::write) {
    writers_.connect();
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
            .repeats = repeats_,
            .unavailable = unavailable_};
}

DatabaseState PostgresDatabase::state() const {
    return {.reads = readers_.gate().is_open(), .writes = writers_.gate().is_open()};
}

void PostgresDatabase::run_read(const std::function<void(Tx&)>& f) try {
    readers_.transact([&](Tx& tx) {
        f(tx);
        return Verdict::keep;
    });
    ++reads_;
} catch (const Unavailable&) {
    ++unavailable_;
    throw;
}

void PostgresDatabase::run_write(const std::function<Verdict(Tx&)>& f) try {
    note(write_until_it_fits(f));
} catch (const Unavailable&) {
    ++unavailable_;
    throw;
}

void PostgresDatabase::run_patient_write(const std::function<Verdict(Tx&)>& f, Time until) try {
    note(write_until(f, until));
} catch (const Unavailable&) {
    ++unavailable_;
    throw;
}

void PostgresDatabase::note(const PostgresConnection::Outcome& outcome) {
    if (outcome.is_committed) ++writes_;
    if (outcome.has_news) ring();
}

PostgresConnection::Outcome PostgresDatabase::write_until(const std::function<Verdict(Tx&)>& f,
                                                          Time until) {
    auto written = Unavailable::Written::nothing;
    for (;;) {
        try {
            return write_until_it_fits(f);
        } catch (const Unavailable& failure) {
            if (failure.written() == Unavailable::Written::perhaps) written = failure.written();
            if (failure.cause() != Unavailable::Cause::away || !waited_for_server(until))
                throw Unavailable(failure.what(), written, failure.cause());
        }
        ++repeats_;
    }
}

// Whether it makes sense to ask again.
bool PostgresDatabase::waited_for_server(Time until) {
    bool is_there = false;
    if (++patient_ <= kPatientMax) {
        std::this_thread::sleep_for(kBeforeRepeat);
        is_there = writers_.gate().wait(until) && std::chrono::steady_clock::now() < until;
    }
    --patient_;
    return is_there;
}

PostgresConnection::Outcome PostgresDatabase::write_until_it_fits(
    const std::function<Verdict(Tx&)>& f) {
    for (int attempt = 1; attempt <= kAttemptsMax; ++attempt) {
        try {
            return writers_.transact(f);
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
