#include "orders/answer_code.h"

#include <gtest/gtest.h>

namespace emplettes::orders {
namespace {

Reservation with_code(const std::string& code, Status status = Status::requested) {
    Reservation reservation;
    reservation.code = code;
    reservation.status = status;
    return reservation;
}

TEST(AnswerCode, IsFoundAsPeopleTypeIt) {
    const std::vector<Reservation> requests{with_code("K7M4PXABCD"), with_code("W2K9QXABCD")};
    EXPECT_EQ(answer_code(requests[0], true), "1K7M4P");
    const auto yes = find_typed_answer(requests, "1 k7m-4p");
    ASSERT_TRUE(yes);
    EXPECT_EQ(yes->code, "K7M4PXABCD");
    EXPECT_EQ(yes->step, Step::accept);
    const auto no = find_typed_answer(requests, answer_code(requests[1], false));
    ASSERT_TRUE(no);
    EXPECT_EQ(no->code, "W2K9QXABCD");
    EXPECT_EQ(no->step, Step::decline);
    EXPECT_EQ(no->reason, DeclineReason::sold_out);
}

TEST(AnswerCode, AnswersNothingElse) {
    const std::vector<Reservation> requests{with_code("K7M4PXABCD"), with_code("K7M4PYABCD"),
                                            with_code("W2K9QXABCD", Status::held)};
    EXPECT_FALSE(find_typed_answer(requests, "1K7M4P"));  // two begin so
    EXPECT_FALSE(find_typed_answer(requests, "1W2K9Q"));  // answered
    EXPECT_FALSE(find_typed_answer(requests, "2K7M4P"));
    EXPECT_FALSE(find_typed_answer(requests, "1234"));
    EXPECT_FALSE(find_typed_answer(requests, ""));
}

}  // namespace
}  // namespace emplettes::orders
