#include "orders/answer_code.h"

namespace emplettes::orders {
namespace {

// Five of thirty signs: among the requests of one shop none is likely to be mistaken.
constexpr std::size_t kSignsOfCode = 5;
constexpr char kYes = '1';
constexpr char kNo = '0';

}  // namespace

std::string answer_code(const Reservation& reservation, bool is_kept) {
    return (is_kept ? kYes : kNo) + reservation.code.substr(0, kSignsOfCode);
}

std::optional<TypedAnswer> find_typed_answer(const std::vector<Reservation>& requests,
                                             std::string_view typed) {
    const std::string code = code_from_typed(typed);
    const bool is_answer = code.size() == kSignsOfCode + 1 && (code[0] == kYes || code[0] == kNo);
    if (!is_answer) return std::nullopt;
    std::optional<TypedAnswer> found;
    for (const Reservation& request : requests) {
        if (request.status != Status::requested || !request.code.starts_with(code.substr(1)))
            continue;
        if (found) return std::nullopt;
        const bool is_kept = code[0] == kYes;
        found = TypedAnswer{.code = request.code,
                            .step = is_kept ? Step::accept : Step::decline,
                            .reason = is_kept ? DeclineReason::none : DeclineReason::sold_out};
    }
    return found;
}

}  // namespace emplettes::orders
