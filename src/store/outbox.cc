#include "store/outbox.h"

#include <tuple>

namespace emplettes::store {
namespace {

constexpr std::int64_t kPurgedMessagesMax = 1000;

constexpr const char* kFindPlace = R"sql(
SELECT commit_order, step FROM outbox_cursor
WHERE territory_id = :territory AND reader = :reader
)sql";
constexpr const char* kSavePlace = R"sql(
INSERT INTO outbox_cursor (territory_id, reader, commit_order, step)
VALUES (:territory, :reader, :commit_order, :step)
ON CONFLICT (territory_id, reader)
DO UPDATE SET commit_order = excluded.commit_order, step = excluded.step
)sql";
constexpr const char* kLastToldAt = R"sql(
SELECT COALESCE(MAX(created_at), 0) FROM outbox WHERE territory_id = :territory
)sql";
constexpr const char* kPurgeMessages = R"sql(
DELETE FROM outbox WHERE (territory_id, commit_order, step) IN (
    SELECT territory_id, commit_order, step FROM outbox
    WHERE territory_id = :territory AND created_at < :before
      AND commit_order < (SELECT MAX(commit_order) FROM outbox WHERE territory_id = :territory)
      AND NOT EXISTS (
          SELECT 1 FROM outbox_cursor
          WHERE outbox_cursor.territory_id = outbox.territory_id
            AND (outbox_cursor.commit_order, outbox_cursor.step)
              < (outbox.commit_order, outbox.step))
    LIMIT :most)
)sql";

std::string append_sql(Dialect dialect) {
    return std::string(R"sql(
INSERT INTO outbox (territory_id, commit_order, step, topic, subject_id, payload, created_at)
VALUES (:territory, )sql") +
           commit_order_of_new_row(dialect) + ", :step, :topic, :subject, :payload, :now)";
}

std::string read_sql(Dialect dialect) {
    return std::string(R"sql(
SELECT commit_order, step, topic, subject_id, payload FROM outbox
WHERE territory_id = :territory AND (commit_order, step) > (:commit_order, :step) AND )sql") +
           commit_order_is_settled(dialect) + " ORDER BY commit_order, step LIMIT :most";
}

OutboxPlace just_before(OutboxPlace place) {
    return {.commit_order = place.commit_order, .step = place.step - 1};
}

std::string newest_sql(Dialect dialect) {
    return std::string(R"sql(
SELECT commit_order, step FROM outbox WHERE territory_id = :territory AND )sql") +
           commit_order_is_settled(dialect) + " ORDER BY commit_order DESC, step DESC LIMIT 1";
}

}  // namespace

void append_news(Tx& tx, const OutboxNews& news, Instant now) {
    tx.run(append_sql(tx.dialect()), {{"territory", news.territory},
                                      {"step", tx.next_step()},
                                      {"topic", news.topic},
                                      {"subject", news.subject_id},
                                      {"payload", news.payload_json},
                                      {"now", now}});
    tx.announce();
}

std::vector<OutboxEntry> read_news_after(Tx& tx, TerritoryId territory, OutboxPlace place,
                                         int limit) {
    std::vector<OutboxEntry> entries;
    tx.each<std::int64_t, std::int64_t, std::string, std::int64_t, std::string>(
        read_sql(tx.dialect()),
        {{"territory", territory},
         {"commit_order", place.commit_order},
         {"step", place.step},
         {"most", limit}},
        [&](std::int64_t commit_order, std::int64_t step, std::string topic, std::int64_t subject,
            std::string payload) {
            entries.push_back({.place = {commit_order, step},
                               .news = {territory, std::move(topic), subject, std::move(payload)}});
        });
    return entries;
}

std::optional<std::vector<OutboxEntry>> read_news_following(Tx& tx, const OutboxEntry& last,
                                                            int limit) {
    auto entries = read_news_after(tx, last.news.territory, just_before(last.place), limit + 1);
    if (entries.empty() || entries[0].place != last.place || entries[0].news != last.news)
        return std::nullopt;
    entries.erase(entries.begin());
    return entries;
}

std::optional<OutboxNews> find_news(Tx& tx, TerritoryId territory, OutboxPlace place) {
    const auto next = read_news_after(tx, territory, just_before(place), 1);
    if (next.empty() || next[0].place != place) return std::nullopt;
    return next[0].news;
}

OutboxPlace find_place(Tx& tx, TerritoryId territory, std::string_view reader) {
    const auto found = tx.one<std::int64_t, std::int64_t>(
        kFindPlace, {{"territory", territory}, {"reader", reader}});
    return found ? std::make_from_tuple<OutboxPlace>(*found) : OutboxPlace{};
}

void save_place(Tx& tx, TerritoryId territory, std::string_view reader, OutboxPlace place) {
    tx.run(kSavePlace, {{"territory", territory},
                        {"reader", reader},
                        {"commit_order", place.commit_order},
                        {"step", place.step}});
}

OutboxPlace newest_place(Tx& tx, TerritoryId territory) {
    const auto found =
        tx.one<std::int64_t, std::int64_t>(newest_sql(tx.dialect()), {{"territory", territory}});
    return found ? std::make_from_tuple<OutboxPlace>(*found) : OutboxPlace{};
}

Instant last_told_at(Tx& tx, TerritoryId territory) {
    return tx.one<Instant>(kLastToldAt, {{"territory", territory}}).value();
}

std::int64_t purge_news(Tx& tx, TerritoryId territory, Instant before) {
    return tx.run(kPurgeMessages,
                  {{"territory", territory}, {"before", before}, {"most", kPurgedMessagesMax}});
}

}  // namespace emplettes::store
