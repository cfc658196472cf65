#include "catalogue/shelf/fetched.h"

#include <algorithm>

#include "catalogue/news.h"

namespace emplettes::catalogue {
namespace {

// A row with a moment of its own was confirmed before its file was made.
constexpr const char* kConfirmAgainSql = R"sql(
UPDATE offer SET stock_confirmed_at = :now
WHERE territory_id = :territory AND offer_id IN (SELECT offer_id FROM offer
    WHERE territory_id = :territory AND shop_id = :shop AND withdrawn_at = 0 AND offer_id > :after
        AND import_id = :import AND stock_source = 'feed' AND stock_confirmed_at >= :made_at
        AND stock_confirmed_at < :now
    ORDER BY offer_id LIMIT :most)
RETURNING offer_id, stock, price_cents
)sql";

std::optional<ShelfImport> find_last(const ImportWork& work, const ShelfSource& source) {
    return work.database.read(
        [&](store::Tx& tx) { return find_last_import(tx, work.territory.id, source); });
}

// Those of one transaction, after this one.
std::vector<Offer> confirm_some(const ImportWork& work, const ShelfImport& import, OfferId after) {
    const Instant now = work.clock.now();
    return work.database.write([&](store::Tx& tx) {
        std::vector<Offer> offers;
        tx.each<OfferId, std::int64_t, Money>(
            kConfirmAgainSql,
            {{"territory", work.territory.id},
             {"shop", import.shop},
             {"import", import.id},
             {"made_at", import.made_at},
             {"after", after},
             {"now", now},
             {"most", kRowsPerTransaction}},
            [&](OfferId id, std::int64_t stock, Money price) {
                offers.push_back(
                    {.id = id,
                     .price = price,
                     .stock = {
                         .quantity = stock, .source = StockSource::feed, .confirmed_at = now}});
            });
        append_shelf_news(tx, work.territory.id, offers, now);
        return offers;
    });
}

}  // namespace

bool may_ask_for_changes(const std::optional<ShelfImport>& last) {
    return last && last->status != ImportStatus::failed;
}

Result<Done, FeedError> take_fetched(const ImportWork& work, const ShelfSource& source,
                                     const std::filesystem::path& file) {
    const auto last = find_last(work, source);
    if (may_ask_for_changes(last) && last->file_sha256 == sha256_of(file)) {
        say_again(work, source);
        return Done{};
    }
    const Instant now = work.clock.now();
    const auto taken = take_file(work, {.file = file,
                                        .name = source.name,
                                        .shop = source.shop,
                                        .source = source.id,
                                        .runs_by_itself = true,
                                        .made_at = now});
    // Of a known source, and what runs by itself, is refused for nothing but its content.
    if (!taken) return taken.error().feed;
    work.database.write([&](store::Tx& tx) {
        discard_waiting(tx, work.territory.id, {.source = source.id, .import = *taken, .now = now});
    });
    return Done{};
}

std::int64_t say_again(const ImportWork& work, const ShelfSource& source) {
    const auto last = find_last(work, source);
    if (!last || last->status != ImportStatus::done) return 0;
    std::int64_t confirmed = 0;
    OfferId after;
    while (!work.is_stopping()) {
        const auto offers = confirm_some(work, *last, after);
        confirmed += static_cast<std::int64_t>(offers.size());
        if (offers.size() < kRowsPerTransaction) break;
        after = std::max_element(offers.begin(), offers.end(), [](const Offer& a, const Offer& b) {
                    return a.id < b.id;
                })->id;
    }
    return confirmed;
}

}  // namespace emplettes::catalogue
