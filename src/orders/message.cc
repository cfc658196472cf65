#include "orders/message.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "catalogue/shop_record.h"
#include "orders/contact.h"
#include "orders/reservation_news.h"

namespace emplettes::orders {
namespace {

std::optional<MessageError> find_text_fault(const std::string& text) {
    if (text.empty()) return MessageError::text_missing;
    const auto is_control = [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r') || c == 0x7F;
    };
    if (!is_valid_utf8(text) || std::ranges::any_of(text, is_control))
        return MessageError::text_not_valid;
    if (utf8_length(text) > kMessageLengthMax) return MessageError::text_too_long;
    return std::nullopt;
}

bool is_over(const Reservation& reservation, Instant now) {
    return !keeps_stock(reservation.status) && now - reservation.changed_at > kMessageAfterEnd;
}

bool has_written_enough(store::Tx& tx, TerritoryId territory, const MessageRequest& request,
                        Instant now) {
    const auto about_this =
        catalogue::load_messages(tx, territory, request.code, kMessagesPerRequestMax);
    return std::ssize(about_this) >= kMessagesPerRequestMax ||
           catalogue::count_messages(tx, territory, request.shop, now - std::chrono::hours{1}) >=
               kMessagesPerHourMax;
}

}  // namespace

Result<Reservation, MessageError> send_message(store::Tx& tx, TerritoryId territory,
                                               const MessageRequest& request, IdSource& ids,
                                               Instant now) {
    if (const auto fault = find_text_fault(request.text)) return *fault;
    const auto reservation = find_reservation(tx, territory, request.code);
    if (!reservation || reservation->shop != request.shop) return MessageError::unknown_code;
    if (is_over(*reservation, now)) return MessageError::too_late;
    if (!is_mail_address(reservation->contact)) return MessageError::no_mail_address;
    if (has_written_enough(tx, territory, request, now)) return MessageError::too_many;
    catalogue::add_message(tx, territory,
                           {.id = ids.next<MessageId>(),
                            .shop = request.shop,
                            .reservation_code = request.code,
                            .text = request.text,
                            .created_at = now});
    const auto shop = catalogue::find_shop(tx, territory, request.shop);
    check(shop.has_value());
    tell_message(tx, territory, {*reservation, *shop, request.text, now}, ids);
    return *reservation;
}

}  // namespace emplettes::orders
