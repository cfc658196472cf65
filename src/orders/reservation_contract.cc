#include "orders/reservation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "orders/test_market.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::orders {
namespace {

using namespace std::chrono_literals;
using notices::Audience;
using testing::ElementsAre;
using testing::MatchesRegex;

constexpr std::int64_t kStock = 10;
constexpr std::array kStatuses = {Status::requested, Status::held,     Status::ready,
                                  Status::collected, Status::declined, Status::expired,
                                  Status::cancelled};
constexpr std::array kSteps = {Step::accept,  Step::decline, Step::make_ready,
                               Step::collect, Step::cancel,  Step::expire};

class ReservationContract : public store::Contract {
  protected:
    ReservationContract() {
        store::migrate(*db_, embedded_migrations(), SystemClock());
        market_.emplace(*db_, kTerritory, kStock);
    }

    std::string reserve(std::int64_t quantity = 1) {
        return market_->reserve(TestMarket::request(quantity)).value().code;
    }
    // A reservation of one, brought to a status by the shortest way.
    std::string reserve_in(Status status) {
        const std::string code = reserve();
        for (const Step step : kSteps) {
            if (status == Status::requested || status_after(Status::requested, step) != status) {
                continue;
            }
            if (step == Step::expire) market_->clock().advance(TestMarket::kHold);
            EXPECT_TRUE(market_->step(code, step));
        }
        EXPECT_EQ(market_->find(code)->status, status);
        return code;
    }
    std::int64_t writes(const std::string& code) {
        return db_->read([&](store::Tx& tx) {
            return tx
                .one<std::int64_t>("SELECT writes FROM reservation WHERE code = :code",
                                   {{"code", code}})
                .value();
        });
    }
    // "shop requested", "neighbour held" …
    std::vector<std::string> notices() {
        std::vector<std::string> words;
        for (const auto& notice : market_->waiting_notices()) {
            words.push_back(std::string(to_string(notice.audience)) + " " +
                            notice.kind.substr(std::string("reservation_").size()));
        }
        std::sort(words.begin(), words.end());
        return words;
    }

    std::optional<TestMarket> market_;
};

INSTANTIATE_TEST_SUITE_P(Databases, ReservationContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(ReservationContract, KeepsWhatWasAskedFor) {
    const auto made = market_->reserve(TestMarket::request(3));
    ASSERT_TRUE(made);
    EXPECT_THAT(made->code, MatchesRegex("[2-9A-HJKMNP-TV-Z]{10}"));
    EXPECT_THAT(made->pickup_code, MatchesRegex("[0-9]{4}"));
    EXPECT_EQ(*made, (Reservation{.id = made->id,
                                  .code = made->code,
                                  .pickup_code = made->pickup_code,
                                  .offer = TestMarket::kOffer,
                                  .shop = TestMarket::kShop,
                                  .product = TestMarket::kProduct,
                                  .product_title = "Thé vert",
                                  .price = Money{1290},
                                  .quantity = 3,
                                  .person_name = "Zoé Lœb",
                                  .contact = "zoe@example.org",
                                  .language = "fr",
                                  .status = Status::requested,
                                  .decline_reason = DeclineReason::none,
                                  .created_at = TestMarket::kStart,
                                  .changed_at = TestMarket::kStart,
                                  .held_until = TestMarket::kStart + TestMarket::kHold,
                                  .undo_to = std::nullopt,
                                  .is_undone = false,
                                  .stock_before = {},
                                  .asking = {.remind_at = TestMarket::kStart + 15min,
                                             .answer_by = TestMarket::kStart + 30min}}));
    EXPECT_EQ(market_->find(made->code), *made);
    EXPECT_EQ(market_->stock(), kStock - 3);
    EXPECT_THAT(notices(), ElementsAre("neighbour requested", "shop requested"));
    EXPECT_THAT(market_->told(), ElementsAre("requested"));
}

TEST_P(ReservationContract, RefusesWithoutATrace) {
    const auto refused = [&](const auto& change) {
        ReserveRequest request = TestMarket::request();
        change(request);
        return market_->reserve(request).error();
    };
    EXPECT_EQ(refused([](auto& r) { r.quantity = 0; }), ReserveError::quantity_not_positive);
    EXPECT_EQ(refused([](auto& r) { r.quantity = -1; }), ReserveError::quantity_not_positive);
    EXPECT_EQ(refused([](auto& r) { r.quantity = 10'000; }), ReserveError::quantity_too_large);
    EXPECT_EQ(refused([](auto& r) { r.offer = OfferId{999}; }), ReserveError::unknown_offer);
    EXPECT_EQ(refused([](auto& r) { r.contact = "nobody"; }), ReserveError::contact_not_valid);
    EXPECT_EQ(refused([](auto& r) { r.person_name = ""; }), ReserveError::name_missing);
    reserve(8);
    EXPECT_EQ(refused([](auto& r) { r.quantity = 3; }), ReserveError::sold_out);

    EXPECT_EQ(market_->stock(), 2);
    EXPECT_EQ(market_->reservations().size(), 1u);
    EXPECT_EQ(market_->waiting_notices().size(), 2u);
    EXPECT_THAT(market_->told(), ElementsAre("requested"));
}

TEST_P(ReservationContract, AShopThatIsGoneKeepsNothing) {
    auto shop = TestMarket::shop();
    shop.is_listed = false;
    market_->change_shop(shop);
    EXPECT_EQ(market_->reserve(TestMarket::request()).error(), ReserveError::unknown_offer);
    EXPECT_EQ(market_->stock(), kStock);
}

// Draws the same code `repeats` times before a new one.
class Stuck final : public Random {
  public:
    explicit Stuck(int repeats) : repeats_(repeats) {}
    void fill(std::span<unsigned char> bytes) override {
        if (calls_++ <= repeats_ * static_cast<int>(kCodeLength)) {
            std::fill(bytes.begin(), bytes.end(), static_cast<unsigned char>(7));
        } else {
            chance_.fill(bytes);
        }
    }

  private:
    int repeats_;
    int calls_ = 0;
    SeededRandom chance_{1};
};

TEST_P(ReservationContract, DrawsAnotherCodeWhenOneIsTaken) {
    IdSource ids(market_->clock(), 2);
    const auto reserve_with = [&](Random& random) {
        const ReserveContext usual = market_->context();
        const ReserveContext context{.territory = kTerritory,
                                     .now = usual.now,
                                     .times = usual.times,
                                     .stock_lines = usual.stock_lines,
                                     .limits = {},
                                     .ids = ids,
                                     .random = random};
        return db_->write(
            [&](store::Tx& tx) { return orders::reserve(tx, TestMarket::request(), context); });
    };
    Stuck always(1000);
    Stuck twice(2);
    const std::string taken = reserve_with(always).value().code;
    EXPECT_NE(reserve_with(twice).value().code, taken);
    EXPECT_THROW(static_cast<void>(reserve_with(always)), Bug);
    EXPECT_EQ(market_->stock(), kStock - 2);
    EXPECT_EQ(market_->kept(), 2);
}

// Every step from every status, against the rule; and what follows from it.
TEST_P(ReservationContract, StepsFollowTheTable) {
    for (const Status from : kStatuses) {
        for (const Step step : kSteps) {
            SCOPED_TRACE(std::string(to_string(from)) + " step " +
                         std::to_string(static_cast<int>(step)));
            const std::string code = reserve_in(from);
            if (step == Step::expire) market_->clock().advance(TestMarket::kHold);
            const auto notices_before = market_->waiting_notices().size();
            const auto writes_before = writes(code);
            const auto wanted = status_after(from, step);
            const auto got = market_->step(code, step);

            ASSERT_EQ(got.ok(), wanted.has_value());
            if (!got) {
                EXPECT_EQ(got.error(), StepError::not_allowed_now);
            }
            EXPECT_EQ(market_->find(code)->status, wanted.value_or(from));
            EXPECT_EQ(writes(code), writes_before + (got ? 1 : 0));
            EXPECT_EQ(market_->stock() + market_->kept(), kStock);
            if (!wanted || *wanted == from) {
                EXPECT_EQ(market_->waiting_notices().size(), notices_before);
            } else {
                EXPECT_GT(market_->waiting_notices().size(), notices_before);
            }
            static_cast<void>(market_->step(code, Step::cancel));  // makes room for the next
        }
    }
}

TEST_P(ReservationContract, RepeatedStepsSucceedOnce) {
    const std::string code = reserve(2);
    const auto first = market_->step(code, Step::cancel);
    market_->clock().advance(5s);
    const auto second = market_->step(code, Step::cancel);
    ASSERT_TRUE(second);
    EXPECT_EQ(*second, *first);
    EXPECT_EQ(market_->stock(), kStock);
    EXPECT_THAT(market_->told(), ElementsAre("requested", "cancelled"));
    EXPECT_EQ(writes(code), 3);  // what is answered follows a write, also the second time
}

TEST_P(ReservationContract, UnknownCodes) {
    reserve();
    for (const char* code : {"", "NOSUCHCODE", "' OR 1 = 1", "%"}) {
        EXPECT_EQ(market_->step(code, Step::accept).error(), StepError::unknown_code);
        EXPECT_FALSE(market_->find(code));
    }
    const std::string code = reserve();
    TestMarket elsewhere(*db_, TerritoryId{8}, 1);
    EXPECT_FALSE(elsewhere.find(code));
    EXPECT_EQ(elsewhere.step(code, Step::cancel).error(), StepError::unknown_code);
}

TEST_P(ReservationContract, DeclinesWithAReason) {
    const std::string code = reserve();
    EXPECT_TRUE(
        market_->step({.code = code, .step = Step::decline, .reason = DeclineReason::damaged}));
    EXPECT_EQ(market_->find(code)->decline_reason, DeclineReason::damaged);
    // The second reason comes too late.
    EXPECT_TRUE(
        market_->step({.code = code, .step = Step::decline, .reason = DeclineReason::other}));
    EXPECT_EQ(market_->find(code)->decline_reason, DeclineReason::damaged);
}

TEST_P(ReservationContract, ExpiresWhatIsOverdueAndNothingElse) {
    const std::string overdue = reserve(2);
    const std::string ready = reserve(1);
    ASSERT_TRUE(market_->step(ready, Step::make_ready));
    const std::string collected = reserve(1);
    ASSERT_TRUE(market_->step(collected, Step::collect));
    market_->clock().advance(1h);
    const std::string later = reserve(3);

    market_->clock().advance(TestMarket::kHold - 1h - 1s);
    EXPECT_EQ(market_->expire(), 0);
    market_->clock().advance(1s);
    EXPECT_EQ(market_->expire(), 2);
    EXPECT_EQ(market_->expire(), 0);
    EXPECT_EQ(market_->find(overdue)->status, Status::expired);
    EXPECT_EQ(market_->find(ready)->status, Status::expired);
    EXPECT_EQ(market_->find(collected)->status, Status::collected);
    EXPECT_EQ(market_->find(later)->status, Status::requested);
    EXPECT_EQ(market_->stock(), kStock - 1 - 3);
}

TEST_P(ReservationContract, ExpiresInBatchesOldestFirst) {
    std::vector<std::string> codes;
    for (int i = 0; i < 5; ++i) {
        codes.push_back(reserve());
        market_->clock().advance(1s);
    }
    market_->clock().advance(TestMarket::kHold);
    EXPECT_EQ(market_->expire(2), 2);
    EXPECT_EQ(market_->find(codes[1])->status, Status::expired);
    EXPECT_EQ(market_->find(codes[2])->status, Status::requested);
    EXPECT_EQ(market_->expire(2), 2);
    EXPECT_EQ(market_->expire(2), 1);
    EXPECT_EQ(market_->stock(), kStock);
}

TEST_P(ReservationContract, ListsOpenOnesFirst) {
    const auto at = [&](Status status) {
        market_->clock().advance(1s);
        const std::string code = reserve();
        if (status == Status::cancelled) {
            EXPECT_TRUE(market_->step(code, Step::cancel));
        }
        if (status == Status::ready) {
            EXPECT_TRUE(market_->step(code, Step::make_ready));
        }
        return code;
    };
    const auto cancelled_first = at(Status::cancelled);
    const auto requested = at(Status::requested);
    const auto ready = at(Status::ready);
    const auto cancelled_last = at(Status::cancelled);
    std::vector<std::string> codes;
    for (const auto& reservation : market_->reservations()) codes.push_back(reservation.code);
    EXPECT_THAT(codes, ElementsAre(requested, ready, cancelled_last, cancelled_first));
    EXPECT_EQ(market_->reservations(3).size(), 3u);
}

TEST_P(ReservationContract, IsFoundAtTheCounter) {
    const auto made = market_->reserve(TestMarket::request()).value();
    const auto other = market_->reserve(TestMarket::request()).value();
    const auto look = [&](const std::string& typed, ShopId shop = TestMarket::kShop) {
        const auto found = db_->read([&](store::Tx& tx) {
            return find_reservations_at_counter(tx, kTerritory, shop, typed);
        });
        std::set<std::string> codes;
        for (const auto& reservation : found) codes.insert(reservation.code);
        return codes;
    };
    std::string typed = made.code.substr(0, 4) + " " + made.code.substr(4);
    std::transform(typed.begin(), typed.end(), typed.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    EXPECT_EQ(look(typed), std::set{made.code});
    EXPECT_TRUE(look(made.pickup_code).contains(made.code));
    EXPECT_TRUE(look("").empty());
    EXPECT_TRUE(look(made.code, ShopId{99}).empty());
    ASSERT_TRUE(market_->step(made.code, Step::collect));
    EXPECT_TRUE(look(made.code).empty());
    EXPECT_EQ(look(other.code), std::set{other.code});
}

TEST_P(ReservationContract, TellsEachChangeToThoseItConcerns) {
    const std::map<Status, std::vector<std::string>> told = {
        {Status::held, {"neighbour held"}},
        {Status::ready, {"neighbour ready"}},
        {Status::collected, {"neighbour collected"}},
        {Status::declined, {"neighbour declined"}},
        {Status::expired, {"neighbour expired", "shop expired"}},
        {Status::cancelled, {"shop cancelled"}},
    };
    std::vector<std::string> expected;
    for (const auto& [status, words] : told) {
        reserve_in(status);
        expected.insert(expected.end(), words.begin(), words.end());
        expected.insert(expected.end(), {"neighbour requested", "shop requested"});
    }
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(notices(), expected);
}

TEST_P(ReservationContract, NoticesKnowWhatTheirTextNeedsAndNoMore) {
    const auto made = market_->reserve(TestMarket::request(2)).value();
    for (const auto& notice : market_->waiting_notices()) {
        const Json& facts = notice.facts;
        EXPECT_EQ(facts.at("code"), made.code);
        EXPECT_EQ(facts.at("status"), "requested");
        EXPECT_EQ(facts.at("product"), "Thé vert");
        EXPECT_EQ(facts.at("product_id"), TestMarket::kProduct.value);
        EXPECT_EQ(facts.at("quantity"), 2);
        EXPECT_EQ(facts.at("price_cents"), 1290);
        EXPECT_EQ(facts.at("held_until"), to_unix(made.held_until));
        EXPECT_EQ(facts.at("person"), "Zoé Lœb");
        EXPECT_EQ(facts.at("shop"), "L'Écume des pages");
        EXPECT_EQ(facts.at("street"), "12 rue Cadet");
        EXPECT_EQ(facts.at("city"), "75009 Paris");
        EXPECT_EQ(notice.created_at, TestMarket::kStart);
        const bool is_for_shop = notice.audience == Audience::shop;
        EXPECT_EQ(notice.recipient, is_for_shop ? "shop@example.org" : "zoe@example.org");
        EXPECT_EQ(notice.language, is_for_shop ? "" : "fr");
        EXPECT_EQ(facts.contains("shop_secret"), is_for_shop);
        EXPECT_EQ(facts.contains("pickup_code"), !is_for_shop);
    }
}

TEST_P(ReservationContract, PeopleWithoutMailAreNotWrittenToAndShopsGetASlip) {
    auto shop = TestMarket::shop();
    shop.email = "";
    market_->change_shop(shop);
    ReserveRequest request = TestMarket::request();
    request.contact = "01 42 00 00 00";
    ASSERT_TRUE(market_->reserve(request));
    const auto waiting = market_->waiting_notices();
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(waiting[0].audience, Audience::shop);
    EXPECT_EQ(waiting[0].recipient, notices::kPrintedSlip);
    EXPECT_EQ(waiting[0].facts.at("contact"), "01 42 00 00 00");
}

// Where there is a gateway for text messages; elsewhere the notice is forgotten
// (notices/delivery.h).
TEST_P(ReservationContract, ATelephoneIsToldTheAnswersAlone) {
    ReserveRequest request = TestMarket::request();
    request.contact = "01 42 00 00 00";
    const std::string code = market_->reserve(request).value().code;
    for (const Step step : {Step::accept, Step::make_ready, Step::collect})
        ASSERT_TRUE(market_->step(code, step));
    EXPECT_THAT(notices(), ElementsAre("neighbour held", "neighbour ready", "shop requested"));
    for (const auto& notice : market_->waiting_notices()) {
        const bool is_for_shop = notice.audience == Audience::shop;
        EXPECT_EQ(notice.recipient == "01 42 00 00 00", !is_for_shop);
        // A flood of requests may be gathered; who waits for an answer has it at once.
        EXPECT_EQ(notice.pace == notices::Pace::may_gather, is_for_shop);
    }
}

TEST_P(ReservationContract, WhatTheShopHasNotIsNotForSaleAgain) {
    const auto decline = [&](DeclineReason reason) {
        return market_->step({.code = reserve(2), .step = Step::decline, .reason = reason});
    };
    ASSERT_TRUE(decline(DeclineReason::wrong_price));
    EXPECT_EQ(market_->stock(), kStock);
    ASSERT_TRUE(decline(DeclineReason::damaged));
    EXPECT_EQ(market_->stock(), kStock - 2);
    ASSERT_TRUE(decline(DeclineReason::sold_out));
    EXPECT_EQ(market_->stock(), 0);
    EXPECT_EQ(market_->reserve(TestMarket::request()).error(), ReserveError::sold_out);
}

TEST_P(ReservationContract, AShopTakesItsLastStepBack) {
    for (const Step step : {Step::accept, Step::make_ready, Step::collect, Step::decline}) {
        for (const DeclineReason reason :
             {DeclineReason::sold_out, DeclineReason::damaged, DeclineReason::wrong_price}) {
            const std::string code = reserve();
            const std::int64_t stock = market_->stock();
            ASSERT_TRUE(market_->step({.code = code, .step = step, .reason = reason}));
            const auto undone = market_->step(code, Step::undo);
            ASSERT_TRUE(undone);
            EXPECT_EQ(undone->status, Status::requested);
            EXPECT_EQ(undone->decline_reason, DeclineReason::none);
            EXPECT_EQ(market_->find(code), *undone);
            EXPECT_EQ(market_->stock(), stock);
            ASSERT_TRUE(market_->step(code, Step::undo));  // again: nothing more happens
            EXPECT_EQ(market_->find(code), *undone);
            ASSERT_TRUE(market_->step(code, Step::cancel));
            EXPECT_EQ(market_->stock(), stock + 1);
        }
    }
}

TEST_P(ReservationContract, UndoGoesOneStepBackAndTellsIt) {
    const std::string code = reserve();
    ASSERT_TRUE(market_->step(code, Step::accept));
    ASSERT_TRUE(market_->step(code, Step::make_ready));
    market_->clock().advance(kUndoFor);
    EXPECT_EQ(market_->step(code, Step::undo)->status, Status::held);
    EXPECT_EQ(market_->step(code, Step::undo)->status, Status::held);
    EXPECT_THAT(market_->told(), ElementsAre("requested", "held", "ready", "held"));
    EXPECT_THAT(notices(), ElementsAre("neighbour held", "neighbour ready", "neighbour requested",
                                       "neighbour undone", "shop requested"));
}

TEST_P(ReservationContract, WhatCannotBeTakenBackStaysAsItIs) {
    const auto refused = [&](const std::string& code) {
        const auto before = market_->find(code);
        EXPECT_EQ(market_->step(code, Step::undo).error(), StepError::not_allowed_now);
        EXPECT_EQ(market_->find(code), before);
    };
    const std::string late = reserve_in(Status::collected);
    market_->clock().advance(kUndoFor + 1s);
    refused(late);
    refused(reserve_in(Status::cancelled));  // not the shop's step
    refused(reserve());                      // nobody has answered it
    const std::string taken = reserve();
    ASSERT_TRUE(
        market_->step({.code = taken, .step = Step::decline, .reason = DeclineReason::other}));
    reserve(market_->stock());  // somebody else gets all there is
    refused(taken);
    EXPECT_EQ(market_->stock(), 0);
}

TEST_P(ReservationContract, ForgetsPersonsOfWhatEnded) {
    std::map<Status, std::string> codes;
    for (const Status status : kStatuses) codes[status] = reserve_in(status);
    const auto forget = [&](Instant before, std::int64_t limit) {
        return db_->write(
            [&](store::Tx& tx) { return forget_persons(tx, kTerritory, before, limit); });
    };
    EXPECT_EQ(forget(TestMarket::kStart, 100), 0);
    market_->clock().advance(kPersonKept);
    const Instant before = market_->clock().now();
    EXPECT_EQ(forget(before, 3), 3);
    EXPECT_EQ(forget(before, 100), 1);
    EXPECT_EQ(forget(before, 100), 0);
    for (const auto& [status, code] : codes) {
        const auto kept = market_->find(code);
        EXPECT_EQ(kept->person_name.empty(), !keeps_stock(status)) << code;
        EXPECT_EQ(kept->contact.empty(), !keeps_stock(status)) << code;
        EXPECT_EQ(kept->status, status);
    }
}

}  // namespace
}  // namespace emplettes::orders
