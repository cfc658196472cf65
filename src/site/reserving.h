#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "orders/reservation.h"
#include "site/visit.h"

namespace emplettes::site {

inline constexpr std::size_t kIdempotencyKeyLengthMax = 100;

// A wish to have something kept, from a form or from a program, with the key that makes its
// repetition harmless. `content` is all that makes it this wish and no other.
struct KeyedWish {
    std::string_view key;
    std::string content;
    orders::ReserveRequest request;
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
using ReserveFailure = std::variant<orders::ReserveError, KeyOfOtherWish, Withdrawn, NotConfirmed>;

// What is answered, and stored under the key: the JSON of the API's 201.
struct Kept {
    std::string code;
    std::string json;
};

// Until when this shop keeps what is reserved now. A shop that is too new for the snapshot keeps as
// one whose hours nobody knows.
Instant held_until(const Visit& visit, const catalogue::Shop& shop);

// Reserves once per key: the effect, the news, the notices and the answer in one transaction.
Result<Kept, ReserveFailure> reserve_once(const Visit& visit, const KeyedWish& wish);

std::string kept_json(const orders::Reservation& reservation);

}  // namespace emplettes::site
