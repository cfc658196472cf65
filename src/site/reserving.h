#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "orders/reserve.h"
#include "site/visit.h"

namespace emplettes::site {

inline constexpr std::size_t kIdempotencyKeyLengthMax = 100;

// A wish to have something kept, from a form or from a program, with the key that makes its
// repetition harmless. `content` is all that makes it this wish and no other.
struct KeyedWish {
    std::string_view key;
    std::string content;
    orders::ReserveRequest request;
    std::string proof_code = {};  // that was sent to the contact; empty: none was typed
};

// The same key came with another content.
struct KeyOfOtherWish {};
// The operator has taken the product out of every search, as when it is recalled.
struct Withdrawn {
    ProductId product;
};
// Nobody has confirmed for so long that the shop has it that it is not shown any more.
struct NotConfirmed {
    ProductId product;
};
// The contact behaves oddly (orders/contact_rule.h), and a code was sent to it.
struct ProofWanted {
    bool is_code_wrong = false;   // one was typed
    bool is_sent_before = false;  // no other is sent for now
};
// The contact has as much kept as anybody may, or cannot be sent a code.
struct TooManyOpen {};
using ReserveFailure = std::variant<orders::ReserveError, KeyOfOtherWish, Withdrawn, NotConfirmed,
                                    ProofWanted, TooManyOpen>;

// What is answered, and stored under the key: the JSON of the API's 201.
struct Kept {
    std::string code;
    std::string json;
};

// What a reservation is made with now; `visit` must outlive it.
orders::ReserveContext reserve_context(const Visit& visit);

// Reserves once per key: the effect, the news, the notices and the answer in one transaction.
Result<Kept, ReserveFailure> reserve_once(const Visit& visit, const KeyedWish& wish);

std::string kept_json(const orders::Reservation& reservation);

}  // namespace emplettes::site
