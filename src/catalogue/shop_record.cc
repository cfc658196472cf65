#include "catalogue/shop_record.h"

namespace emplettes::catalogue {
namespace {

constexpr std::string_view kNoteAnswer = R"sql(
    INSERT INTO shop_answer (territory_id, shop_id, reservation_code, asked_at, answered_at,
        is_kept)
    VALUES (:territory_id, :shop_id, :code, :asked_at, :answered_at, :is_kept)
    ON CONFLICT (territory_id, reservation_code) DO NOTHING
)sql";

constexpr std::string_view kSelectAnswers = R"sql(
    SELECT reservation_code, asked_at, answered_at, is_kept
    FROM shop_answer
    WHERE territory_id = :territory_id AND shop_id = :shop_id AND asked_at >= :from
        AND asked_at < :until
    ORDER BY asked_at, reservation_code
    LIMIT :limit
)sql";

constexpr std::string_view kCountAnswers = R"sql(
    SELECT COUNT(*), COALESCE(SUM(is_kept), 0)
    FROM shop_answer
    WHERE territory_id = :territory_id AND shop_id = :shop_id AND asked_at >= :since
)sql";

constexpr std::string_view kAddMessage = R"sql(
    INSERT INTO shop_message (territory_id, message_id, shop_id, reservation_code, text, created_at)
    VALUES (:territory_id, :message_id, :shop_id, :code, :text, :created_at)
)sql";

constexpr std::string_view kSelectMessages = R"sql(
    SELECT message_id, shop_id, text, created_at
    FROM shop_message
    WHERE territory_id = :territory_id AND reservation_code = :code
    ORDER BY created_at, message_id
    LIMIT :limit
)sql";

constexpr std::string_view kCountMessages = R"sql(
    SELECT COUNT(*)
    FROM shop_message
    WHERE territory_id = :territory_id AND shop_id = :shop_id AND created_at > :since
)sql";

constexpr std::string_view kPurgeMessages = R"sql(
    DELETE FROM shop_message
    WHERE territory_id = :territory_id AND message_id IN (
        SELECT message_id FROM shop_message
        WHERE territory_id = :territory_id AND created_at < :before
        LIMIT :limit)
)sql";

constexpr std::string_view kPurgeAnswers = R"sql(
    DELETE FROM shop_answer
    WHERE territory_id = :territory_id AND reservation_code IN (
        SELECT reservation_code FROM shop_answer
        WHERE territory_id = :territory_id AND asked_at < :before
        LIMIT :limit)
)sql";

}  // namespace

void note_answer(store::Tx& tx, TerritoryId territory, const ShopAnswer& answer) {
    tx.run(kNoteAnswer, {{"territory_id", territory},
                         {"shop_id", answer.shop},
                         {"code", answer.reservation_code},
                         {"asked_at", answer.asked_at},
                         {"answered_at", answer.answered_at},
                         {"is_kept", std::int64_t{answer.is_kept}}});
}

std::vector<ShopAnswer> load_answers(store::Tx& tx, TerritoryId territory, ShopId shop,
                                     Instant from, Instant until) {
    std::vector<ShopAnswer> answers;
    tx.each<std::string, Instant, Instant, std::int64_t>(
        kSelectAnswers,
        {{"territory_id", territory},
         {"shop_id", shop},
         {"from", from},
         {"until", until},
         {"limit", kAnswersMax}},
        [&](std::string code, Instant asked_at, Instant answered_at, std::int64_t is_kept) {
            answers.push_back({.shop = shop,
                               .reservation_code = std::move(code),
                               .asked_at = asked_at,
                               .answered_at = answered_at,
                               .is_kept = is_kept == 1});
        });
    return answers;
}

AnswerCounts count_answers(store::Tx& tx, TerritoryId territory, ShopId shop, Instant since) {
    const auto [answers, kept] =
        tx.one<std::int64_t, std::int64_t>(
              kCountAnswers, {{"territory_id", territory}, {"shop_id", shop}, {"since", since}})
            .value();
    return {.answers = answers, .kept = kept};
}

void add_message(store::Tx& tx, TerritoryId territory, const ShopMessage& message) {
    tx.run(kAddMessage, {{"territory_id", territory},
                         {"message_id", message.id},
                         {"shop_id", message.shop},
                         {"code", message.reservation_code},
                         {"text", message.text},
                         {"created_at", message.created_at}});
}

std::vector<ShopMessage> load_messages(store::Tx& tx, TerritoryId territory,
                                       std::string_view reservation_code, std::int64_t limit) {
    std::vector<ShopMessage> messages;
    tx.each<MessageId, ShopId, std::string, Instant>(
        kSelectMessages,
        {{"territory_id", territory}, {"code", reservation_code}, {"limit", limit}},
        [&](MessageId id, ShopId shop, std::string text, Instant created_at) {
            messages.push_back({.id = id,
                                .shop = shop,
                                .reservation_code = std::string(reservation_code),
                                .text = std::move(text),
                                .created_at = created_at});
        });
    return messages;
}

std::int64_t count_messages(store::Tx& tx, TerritoryId territory, ShopId shop, Instant since) {
    return tx
        .one<std::int64_t>(kCountMessages,
                           {{"territory_id", territory}, {"shop_id", shop}, {"since", since}})
        .value_or(0);
}

std::int64_t purge_shop_records(store::Tx& tx, TerritoryId territory, const RecordsBefore& before,
                                std::int64_t limit) {
    return tx.run(kPurgeMessages,
                  {{"territory_id", territory}, {"before", before.messages}, {"limit", limit}}) +
           tx.run(kPurgeAnswers,
                  {{"territory_id", territory}, {"before", before.answers}, {"limit", limit}});
}

}  // namespace emplettes::catalogue
