#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// What a shop did about requests, kept beside it by their codes; requests themselves are `orders`'.

// The first answer to a request; those after it change nothing.
struct ShopAnswer {
    ShopId shop;
    std::string reservation_code;
    Instant asked_at;
    Instant answered_at;
    bool is_kept = false;

    bool operator==(const ShopAnswer&) const = default;
};
void note_answer(store::Tx& tx, TerritoryId territory, const ShopAnswer& answer);
// To what was asked from `from` on and before `until`, oldest first, at most kAnswersMax.
std::vector<ShopAnswer> load_answers(store::Tx& tx, TerritoryId territory, ShopId shop,
                                     Instant from, Instant until);
inline constexpr std::int64_t kAnswersMax = 20'000;

// How many there were to what was asked since, and how many of them were a yes.
struct AnswerCounts {
    std::int64_t answers = 0;
    std::int64_t kept = 0;
};
AnswerCounts count_answers(store::Tx& tx, TerritoryId territory, ShopId shop, Instant since);

// What a shop wrote to a neighbour about a request.
struct ShopMessage {
    MessageId id;
    ShopId shop;
    std::string reservation_code;
    std::string text;
    Instant created_at;

    bool operator==(const ShopMessage&) const = default;
};
void add_message(store::Tx& tx, TerritoryId territory, const ShopMessage& message);
std::vector<ShopMessage> load_messages(store::Tx& tx, TerritoryId territory,
                                       std::string_view reservation_code, std::int64_t limit);
// How many a shop has written since.
std::int64_t count_messages(store::Tx& tx, TerritoryId territory, ShopId shop, Instant since);

// Erases messages of before `before`, and answers that no statement shows any more; at most
// `limit` of each. Returns how many went.
struct RecordsBefore {
    Instant messages;
    Instant answers;
};
std::int64_t purge_shop_records(store::Tx& tx, TerritoryId territory, const RecordsBefore& before,
                                std::int64_t limit);

}  // namespace emplettes::catalogue
