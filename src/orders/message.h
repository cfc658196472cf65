#pragma once
#include <chrono>
#include <string>

#include "base/clock.h"
#include "base/id_source.h"
#include "base/result.h"
#include "orders/reservation.h"
#include "store/tx.h"

namespace emplettes::orders {

inline constexpr std::size_t kMessageLengthMax = 400;  // code points
inline constexpr std::int64_t kMessagesPerRequestMax = 5;
inline constexpr std::int64_t kMessagesPerHourMax = 60;  // of one shop
// About what ended longer ago nobody is written to.
inline constexpr std::chrono::days kMessageAfterEnd{3};

struct MessageRequest {
    ShopId shop;
    std::string code;  // of the slip
    std::string text;  // trimmed
};
enum class MessageError {
    unknown_code,  // also of another shop's
    text_missing,
    text_too_long,
    text_not_valid,  // not UTF-8, or with control characters other than the ends of lines
    no_mail_address,
    too_many,  // about this request, or of this shop within an hour
    too_late,
};

// A word of the shop to the neighbour about a request: kept with it, and a mail. The answer is the
// reservation. An error has written nothing.
Result<Reservation, MessageError> send_message(store::Tx& tx, TerritoryId territory,
                                               const MessageRequest& request, IdSource& ids,
                                               Instant now);

}  // namespace emplettes::orders
