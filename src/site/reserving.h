#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "orders/reserve.h"
#include "orders/round.h"
#include "site/contact_proving.h"

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

// The same for several at once. What is withdrawn or not confirmed is a fault of its line, as an
// unknown offer is.
struct KeyedRound {
    std::string_view key;
    std::string content;
    orders::RoundRequest request;
    std::string proof_code = {};
};
using RoundFailure = std::variant<orders::RoundFaults, KeyOfOtherWish, ProofWanted, TooManyOpen>;
// Kept::code is the round's, Kept::json {"code", "reservations"}.
Result<Kept, RoundFailure> reserve_round_once(const Visit& visit, const KeyedRound& wish);

std::string round_json(std::string_view code, const std::vector<orders::Reservation>& round);
std::string kept_json(const orders::Reservation& reservation);

}  // namespace emplettes::site
