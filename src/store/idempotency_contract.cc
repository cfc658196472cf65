#include <atomic>
#include <thread>
#include <vector>

#include "store/contract.h"
#include "store/idempotency.h"
#include "store/migrations.h"

namespace emplettes::store {
namespace {

const StoredAnswer kAnswer{.status = 201, .body = R"({"code":"H7KX"})"};

class IdempotencyContract : public Contract {
  protected:
    IdempotencyContract() {
        migrate(*db_, embedded_migrations(), ManualClock(kNow));
        db_->write([](Tx& tx) { tx.run("CREATE TABLE effect (id BIGINT NOT NULL)"); });
    }

    Idempotency find(const KeyedRequest& request) {
        return db_->write([&](Tx& tx) { return find_answer(tx, request); });
    }
    void record(const KeyedRequest& request, Instant now = kNow) {
        db_->write([&](Tx& tx) { record_answer(tx, request, kAnswer, now); });
    }
};

// As a use case does it: one effect for each key.
StoredAnswer act_once(Tx& tx, const KeyedRequest& request) {
    const Idempotency known = find_answer(tx, request);
    if (const auto* answer = std::get_if<StoredAnswer>(&known)) {
        return *answer;
    }
    tx.run("INSERT INTO effect (id) VALUES (1)");
    record_answer(tx, request, kAnswer, kNow);
    return kAnswer;
}

TEST_P(IdempotencyContract, AKeyMeansOneRequest) {
    const KeyedRequest request{kHere, "key-1", "POST /reservations {offer:1}"};
    EXPECT_TRUE(std::holds_alternative<FirstTime>(find(request)));
    record(request);
    EXPECT_EQ(std::get<StoredAnswer>(find(request)), kAnswer);
    EXPECT_TRUE(std::holds_alternative<OtherRequest>(
        find({kHere, "key-1", "POST /reservations {offer:2}"})));
    EXPECT_TRUE(std::holds_alternative<FirstTime>(find({kElsewhere, "key-1", request.content})));
}

// Saying again "it is recorded" must be as durable as saying it the first time.
TEST_P(IdempotencyContract, AReplayWrites) {
    const KeyedRequest request{kHere, "key-1", "content"};
    record(request);
    find(request);
    find(request);
    EXPECT_EQ(
        db_->read([](Tx& tx) { return tx.one<std::int64_t>("SELECT replays FROM idempotency"); }),
        2);
    EXPECT_ANY_THROW(db_->read([&](Tx& tx) { return find_answer(tx, request); }));
}

TEST_P(IdempotencyContract, TheSameRequestAtTheSameTimeHasOneEffect) {
    for (int round = 0; round < 5; ++round) {
        const std::string key = "key-" + std::to_string(round);
        const KeyedRequest request{kHere, key, "content"};
        std::atomic<int> right{0};
        std::vector<std::jthread> clients;
        for (int i = 0; i < 12; ++i) {
            clients.emplace_back([&] {
                right += db_->write([&](Tx& tx) { return act_once(tx, request); }) == kAnswer;
            });
        }
        clients.clear();
        EXPECT_EQ(right, 12);
        EXPECT_EQ(count_rows(*db_, "effect"), round + 1);
    }
}

TEST_P(IdempotencyContract, AnswersAreForgottenAfterThirtyDays) {
    record({kHere, "old", "content"}, kNow - std::chrono::days{30} - std::chrono::seconds{1});
    record({kHere, "young", "content"}, kNow - std::chrono::days{30});
    record({kElsewhere, "old", "content"}, kNow - std::chrono::days{31});
    const auto purge = [&] {
        return db_->write([](Tx& tx) { return purge_answers(tx, kHere, kNow); });
    };
    EXPECT_EQ(purge(), 1);
    EXPECT_EQ(purge(), 0);
    EXPECT_TRUE(std::holds_alternative<FirstTime>(find({kHere, "old", "content"})));
    EXPECT_TRUE(std::holds_alternative<StoredAnswer>(find({kHere, "young", "content"})));
}

INSTANTIATE_TEST_SUITE_P(, IdempotencyContract, both_databases(), name_of_dialect);

}  // namespace
}  // namespace emplettes::store
