#include <thread>

#include <gtest/gtest.h>

#include "store/contract.h"
#include "store/idempotency.h"
#include "store/migrations.h"
#include "store/postgres_address.h"
#include "store/test_place.h"
#include "store/test_relay.h"

namespace emplettes::store {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

const StoredAnswer kKeptAnswer{.status = 201, .body = "kept"};
constexpr const char* kSellOnce = "INSERT INTO sale (id) VALUES (1)";
// The statement's own time, the second of grace, and what a busy machine adds.
constexpr seconds kLeftWithin{5};

std::uint16_t port_of(const std::string& url) {
    const auto at = url.rfind('@');
    const auto colon = url.find(':', at);
    return static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1)));
}

// `url` with these ports of this machine instead of its own.
std::string through(const std::string& url, const std::vector<std::uint16_t>& ports) {
    const auto begin = url.rfind('@') + 1;
    std::string hosts;
    for (const std::uint16_t port : ports)
        hosts += (hosts.empty() ? "127.0.0.1:" : ",127.0.0.1:") + std::to_string(port);
    return url.substr(0, begin) + hosts + url.substr(url.find('/', begin));
}

// A database that we reach over a relay, and again without it.
class PostgresAway : public testing::Test {
  protected:
    PostgresAway() {
        migrate(*direct_, embedded_migrations(), ManualClock(kNow));
        direct_->write([](Tx& tx) { tx.run("CREATE TABLE sale (id BIGINT NOT NULL)"); });
    }

    std::unique_ptr<Database> open_over(const std::vector<std::uint16_t>& ports) const {
        DatabaseOptions options = place_.options();
        options.location = through(options.location, ports);
        options.writers = 2;
        options.readers = 2;
        options.query_timeout_max = milliseconds{300};
        return Database::open(options);
    }
    std::int64_t sales() { return count_rows(*direct_, "sale"); }
    static bool comes_back(Database& db) {
        const auto until = steady_clock::now() + seconds{20};
        while (steady_clock::now() < until) {
            if (db.state().writes && db.state().reads) return true;
            std::this_thread::sleep_for(milliseconds{20});
        }
        return false;
    }
    // How long a write takes to fail, and that nothing of it was written.
    static milliseconds time_to_refuse(Database& db) {
        const auto begin = steady_clock::now();
        try {
            db.write([](Tx& tx) { tx.run(kSellOnce); });
            ADD_FAILURE() << "written, by a server that does not answer";
        } catch (const Unavailable& failure) {
            EXPECT_EQ(failure.cause(), Unavailable::Cause::away) << failure.what();
            EXPECT_EQ(failure.written(), Unavailable::Written::nothing) << failure.what();
        }
        return std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin);
    }
    void expect_shut(Database& db) {
        const auto until = steady_clock::now() + seconds{10};
        while (db.state().writes && steady_clock::now() < until)
            std::this_thread::sleep_for(milliseconds{20});
        EXPECT_FALSE(db.state().writes);
        EXPECT_LT(time_to_refuse(db), milliseconds{100});
    }

    const TestPlace place_{Dialect::postgresql};
    const std::unique_ptr<Database> direct_ = place_.open();
    TestRelay relay_{port_of(place_.options().location)};
    TestRelay other_{port_of(place_.options().location)};
};

TEST_F(PostgresAway, AFrozenServerIsLeftInTimeAndRefusedAtOnceUntilItIsBack) {
    const auto db = open_over({relay_.port()});
    db->write([](Tx& tx) { tx.run(kSellOnce); });
    relay_.freeze();
    EXPECT_LT(time_to_refuse(*db), kLeftWithin);
    expect_shut(*db);
    relay_.thaw();
    EXPECT_TRUE(comes_back(*db));
    db->write([](Tx& tx) { tx.run(kSellOnce); });
    EXPECT_EQ(sales(), 2);
}

TEST_F(PostgresAway, TheNextHostIsFoundWhenTheFirstFreezes) {
    const auto db = open_over({relay_.port(), other_.port()});
    db->write([](Tx& tx) { tx.run(kSellOnce); });
    relay_.freeze();
    EXPECT_LT(time_to_refuse(*db), kLeftWithin);
    EXPECT_TRUE(comes_back(*db));
    db->write([](Tx& tx) { tx.run(kSellOnce); });
    // Whoever connects now does not wait for the frozen one first.
    const auto begin = steady_clock::now();
    db->read([&](Tx&) { db->write([](Tx& tx) { tx.run(kSellOnce); }); });
    EXPECT_LT(steady_clock::now() - begin, seconds{2});
    EXPECT_EQ(sales(), 3);
}

TEST_F(PostgresAway, OneLostConnectionShutsNothing) {
    const auto db = open_over({relay_.port()});
    db->write([](Tx& tx) { tx.run(kSellOnce); });
    EXPECT_THROW(db->write([&](Tx& tx) {
        tx.run(kSellOnce);
        relay_.cut();
        tx.run("SELECT pg_sleep(0.1)");
        tx.run(kSellOnce);
    }),
                 Unavailable);
    db->write([](Tx& tx) { tx.run(kSellOnce); });
    EXPECT_EQ(sales(), 2);
}

// Committed, but the answer is lost: nobody knows. The same write under its key finds what it did.
TEST_F(PostgresAway, AnUnknownOutcomeIsAskedAgainUnderItsKey) {
    const auto db = open_over({relay_.port()});
    int runs = 0;
    const KeyedRequest request{kHere, "key-1", "content"};
    const auto act = [&](Tx& tx) {
        ++runs;
        const Idempotency known = find_answer(tx, request);
        if (const auto* answer = std::get_if<StoredAnswer>(&known)) return *answer;
        tx.run(kSellOnce);
        record_answer(tx, request, kKeptAnswer, kNow);
        if (runs == 1) relay_.lose_answers();
        return kKeptAnswer;
    };
    EXPECT_EQ(db->write_patiently(steady_clock::now() + seconds{20}, act), kKeptAnswer);
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(sales(), 1);
    EXPECT_EQ(db->counters().repeats, 1);
}

// The control of the one above: what does not look for its key is done twice.
TEST_F(PostgresAway, WithoutAKeyAskingAgainWouldDoItTwice) {
    const auto db = open_over({relay_.port()});
    int runs = 0;
    db->write_patiently(steady_clock::now() + seconds{20}, [&](Tx& tx) {
        tx.run(kSellOnce);
        if (++runs == 1) relay_.lose_answers();
    });
    EXPECT_EQ(sales(), 2);
}

TEST_F(PostgresAway, WithoutPatienceAnUnknownOutcomeIsSaidToBeOne) {
    const auto db = open_over({relay_.port()});
    try {
        db->write([&](Tx& tx) {
            tx.run(kSellOnce);
            relay_.lose_answers();
        });
        FAIL() << "the answer was lost";
    } catch (const Unavailable& failure) {
        EXPECT_EQ(failure.written(), Unavailable::Written::perhaps);
    }
    EXPECT_EQ(sales(), 1);
}

// Also when the last attempt itself could not even begin.
TEST_F(PostgresAway, PerhapsStaysPerhapsWhenPatienceEnds) {
    const auto db = open_over({relay_.port()});
    try {
        db->write_patiently(steady_clock::now() + seconds{3}, [&](Tx& tx) {
            tx.run(kSellOnce);
            relay_.lose_answers();
            relay_.freeze();
        });
        FAIL() << "the server is away";
    } catch (const Unavailable& failure) {
        EXPECT_EQ(failure.written(), Unavailable::Written::perhaps);
    }
}

TEST(PostgresAddress, TheHostFoundLastComesFirst) {
    PostgresAddress address("postgresql://me:a%20b@one:1,two:2,three/shop?sslmode=disable");
    const auto decoded = [&] {
        std::string text;
        const std::string encoded = address.text();
        for (std::size_t i = 0; i < encoded.size(); ++i) {
            const bool is_code = encoded[i] == '%';
            text += is_code ? static_cast<char>(std::stoi(encoded.substr(i + 1, 2), nullptr, 16))
                            : encoded[i];
            if (is_code) i += 2;
        }
        return text;
    };
    EXPECT_NE(decoded().find("host=one,two,three&"), std::string::npos) << decoded();
    EXPECT_NE(decoded().find("password=a b&"), std::string::npos) << decoded();
    EXPECT_NE(decoded().find("target_session_attrs=read-write"), std::string::npos) << decoded();
    address.found({.name = "two", .port = "2"});
    EXPECT_NE(decoded().find("host=two,one,three&"), std::string::npos) << decoded();
    EXPECT_NE(decoded().find("port=2,1,"), std::string::npos) << decoded();
    EXPECT_THROW(PostgresAddress("postgresql://one/?no_such_setting=1"), Unavailable);
}

}  // namespace
}  // namespace emplettes::store
