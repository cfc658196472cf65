#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "orders/contact.h"
#include "orders/reservation.h"

namespace emplettes::orders {
namespace {

template <typename Enum, std::size_t N>
using Words = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Words<Status, 7> kStatusWords{{
    {Status::requested, "requested"},
    {Status::held, "held"},
    {Status::ready, "ready"},
    {Status::collected, "collected"},
    {Status::declined, "declined"},
    {Status::expired, "expired"},
    {Status::cancelled, "cancelled"},
}};

constexpr Words<DeclineReason, 6> kReasonWords{{
    {DeclineReason::none, "none"},
    {DeclineReason::sold_out, "sold_out"},
    {DeclineReason::damaged, "damaged"},
    {DeclineReason::wrong_price, "wrong_price"},
    {DeclineReason::closing, "closing"},
    {DeclineReason::other, "other"},
}};

template <typename Enum, std::size_t N>
std::string_view word_of(const Words<Enum, N>& words, Enum value) {
    for (const auto& [candidate, word] : words) {
        if (candidate == value) return word;
    }
    check(false);
    return {};
}

template <typename Enum, std::size_t N>
std::optional<Enum> value_of(const Words<Enum, N>& words, std::string_view word) {
    for (const auto& [value, candidate] : words) {
        if (candidate == word) return value;
    }
    return std::nullopt;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

std::optional<ReserveError> find_fault_of_name(std::string_view name) {
    if (trim(name).empty()) return ReserveError::name_missing;
    if (!is_valid_utf8(name) || std::any_of(name.begin(), name.end(), is_control)) {
        return ReserveError::name_not_valid;
    }
    if (utf8_length(name) > kNameLengthMax) return ReserveError::name_too_long;
    return std::nullopt;
}

// Asked for twice, it has been done: nothing is left to take back, and the goods are kept.
Result<Status, StepError> decide_undo(const Reservation& reservation, Instant now) {
    if (can_undo(reservation, now)) return *reservation.undo_to;
    if (reservation.is_undone) return reservation.status;
    return StepError::not_allowed_now;
}

}  // namespace

std::string_view to_string(Status status) { return word_of(kStatusWords, status); }
std::optional<Status> parse_status(std::string_view word) { return value_of(kStatusWords, word); }
std::string_view to_string(DeclineReason reason) { return word_of(kReasonWords, reason); }
std::optional<DeclineReason> parse_decline_reason(std::string_view word) {
    return value_of(kReasonWords, word);
}

std::optional<ReserveError> find_fault(const ReserveRequest& request, const ReserveLimits& limits) {
    if (request.quantity < 1) return ReserveError::quantity_not_positive;
    if (request.quantity > limits.quantity_max) return ReserveError::quantity_too_large;
    if (const auto fault = find_fault_of_name(request.person_name)) return fault;
    if (!is_valid_contact(request.contact)) return ReserveError::contact_not_valid;
    return std::nullopt;
}

std::string code_from_typed(std::string_view typed) {
    std::string code;
    for (const char c : typed) {
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) code += c;
        if (c >= 'a' && c <= 'z') code += static_cast<char>(c - 'a' + 'A');
    }
    return code;
}

// from \ step   accept   decline    make_ready   collect     cancel      expire
// requested     held     declined   ready        collected   cancelled   expired
// held          held     declined   ready        collected   cancelled   expired
// ready         ready    declined   ready        collected   cancelled   expired
// an ended one: only the step that ended it, which changes nothing.
std::optional<Status> status_after(Status from, Step step) {
    const auto goes_to = [&](Status to) -> std::optional<Status> {
        if (keeps_stock(from) || from == to) return to;
        return std::nullopt;
    };
    switch (step) {
        case Step::accept: return goes_to(from == Status::ready ? Status::ready : Status::held);
        case Step::decline: return goes_to(Status::declined);
        case Step::make_ready: return goes_to(Status::ready);
        case Step::collect: return goes_to(Status::collected);
        case Step::cancel: return goes_to(Status::cancelled);
        case Step::expire: return goes_to(Status::expired);
        case Step::undo: return std::nullopt;
    }
    check(false);
    return std::nullopt;
}

bool can_undo(const Reservation& reservation, Instant now) {
    return reservation.undo_to && now - reservation.changed_at <= kUndoFor &&
           reservation.held_until > now;
}

Result<Status, StepError> decide(const Reservation& reservation, const StepRequest& request,
                                 Instant now) {
    if (request.step == Step::undo) return decide_undo(reservation, now);
    const auto to = status_after(reservation.status, request.step);
    if (!to) return StepError::not_allowed_now;
    if (*to == reservation.status) return *to;

    const bool is_overdue = reservation.held_until <= now;
    const bool is_promise = *to == Status::held || *to == Status::ready;
    if (is_promise && is_overdue) return StepError::not_allowed_now;
    if (*to == Status::expired && !is_overdue) return StepError::not_allowed_now;
    return *to;
}

}  // namespace emplettes::orders
