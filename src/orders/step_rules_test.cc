#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "orders/step.h"

namespace emplettes::orders {
namespace {

using namespace std::chrono_literals;

constexpr std::array kStatuses = {Status::requested, Status::held,     Status::ready,
                                  Status::collected, Status::declined, Status::expired,
                                  Status::cancelled};
constexpr std::array kSteps = {Step::accept,  Step::decline, Step::make_ready,
                               Step::collect, Step::cancel,  Step::expire};
constexpr Instant kUntil = instant_from_unix(1'800'000'000);

TEST(Words, AreReadAsTheyAreWritten) {
    for (const Status status : kStatuses) EXPECT_EQ(parse_status(to_string(status)), status);
    for (const auto reason :
         {DeclineReason::none, DeclineReason::sold_out, DeclineReason::damaged,
          DeclineReason::wrong_price, DeclineReason::closing, DeclineReason::other}) {
        EXPECT_EQ(parse_decline_reason(to_string(reason)), reason);
    }
    EXPECT_EQ(to_string(Status::held), "held");
    EXPECT_FALSE(parse_status("Held"));
    EXPECT_FALSE(parse_status(""));
    EXPECT_FALSE(parse_decline_reason("anything"));
}

// The whole table, written down a second time: a line for each status, a column for each step in
// the order of kSteps; "-" is refused.
TEST(StatusAfter, IsTheTable) {
    const std::map<std::string_view, std::array<std::string_view, 6>> table = {
        {"requested", {"held", "declined", "ready", "collected", "cancelled", "expired"}},
        {"held", {"held", "declined", "ready", "collected", "cancelled", "expired"}},
        {"ready", {"ready", "declined", "ready", "collected", "cancelled", "expired"}},
        {"collected", {"-", "-", "-", "collected", "-", "-"}},
        {"declined", {"-", "declined", "-", "-", "-", "-"}},
        {"cancelled", {"-", "-", "-", "-", "cancelled", "-"}},
        {"expired", {"-", "-", "-", "-", "-", "expired"}},
    };
    for (const Status from : kStatuses) {
        for (std::size_t i = 0; i < kSteps.size(); ++i) {
            const auto to = status_after(from, kSteps[i]);
            EXPECT_EQ(to ? to_string(*to) : "-", table.at(to_string(from))[i])
                << to_string(from) << ", step " << i;
        }
    }
}

TEST(StatusAfter, NothingReturnsFromItsEnd) {
    for (const Status from : kStatuses) {
        for (const Step step : kSteps) {
            const auto to = status_after(from, step);
            if (!keeps_stock(from) && to) {
                EXPECT_EQ(*to, from);
            }
        }
    }
}

Reservation reservation_in(Status status) { return {.status = status, .held_until = kUntil}; }

TEST(Decide, PromisesNothingThatIsOverdue) {
    for (const Step step : {Step::accept, Step::make_ready}) {
        const StepRequest request{.code = "X", .step = step};
        EXPECT_TRUE(decide(reservation_in(Status::requested), request, kUntil - 1s));
        EXPECT_EQ(decide(reservation_in(Status::requested), request, kUntil).error(),
                  StepError::not_allowed_now);
    }
    const StepRequest again{.code = "X", .step = Step::make_ready};
    EXPECT_EQ(decide(reservation_in(Status::ready), again, kUntil + 1s).value(), Status::ready);
}

TEST(Decide, TheOtherStepsMayBeLate) {
    for (const Step step : {Step::collect, Step::decline, Step::cancel}) {
        EXPECT_TRUE(decide(reservation_in(Status::held), {.code = "X", .step = step}, kUntil + 1h));
    }
}

TEST(Decide, AnAnswerIsAboutTheQuantityThatWasSeen) {
    Reservation two = reservation_in(Status::requested);
    two.quantity = 2;
    for (const Step step : {Step::accept, Step::decline, Step::collect}) {
        StepRequest request{.code = "X", .step = step, .seen_quantity = 1};
        EXPECT_EQ(decide(two, request, kUntil - 1s).error(), StepError::changed_since);
        request.seen_quantity = 2;
        EXPECT_TRUE(decide(two, request, kUntil - 1s));
        request.seen_quantity = 0;
        EXPECT_TRUE(decide(two, request, kUntil - 1s));
    }
    // What is done is done, whatever was seen.
    two.status = Status::held;
    const StepRequest again{.code = "X", .step = Step::accept, .seen_quantity = 1};
    EXPECT_EQ(decide(two, again, kUntil - 1s).value(), Status::held);
}

TEST(Decide, NothingExpiresBeforeItsTime) {
    const StepRequest request{.code = "X", .step = Step::expire};
    EXPECT_EQ(decide(reservation_in(Status::held), request, kUntil - 1s).error(),
              StepError::not_allowed_now);
    EXPECT_EQ(decide(reservation_in(Status::held), request, kUntil).value(), Status::expired);
}

TEST(CodeFromTyped, ForgivesHowPeopleType) {
    EXPECT_EQ(code_from_typed(" k7m-4px 2a "), "K7M4PX2A");
    EXPECT_EQ(code_from_typed("04 27"), "0427");
    EXPECT_EQ(code_from_typed("é'; --"), "");
}

}  // namespace
}  // namespace emplettes::orders
