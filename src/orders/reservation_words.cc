#include <array>
#include <utility>

#include "base/check.h"
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

}  // namespace

std::string_view to_string(Status status) { return word_of(kStatusWords, status); }
std::optional<Status> parse_status(std::string_view word) { return value_of(kStatusWords, word); }
std::string_view to_string(DeclineReason reason) { return word_of(kReasonWords, reason); }
std::optional<DeclineReason> parse_decline_reason(std::string_view word) {
    return value_of(kReasonWords, word);
}

std::string code_from_typed(std::string_view typed) {
    std::string code;
    for (const char c : typed) {
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) code += c;
        if (c >= 'a' && c <= 'z') code += static_cast<char>(c - 'a' + 'A');
    }
    return code;
}

}  // namespace emplettes::orders
