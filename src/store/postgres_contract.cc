#include <future>
#include <thread>

#include <gtest/gtest.h>
#include <soci/postgresql/soci-postgresql.h>

#include "store/test_place.h"

namespace emplettes::store {
namespace {

// What only PostgreSQL can do to us.
class Postgres : public testing::Test {
  protected:
    Postgres() {
        // By the patient one: on a busy disk a table takes longer than the other may wait.
        other_->write([](Tx& tx) { tx.run("CREATE TABLE sale (id BIGINT NOT NULL PRIMARY KEY)"); });
    }

    static DatabaseOptions one_writer(DatabaseOptions options) {
        options.writers = 1;
        options.readers = 1;
        options.query_timeout_max = std::chrono::milliseconds{200};
        return options;
    }
    static void sell(Tx& tx, int id) { tx.run("INSERT INTO sale (id) VALUES (:id)", {{"id", id}}); }
    static int backend(Tx& tx) { return tx.one<int>("SELECT pg_backend_pid()").value(); }
    void hang_up(int backend) {
        other_->write([&](Tx& tx) {
            tx.run("SELECT pg_terminate_backend(CAST(:pid AS INTEGER))", {{"pid", backend}});
        });
    }

    const TestPlace place_{Dialect::postgresql};
    const std::unique_ptr<Database> db_ = Database::open(one_writer(place_.options()));
    const std::unique_ptr<Database> other_ = place_.open();
};

TEST_F(Postgres, AConnectionLostWhileIdleIsReplacedUnnoticed) {
    hang_up(db_->write([](Tx& tx) { return backend(tx); }));
    hang_up(db_->read([](Tx& tx) { return backend(tx); }));
    db_->write([](Tx& tx) { sell(tx, 1); });
    EXPECT_EQ(count_rows(*db_, "sale"), 1);
    EXPECT_EQ(db_->counters().unavailable, 0);
}

TEST_F(Postgres, AConnectionLostInATransactionIsUnavailableOnce) {
    EXPECT_THROW(db_->write([&](Tx& tx) {
        sell(tx, 1);
        hang_up(backend(tx));
        sell(tx, 2);
    }),
                 Unavailable);
    db_->write([](Tx& tx) { sell(tx, 3); });
    EXPECT_EQ(count_rows(*db_, "sale"), 1);
}

TEST_F(Postgres, ConnectionLostAtTheCommitMeansPerhaps) {
    try {
        db_->write([&](Tx& tx) {
            sell(tx, 1);
            hang_up(backend(tx));
        });
        FAIL() << "there was no connection to commit on";
    } catch (const Unavailable& failure) {
        EXPECT_EQ(failure.written(), Unavailable::Written::perhaps);
    }
}

// As a frozen leader: the server never ends the statement, and its socket stays open.
TEST_F(Postgres, AServerThatDoesNotAnswerIsLeft) {
    EXPECT_THROW(db_->write([](Tx& tx) {
        tx.run("SET LOCAL statement_timeout = 0");
        tx.run("SELECT pg_sleep(600)");
    }),
                 Unavailable);
    db_->write([](Tx& tx) { sell(tx, 1); });
}

// PostgreSQL answers COMMIT with success and a warning when it gave up waiting for a standby.
TEST_F(Postgres, AWarningAtTheCommitIsNoSuccess) {
    db_->write([](Tx& tx) {
        run_script(tx.sql(), tx.dialect(), R"sql(
CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE WARNING 'canceling wait for synchronous replication'; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER warn AFTER INSERT ON sale DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION warn();
)sql");
    });
    try {
        db_->write([](Tx& tx) { sell(tx, 1); });
        FAIL() << "acknowledged although a standby may lack it";
    } catch (const Unavailable& failure) {
        EXPECT_EQ(failure.written(), Unavailable::Written::perhaps);
    }
    EXPECT_EQ(count_rows(*db_, "sale"), 1);
}

TEST_F(Postgres, ALockIsNotWaitedForForever) {
    db_->write([](Tx& tx) { sell(tx, 1); });
    other_->write([&](Tx& tx) {
        tx.run("UPDATE sale SET id = id");
        EXPECT_THROW(db_->write([](Tx& inner) { inner.run("UPDATE sale SET id = id"); }),
                     Unavailable);
    });
}

// Who is allowed long statements may take as long between them, as a restore does that reads files.
TEST_F(Postgres, WhatIsAllowedHoldsBetweenTheStatementsToo) {
    const auto idle_max = [](Tx& tx) {
        std::string value;
        tx.sql() << "SHOW idle_in_transaction_session_timeout", soci::into(value);
        return value;
    };
    EXPECT_EQ(db_->write(idle_max), "10s");
    EXPECT_EQ(db_->write([&](Tx& tx) {
        tx.allow(std::chrono::hours{6});
        return idle_max(tx);
    }),
              "6h");
    EXPECT_EQ(db_->write(idle_max), "10s") << "in that transaction only";
}

TEST_F(Postgres, ASwallowedFailureIsNotCommitted) {
    EXPECT_THROW(db_->write([](Tx& tx) {
        sell(tx, 1);
        try {
            sell(tx, 1);
        } catch (const std::exception&) {
        }
    }),
                 SqlError);
    EXPECT_EQ(count_rows(*db_, "sale"), 0);
}

TEST_F(Postgres, CommitsAreSynchronousWhateverTheServerSays) {
    const auto asks = [](Tx& tx) {
        std::string value;
        tx.sql() << "SHOW synchronous_commit", soci::into(value);
        return value;
    };
    EXPECT_EQ(db_->write(asks), "on");
    auto options = place_.options();
    options.location += "%20-csynchronous_commit%3Doff";
    EXPECT_EQ(Database::open(options)->write(asks), "on");
    options = place_.options();
    options.location += "%20-csynchronous_commit%3Dremote_apply";
    EXPECT_EQ(Database::open(options)->write(asks), "remote_apply");
}

TEST(PostgresAddress, NobodyThereIsUnavailable) {
    EXPECT_THROW(Database::open({.location = "postgresql://nobody@127.0.0.1:1/none"}), Unavailable);
}

}  // namespace
}  // namespace emplettes::store
