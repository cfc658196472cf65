#include "catalogue/shelf_list.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace emplettes::catalogue {
namespace {

const std::string kIsDoubtful = R"sql(
    (CASE offer.stock_source WHEN 'till' THEN CAST(:till AS BIGINT)
        WHEN 'feed' THEN CAST(:feed AS BIGINT) WHEN 'import' THEN CAST(:import AS BIGINT)
        WHEN 'hand' THEN CAST(:hand AS BIGINT) ELSE 0 END > offer.stock_confirmed_at))sql";

const std::string kSelectLine = R"sql(
    SELECT offer.offer_id, offer.product_id, offer.condition, offer.price_cents, offer.stock,
        offer.stock_source, offer.stock_confirmed_at, offer.kept, product.title, product.maker,
        product.gtin, CASE WHEN )sql" +
                                kIsDoubtful +
                                R"sql( THEN 1 ELSE 0 END
)sql";

const std::string kFromProduct = R"sql(
    JOIN product
        ON product.territory_id = offer.territory_id AND product.product_id = offer.product_id
)sql";

// The ids are chosen from the index alone; only those of the page are read.
const std::string kChosen = R"sql(
    WITH chosen AS (
        SELECT offer.offer_id
        FROM offer
        WHERE offer.territory_id = :territory_id AND offer.shop_id = :shop_id
            AND offer.withdrawn_at = 0 AND offer.offer_id > :after
            AND offer.offer_id <= :window_end)sql";

const std::string kOfChosen = R"sql(
        ORDER BY offer.offer_id
        LIMIT :limit)
)sql" + kSelectLine + R"sql(
    FROM chosen JOIN offer
        ON offer.territory_id = :territory_id AND offer.offer_id = chosen.offer_id
)sql" + kFromProduct + R"sql(
    ORDER BY offer.offer_id
)sql";

// The plus keeps SQLite from reading, for each product, the whole shelf in the index that has
// nearly all columns, instead of the few shops that have the product.
const std::string kSelectOfProduct = kSelectLine + " FROM offer " + kFromProduct + R"sql(
    WHERE offer.territory_id = :territory_id AND +offer.shop_id = :shop_id
        AND offer.product_id = :product_id AND offer.withdrawn_at = 0
)sql";

constexpr std::string_view kSelectWindowEnd = R"sql(
    SELECT offer_id
    FROM offer
    WHERE territory_id = :territory_id AND shop_id = :shop_id AND withdrawn_at = 0
        AND offer_id > :after
    ORDER BY offer_id
    LIMIT 1 OFFSET :window
)sql";

const std::string kCount = R"sql(
    SELECT COUNT(*), COALESCE(CAST(SUM(CASE WHEN offer.stock = 0 THEN 1 ELSE 0 END) AS BIGINT), 0),
        COALESCE(CAST(SUM(CASE WHEN )sql" +
                           kIsDoubtful + R"sql( THEN 1 ELSE 0 END) AS BIGINT), 0)
    FROM offer
    WHERE offer.territory_id = :territory_id AND offer.shop_id = :shop_id
        AND offer.withdrawn_at = 0
)sql";

constexpr std::int64_t kNoEnd = INT64_MAX;

const std::string& chosen_sql(ShelfFilter filter) {
    static const std::string kAll = kChosen + kOfChosen;
    static const std::string kOut = kChosen + " AND offer.stock = 0" + kOfChosen;
    static const std::string kDoubtful = kChosen + " AND " + kIsDoubtful + kOfChosen;
    static const std::string kNoPicture = kChosen + R"sql( AND NOT EXISTS (
            SELECT 1 FROM picture
            WHERE picture.territory_id = offer.territory_id
                AND picture.product_id = offer.product_id))sql" +
                                          kOfChosen;
    switch (filter) {
        case ShelfFilter::all: break;
        case ShelfFilter::out_of_stock: return kOut;
        case ShelfFilter::doubtful: return kDoubtful;
        case ShelfFilter::without_picture: return kNoPicture;
    }
    return kAll;
}

std::vector<ShelfLine> read_lines(store::Tx& tx, ShopId shop, const std::string& sql,
                                  store::Params params) {
    std::vector<ShelfLine> lines;
    tx.each<OfferId, ProductId, std::string, Money, std::int64_t, std::string, Instant,
            std::int64_t, std::string, std::string, std::int64_t, std::int64_t>(
        sql, params,
        [&](OfferId id, ProductId product, const std::string& condition, Money price,
            std::int64_t stock, const std::string& source, Instant confirmed_at, std::int64_t kept,
            std::string title, std::string maker, std::int64_t gtin, std::int64_t is_doubtful) {
            const auto known_condition = parse_condition(condition);
            const auto known_source = parse_stock_source(source);
            check(known_condition && known_source);
            lines.push_back({.offer = {.id = id,
                                       .shop = shop,
                                       .product = product,
                                       .condition = *known_condition,
                                       .price = price,
                                       .stock = {.quantity = stock,
                                                 .source = *known_source,
                                                 .confirmed_at = confirmed_at}},
                             .kept = kept,
                             .title = std::move(title),
                             .maker = std::move(maker),
                             .gtin = gtin,
                             .is_doubtful = is_doubtful == 1});
        });
    return lines;
}

Instant of_source(const search::ConfirmedBefore& doubtful, StockSource source) {
    return doubtful[static_cast<std::size_t>(source)];
}

constexpr std::array kShelfFilterWords{"all", "out_of_stock", "doubtful", "without_picture"};

}  // namespace

std::string_view to_string(ShelfFilter filter) {
    return kShelfFilterWords.at(static_cast<std::size_t>(filter));
}

std::optional<ShelfFilter> parse_shelf_filter(std::string_view word) {
    for (std::size_t i = 0; i < kShelfFilterWords.size(); ++i)
        if (word == kShelfFilterWords.at(i)) return static_cast<ShelfFilter>(i);
    return std::nullopt;
}

ShelfPage load_shelf_page(store::Tx& tx, TerritoryId territory, const ShelfAsked& asked) {
    const auto window_end = tx.one<OfferId>(kSelectWindowEnd, {{"territory_id", territory},
                                                               {"shop_id", asked.shop},
                                                               {"after", asked.after},
                                                               {"window", kShelfWindowMax - 1}});
    ShelfPage page;
    page.lines = read_lines(tx, asked.shop, chosen_sql(asked.filter),
                            {{"territory_id", territory},
                             {"shop_id", asked.shop},
                             {"after", asked.after},
                             {"window_end", window_end ? window_end->value : kNoEnd},
                             {"till", of_source(asked.doubtful, StockSource::till)},
                             {"feed", of_source(asked.doubtful, StockSource::feed)},
                             {"import", of_source(asked.doubtful, StockSource::import)},
                             {"hand", of_source(asked.doubtful, StockSource::hand)},
                             {"limit", kShelfPageMax + 1}});
    const bool is_full = page.lines.size() > static_cast<std::size_t>(kShelfPageMax);
    if (is_full) {
        page.lines.pop_back();
        page.next = page.lines.back().offer.id;
    } else {
        page.next = window_end;
    }
    return page;
}

std::vector<ShelfLine> load_shelf_lines(store::Tx& tx, TerritoryId territory,
                                        const ShelfAsked& asked,
                                        std::span<const ProductId> products) {
    std::vector<ShelfLine> lines;
    const auto count = std::min(products.size(), static_cast<std::size_t>(kShelfPageMax));
    for (const ProductId product : products.first(count)) {
        auto found = read_lines(tx, asked.shop, kSelectOfProduct,
                                {{"territory_id", territory},
                                 {"shop_id", asked.shop},
                                 {"product_id", product},
                                 {"till", of_source(asked.doubtful, StockSource::till)},
                                 {"feed", of_source(asked.doubtful, StockSource::feed)},
                                 {"import", of_source(asked.doubtful, StockSource::import)},
                                 {"hand", of_source(asked.doubtful, StockSource::hand)}});
        // Sorted here: to save the sorting, SQLite would go through the whole shelf in the order of
        // ids, for each product.
        std::sort(found.begin(), found.end(),
                  [](const ShelfLine& a, const ShelfLine& b) { return a.offer.id < b.offer.id; });
        for (ShelfLine& line : found) lines.push_back(std::move(line));
    }
    return lines;
}

ShelfCounts count_shelf(store::Tx& tx, TerritoryId territory, ShopId shop,
                        const search::ConfirmedBefore& doubtful) {
    const auto counts = tx.one<std::int64_t, std::int64_t, std::int64_t>(
        kCount, {{"territory_id", territory},
                 {"shop_id", shop},
                 {"till", of_source(doubtful, StockSource::till)},
                 {"feed", of_source(doubtful, StockSource::feed)},
                 {"import", of_source(doubtful, StockSource::import)},
                 {"hand", of_source(doubtful, StockSource::hand)}});
    check(counts.has_value());
    const auto& [all, out_of_stock, doubtful_ones] = *counts;
    return {.all = all, .out_of_stock = out_of_stock, .doubtful = doubtful_ones};
}

}  // namespace emplettes::catalogue
