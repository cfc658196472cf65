#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <functional>
#include <latch>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include "orders/test_market.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::orders {
namespace {

constexpr int kBuyers = 300;
constexpr int kRounds = 20;

// Runs f(0) … f(count - 1) on threads of their own, all let loose at once.
void all_at_once(int count, const std::function<void(int)>& f) {
    std::latch start(count);
    std::vector<std::jthread> threads;
    threads.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            f(i);
        });
    }
}

class ReservationRaceContract : public store::Contract {
  protected:
    ReservationRaceContract() : patient_(store::Database::open(patient_options())) {
        store::migrate(*patient_, embedded_migrations(), SystemClock());
    }

    // A market that nothing has happened in yet.
    std::unique_ptr<TestMarket> open_market(std::int64_t stock) {
        return std::make_unique<TestMarket>(*patient_, TerritoryId{++territories_}, stock);
    }

  private:
    // Hundreds of threads on few connections, with sanitizers, on a busy machine.
    store::DatabaseOptions patient_options() const {
        store::DatabaseOptions options = place_.options();
        options.query_timeout_max = std::chrono::seconds{60};
        options.wait_max = std::chrono::seconds{120};
        return options;
    }

    const std::unique_ptr<store::Database> patient_;
    std::int64_t territories_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Databases, ReservationRaceContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(ReservationRaceContract, TheLastOneIsKeptForOnePerson) {
    for (int round = 0; round < kRounds; ++round) {
        const auto market = open_market(1);
        std::atomic<int> kept{0};
        std::atomic<int> sold_out{0};
        all_at_once(kBuyers, [&](int) {
            const auto made = market->reserve(TestMarket::request());
            if (made) {
                ++kept;
            } else if (made.error() == ReserveError::sold_out) {
                ++sold_out;
            }
        });
        ASSERT_EQ(kept, 1) << "round " << round;
        ASSERT_EQ(sold_out, kBuyers - 1) << "round " << round;
        ASSERT_EQ(market->stock(), 0);
        ASSERT_EQ(market->reservations().size(), 1u);
        ASSERT_EQ(market->waiting_notices().size(), 2u);
    }
}

// The control: the race is real. Whoever looks first and then promises, promises one thing to many.
TEST_P(ReservationRaceContract, LookingFirstWouldPromiseTheLastOneToMany) {
    const auto market = open_market(1);
    std::atomic<int> saw_one{0};
    std::atomic<int> kept{0};
    std::latch looked(kBuyers);
    all_at_once(kBuyers, [&](int) {
        saw_one += market->stock() == 1 ? 1 : 0;
        looked.arrive_and_wait();
        kept += market->reserve(TestMarket::request()).ok() ? 1 : 0;
    });
    EXPECT_EQ(saw_one, kBuyers);
    EXPECT_EQ(kept, 1);
}

TEST_P(ReservationRaceContract, SeveralAtATimeNeverExceedTheStock) {
    const auto market = open_market(50);
    std::atomic<std::int64_t> acknowledged{0};
    all_at_once(kBuyers, [&](int buyer) {
        const std::int64_t quantity = 1 + buyer % 3;
        if (market->reserve(TestMarket::request(quantity))) acknowledged += quantity;
    });
    EXPECT_EQ(market->kept(), acknowledged);
    EXPECT_EQ(market->stock(), 50 - acknowledged);
    EXPECT_LE(acknowledged, 50);
    EXPECT_GE(acknowledged, 48);  // less would mean that somebody was refused for nothing
}

TEST_P(ReservationRaceContract, OneEndOnly) {
    for (int round = 0; round < kRounds; ++round) {
        const auto market = open_market(5);
        const std::string code = market->reserve(TestMarket::request(2)).value().code;
        market->clock().advance(TestMarket::kHold);
        std::atomic<int> cancelled{0};
        std::atomic<int> collected{0};
        std::atomic<std::int64_t> expired{0};
        all_at_once(30, [&](int i) {
            if (i % 3 == 0) cancelled += market->step(code, Step::cancel).ok() ? 1 : 0;
            if (i % 3 == 1) collected += market->step(code, Step::collect).ok() ? 1 : 0;
            if (i % 3 == 2) expired += market->expire();
        });
        const Status end = market->find(code)->status;
        EXPECT_EQ(cancelled, end == Status::cancelled ? 10 : 0);
        EXPECT_EQ(collected, end == Status::collected ? 10 : 0);
        EXPECT_EQ(expired, end == Status::expired ? 1 : 0);
        EXPECT_EQ(market->stock(), end == Status::collected ? 3 : 5);
    }
}

// A day of a shop as the rules say it goes, beside the real one.
struct Model {
    std::int64_t stock;
    std::map<std::string, Reservation> reservations;

    std::int64_t kept() const {
        std::int64_t sum = 0;
        for (const auto& [code, reservation] : reservations) {
            const bool has_goods =
                keeps_stock(reservation.status) || reservation.status == Status::collected;
            sum += has_goods ? reservation.quantity : 0;
        }
        return sum;
    }
    void end_or_go_on(Reservation& reservation, Status to) {
        const bool is_given_back =
            keeps_stock(reservation.status) && !keeps_stock(to) && to != Status::collected;
        stock += is_given_back ? reservation.quantity : 0;
        reservation.status = to;
    }
};

void reserve_some(TestMarket& market, Model& model) {
    const std::int64_t quantity = *rc::gen::inRange<std::int64_t>(-1, 12);
    const auto made = market.reserve(TestMarket::request(quantity));
    if (quantity < 1) {
        RC_ASSERT(made.error() == ReserveError::quantity_not_positive);
    } else if (quantity > ReserveLimits{}.quantity_max) {
        RC_ASSERT(made.error() == ReserveError::quantity_too_large);
    } else if (quantity > model.stock) {
        RC_ASSERT(made.error() == ReserveError::sold_out);
    } else {
        RC_ASSERT(made.ok());
        model.stock -= quantity;
        model.reservations.emplace(made->code, *made);
    }
}

void step_some(TestMarket& market, Model& model) {
    if (model.reservations.empty()) return;
    const auto index = *rc::gen::inRange<std::size_t>(0, model.reservations.size());
    auto& [code, reservation] =
        *std::next(model.reservations.begin(), static_cast<std::ptrdiff_t>(index));
    const StepRequest request{
        .code = code,
        .step = *rc::gen::element(Step::accept, Step::decline, Step::make_ready, Step::collect,
                                  Step::cancel, Step::expire)};
    const auto wanted = decide(reservation, request, market.clock().now());
    const auto got = market.step(request);
    RC_ASSERT(got.ok() == wanted.ok());
    if (!wanted) return;
    RC_ASSERT(got->status == *wanted);
    model.end_or_go_on(reservation, *wanted);
}

void let_time_pass(TestMarket& market, Model& model) {
    market.clock().advance(std::chrono::hours{*rc::gen::inRange(0, 20)});
    std::int64_t overdue = 0;
    for (auto& [code, reservation] : model.reservations) {
        if (!keeps_stock(reservation.status)) continue;
        if (reservation.held_until > market.clock().now()) continue;
        model.end_or_go_on(reservation, Status::expired);
        ++overdue;
    }
    RC_ASSERT(market.expire() == overdue);
}

TEST_P(ReservationRaceContract, NothingIsLostOrMadeWhateverHappens) {
    const bool holds = rc::check("stock + kept + collected is constant", [&] {
        const std::int64_t stock = *rc::gen::inRange<std::int64_t>(0, 30);
        const auto market = open_market(stock);
        Model model{.stock = stock, .reservations = {}};
        const int events = *rc::gen::inRange(0, 25);
        for (int i = 0; i < events; ++i) {
            switch (*rc::gen::weightedElement<int>({{3, 0}, {5, 1}, {1, 2}})) {
                case 0: reserve_some(*market, model); break;
                case 1: step_some(*market, model); break;
                default: let_time_pass(*market, model);
            }
            RC_ASSERT(market->stock() == model.stock);
            RC_ASSERT(market->stock() + market->kept() == stock);
            RC_ASSERT(market->kept() == model.kept());
        }
    });
    EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace emplettes::orders
