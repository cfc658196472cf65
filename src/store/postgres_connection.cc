#include "store/postgres_connection.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include <soci/postgresql/soci-postgresql.h>

#include "base/text.h"

namespace emplettes::store {
namespace {

constexpr int kOldestServer = 130000;  // pg_current_xact_id
// The server ends a late statement itself; we hang up only when it does not even do that.
constexpr std::chrono::milliseconds kGrace{1000};

constexpr const char* kBeginRead = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr const char* kBeginWrite = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE";

using Cause = Unavailable::Cause;

// Why the server, not the statement, is to blame; see PostgreSQL's appendix A. None: it is the
// statement.
std::optional<Cause> find_server_trouble(std::string_view sqlstate, PostgresConnection::Use use) {
    const std::string_view group = sqlstate.substr(0, 2);
    if (sqlstate == "57014" || sqlstate == "55P03" || group == "53") return Cause::other;
    if (group == "08" || group == "57" || group == "58") return Cause::away;
    // A leader that became a standby: the next connection finds the new one.
    if (sqlstate == "25006" && use == PostgresConnection::Use::write) return Cause::away;
    return std::nullopt;
}

std::string in_one_line(std::string message) {
    std::ranges::replace(message, '\n', ' ');
    return std::string(trim(message));
}

}  // namespace

PostgresConnection::Session::Session(const PostgresAddress& address)
    : sql(soci::postgresql, address.text()), statements(sql) {}

void PostgresConnection::connect() {
    disconnect();
    try {
        session_ = std::make_unique<Session>(options_.address);
        watch_socket();
        configure();
        check_server();
        const PGconn* connection = postgresql_connection(session_->sql);
        options_.address.found({.name = PQhost(connection), .port = PQport(connection)});
    } catch (const soci::soci_error& error) {
        disconnect();
        throw Unavailable("cannot connect to PostgreSQL: " + in_one_line(error.get_error_message()),
                          Unavailable::Written::nothing, Cause::away);
    } catch (...) {
        disconnect();
        throw;
    }
}

void PostgresConnection::renew_after(std::int64_t openings) {
    if (openings_ == openings) return;
    disconnect();
    openings_ = openings;
}

PostgresConnection::Outcome PostgresConnection::transact(const std::function<Verdict(Tx&)>& f) {
    begin();
    try {
        return run(f);
    } catch (...) {
        roll_back();
        throw;
    }
}

void PostgresConnection::cut_when_late() {
    const std::lock_guard lock(socket_mutex_);
    if (deadline_.passed() && socket_ >= 0) {
        shutdown(socket_, SHUT_RDWR);
    }
}

void PostgresConnection::begin() {
    const char* sql = options_.use == Use::write ? kBeginWrite : kBeginRead;
    if (session_ != nullptr) {
        try {
            execute(sql);
            return;
        } catch (const soci::soci_error& error) {
            if (deadline_.passed()) fail(error, Unavailable::Written::nothing);
            // Lost while it was idle, most likely: nothing was begun, so a new one may.
        }
    }
    connect();
    try {
        execute(sql);
    } catch (...) {
        rethrow(Unavailable::Written::nothing);
    }
}

PostgresConnection::Outcome PostgresConnection::run(const std::function<Verdict(Tx&)>& f) {
    Tx tx(for_tx());
    Verdict verdict = Verdict::undo;
    try {
        verdict = f(tx);
    } catch (...) {
        rethrow(Unavailable::Written::nothing);
    }
    if (verdict == Verdict::undo) {
        roll_back();
        return {};
    }
    commit();
    return {.is_committed = true, .has_news = tx.has_news()};
}

void PostgresConnection::commit() {
    // After a failure that `f` swallowed, COMMIT would roll back and say that all is well.
    if (PQtransactionStatus(postgresql_connection(session_->sql)) == PQTRANS_INERROR) {
        throw SqlError("a statement failed and the transaction went on");
    }
    is_warned_ = false;
    try {
        execute("COMMIT");
    } catch (...) {
        rethrow(Unavailable::Written::perhaps);
    }
    // "canceling wait for synchronous replication": committed here, perhaps nowhere else.
    if (is_warned_) {
        throw Unavailable("PostgreSQL did not confirm that a standby has it",
                          Unavailable::Written::perhaps, Cause::away);
    }
}

void PostgresConnection::roll_back() noexcept {
    try {
        if (session_ != nullptr &&
            PQtransactionStatus(postgresql_connection(session_->sql)) != PQTRANS_IDLE) {
            execute("ROLLBACK");
        }
    } catch (const std::exception&) {
        disconnect();
    }
}

void PostgresConnection::execute(const char* sql) {
    deadline_.start(options_.query_timeout_max + kGrace);
    run_script(session_->sql, Dialect::postgresql, sql);
    deadline_.stop();
}

std::string PostgresConnection::ask(const char* sql) {
    deadline_.start(options_.query_timeout_max + kGrace);
    std::string answer;
    session_->sql << sql, soci::into(answer);
    deadline_.stop();
    return answer;
}

void PostgresConnection::configure() {
    PGconn* connection = postgresql_connection(session_->sql);
    // No details in messages: they hold people's values.
    PQsetErrorVerbosity(connection, PQERRORS_TERSE);
    PQsetNoticeReceiver(connection, &PostgresConnection::on_notice, this);
    const std::string ms = std::to_string(options_.query_timeout_max.count());
    const std::string settings =
        "SET client_min_messages = warning; SET statement_timeout = " + ms +
        "; SET lock_timeout = " + ms + "; SET idle_in_transaction_session_timeout = 10000";
    execute(settings.c_str());
    const std::string synchronous = ask("SHOW synchronous_commit");
    if (synchronous != "on" && synchronous != "remote_apply") {
        execute("SET synchronous_commit = on");
    }
}

void PostgresConnection::check_server() {
    if (ask("SHOW fsync") != "on" || ask("SHOW full_page_writes") != "on") {
        throw Unavailable(
            "PostgreSQL runs with fsync or full_page_writes off: it would lose "
            "what it confirmed. Switch both on");
    }
    const std::string encoding = ask("SHOW server_encoding");
    const int version = PQserverVersion(postgresql_connection(session_->sql));
    if (encoding != "UTF8" || version < kOldestServer) {
        throw Unavailable("PostgreSQL 13 or newer with a database in UTF8 is needed; this is " +
                          std::to_string(version) + " in " + encoding);
    }
}

void PostgresConnection::watch_socket() {
    const std::lock_guard lock(socket_mutex_);
    socket_ = dup(PQsocket(postgresql_connection(session_->sql)));
}

void PostgresConnection::disconnect() noexcept {
    deadline_.stop();
    session_.reset();
    const std::lock_guard lock(socket_mutex_);
    if (socket_ >= 0) {
        close(socket_);
        socket_ = -1;
    }
}

bool PostgresConnection::is_lost() const {
    return session_ == nullptr || PQstatus(postgresql_connection(session_->sql)) != CONNECTION_OK;
}

Tx::Connection PostgresConnection::for_tx() {
    return {.session = session_->sql,
            .statements = session_->statements,
            .deadline = deadline_,
            .dialect = Dialect::postgresql,
            .query_timeout_max = options_.query_timeout_max,
            .deadline_grace = kGrace};
}

void PostgresConnection::rethrow(Unavailable::Written written) {
    deadline_.stop();
    try {
        throw;
    } catch (const soci::soci_error& error) {
        fail(error, written);
    }
}

void PostgresConnection::fail(const soci::soci_error& error, Unavailable::Written written) {
    deadline_.stop();
    // The message without SOCI's context, which holds the values.
    const std::string message = error.get_error_message();
    if (is_lost()) {
        disconnect();
        throw Unavailable("the connection to PostgreSQL was lost (" + message + ")", written,
                          Cause::away);
    }
    const auto* from_postgres = dynamic_cast<const soci::postgresql_soci_error*>(&error);
    const std::string sqlstate = from_postgres != nullptr ? from_postgres->sqlstate() : "";
    if (sqlstate == "40001" || sqlstate == "40P01") {
        throw SerializationFailure(message);
    }
    if (const auto trouble = find_server_trouble(sqlstate, options_.use)) {
        disconnect();
        throw Unavailable("PostgreSQL cannot do it now (" + message + ")", written, *trouble);
    }
    throw SqlError(message);
}

void PostgresConnection::on_notice(void* connection, const PGresult* notice) {
    const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (severity != nullptr && std::string_view(severity) == "WARNING") {
        static_cast<PostgresConnection*>(connection)->is_warned_ = true;
    }
}

}  // namespace emplettes::store
