#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "orders/step.h"

namespace emplettes::orders {

// What a printed slip offers to type when there is time: "1 K7M4P" says that the shop keeps it,
// "0 K7M4P" that it has none left.
std::string answer_code(const Reservation& reservation, bool is_kept);

struct TypedAnswer {
    std::string code;  // of the reservation
    Step step = Step::accept;
    DeclineReason reason = DeclineReason::none;
};
// Which of these requests it answers; none when it is no such code, or fits none or several.
std::optional<TypedAnswer> find_typed_answer(const std::vector<Reservation>& requests,
                                             std::string_view typed);

}  // namespace emplettes::orders
