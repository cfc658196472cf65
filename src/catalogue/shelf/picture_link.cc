#include "catalogue/shelf/picture_link.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/check.h"
#include "base/text.h"
#include "catalogue/feed_pace.h"
#include "catalogue/news.h"
#include "catalogue/shelf/product_text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::array<std::string_view, 4> kStates{"waiting", "fetched", "needless", "failed"};
constexpr std::string_view kFromFeed = "feed";
// Perhaps it is not the host's fault after all: the others are tried first.
constexpr std::chrono::minutes kAfterTheOthers{1};

constexpr const char* kKnownSql =
    "SELECT product_id, url, state FROM {rows and} picture_link"
    " WHERE territory_id = :territory AND shop_id = :shop AND product_id = :product";
constexpr const char* kTellSql = R"sql(
INSERT INTO picture_link (territory_id, shop_id, product_id, import_id, url, host, state, faults,
    failure, retry_at, picture_id)
{values} :territory, :shop, :product, :import, :url, :host, 'waiting', 0, '', :now, 0 {end}
ON CONFLICT (territory_id, shop_id, product_id) DO UPDATE SET import_id = excluded.import_id,
    url = excluded.url, host = excluded.host, state = excluded.state, faults = 0, failure = '',
    retry_at = excluded.retry_at, picture_id = 0, host_faults = 0
)sql";
constexpr const char* kForgetSql = R"sql(
DELETE FROM picture_link WHERE territory_id = :territory AND shop_id = :shop AND product_id IN
    (SELECT product_id FROM picture_link WHERE territory_id = :territory AND import_id = :import
        AND shop_id = :shop LIMIT :most)
RETURNING product_id, picture_id
)sql";
constexpr const char* kDropPicturesSql =
    "DELETE FROM picture WHERE caption = '' AND (territory_id, picture_id)"
    " IN (SELECT :territory, :picture {from rows})";
constexpr const char* kDueSql = R"sql(
SELECT shop_id, host FROM picture_link
WHERE territory_id = :territory AND state = 'waiting' AND retry_at <= :now
GROUP BY shop_id, host ORDER BY MIN(retry_at), shop_id, host LIMIT :most
)sql";
constexpr const char* kClaimSql = R"sql(
UPDATE picture_link SET retry_at = :until
WHERE territory_id = :territory AND shop_id = :shop AND product_id = (SELECT product_id
    FROM picture_link WHERE territory_id = :territory AND shop_id = :shop AND host = :host
        AND state = 'waiting' AND retry_at <= :now ORDER BY retry_at, product_id LIMIT 1)
RETURNING product_id, import_id, url, faults
)sql";
constexpr const char* kAnyPictureSql =
    "SELECT COUNT(*) FROM picture WHERE territory_id = :territory AND product_id = :product";
constexpr const char* kSettleLinkSql = R"sql(
UPDATE picture_link SET state = :state, picture_id = :picture, faults = 0, failure = ''
WHERE territory_id = :territory AND shop_id = :shop AND product_id = :product
    AND import_id = :import AND url = :url AND state = 'waiting'
)sql";
constexpr const char* kAddressFaultSql = R"sql(
UPDATE picture_link SET faults = faults + 1, failure = :failure, retry_at = :retry_at,
    state = CASE WHEN :is_final = 1 THEN 'failed' ELSE state END
WHERE territory_id = :territory AND shop_id = :shop AND product_id = :product
    AND import_id = :import AND url = :url AND state = 'waiting'
)sql";
constexpr const char* kHostFaultSql = R"sql(
UPDATE picture_link SET host_faults = host_faults + 1
WHERE territory_id = :territory AND shop_id = :shop AND host = :host AND state = 'waiting'
RETURNING host_faults
)sql";
constexpr const char* kHostGivenUpSql = R"sql(
UPDATE picture_link SET state = 'failed', failure = :failure
WHERE territory_id = :territory AND shop_id = :shop AND host = :host AND state = 'waiting'
    AND host_faults >= :most
)sql";
constexpr const char* kHostRestsSql = R"sql(
UPDATE picture_link SET failure = :failure, retry_at = :retry_at
WHERE territory_id = :territory AND shop_id = :shop AND host = :host AND state = 'waiting'
    AND retry_at < :retry_at
)sql";
constexpr const char* kHostAnswersSql = R"sql(
UPDATE picture_link SET host_faults = 0
WHERE territory_id = :territory AND shop_id = :shop AND host = :host AND state = 'waiting'
    AND host_faults > 0
)sql";
constexpr const char* kGoesLastSql = R"sql(
UPDATE picture_link SET failure = :failure, retry_at = :retry_at
WHERE territory_id = :territory AND shop_id = :shop AND product_id = :product
    AND import_id = :import AND url = :url AND state = 'waiting'
)sql";
constexpr const char* kCountLinksSql = R"sql(
SELECT state, failure, COUNT(*) FROM picture_link
WHERE territory_id = :territory AND import_id = :import
GROUP BY state, failure ORDER BY state, failure
)sql";

LinkState parse_state(std::string_view word) {
    const auto found = std::ranges::find(kStates, word);
    check(found != kStates.end());
    return static_cast<LinkState>(found - kStates.begin());
}

// Between "//" and what follows, in small letters; of what is no address, all of it.
std::string host_in(std::string_view url) {
    const auto slashes = url.find("//");
    if (slashes != std::string_view::npos) url.remove_prefix(slashes + 2);
    return to_lower_ascii(url.substr(0, url.find_first_of("/?#")));
}

struct KnownLink {
    std::string url;
    LinkState state = LinkState::waiting;
};
using KnownLinks = std::unordered_map<ProductId, KnownLink>;

KnownLinks load_known(store::Tx& tx, const LinkTeller& teller, std::span<const ToldLink> links) {
    store::Rows rows({{"territory", teller.territory}, {"shop", teller.shop}});
    for (const ToldLink& link : links) rows.add({{"product", link.product}});
    KnownLinks known;
    tx.each_of_rows<ProductId, std::string, std::string>(
        kKnownSql, rows, [&](ProductId product, std::string url, const std::string& state) {
            known.emplace(product, KnownLink{std::move(url), parse_state(state)});
        });
    return known;
}

bool settle(store::Tx& tx, TerritoryId territory, const PictureLink& link, LinkState state,
            PictureId picture) {
    return tx.run(kSettleLinkSql, {{"territory", territory},
                                   {"shop", link.shop},
                                   {"product", link.product},
                                   {"import", link.import},
                                   {"url", link.url},
                                   {"state", to_string(state)},
                                   {"picture", picture}}) == 1;
}

void host_answers(store::Tx& tx, TerritoryId territory, const PictureLink& link) {
    tx.run(kHostAnswersSql, {{"territory", territory}, {"shop", link.shop}, {"host", link.host}});
}

void note_address_fault(store::Tx& tx, TerritoryId territory, const PictureLink& link,
                        const LinkFault& fault, Instant now) {
    const std::int64_t faults = link.faults + 1;
    const bool is_final = fault.of == FaultOf::address_for_good || faults >= kLinkFaultsMax;
    tx.run(kAddressFaultSql,
           {{"territory", territory},
            {"shop", link.shop},
            {"product", link.product},
            {"import", link.import},
            {"url", link.url},
            {"failure", fault.word},
            {"retry_at", next_reading({.every = kFeedEveryMax, .failures = faults}, now)},
            {"is_final", is_final}});
}

// In a row: the most that any link of the host has seen, for some are younger.
std::int64_t count_host_fault(store::Tx& tx, TerritoryId territory, const PictureLink& link) {
    std::int64_t most = 1;
    tx.each<std::int64_t>(kHostFaultSql,
                          {{"territory", territory}, {"shop", link.shop}, {"host", link.host}},
                          [&](std::int64_t faults) { most = std::max(most, faults); });
    return most;
}

// All that wait for the host, this one a little longer.
void rest(store::Tx& tx, TerritoryId territory, const PictureLink& link, const LinkFault& fault,
          Instant until) {
    tx.run(kHostRestsSql, {{"territory", territory},
                           {"shop", link.shop},
                           {"host", link.host},
                           {"failure", fault.word},
                           {"retry_at", until}});
    tx.run(kGoesLastSql, {{"territory", territory},
                          {"shop", link.shop},
                          {"product", link.product},
                          {"import", link.import},
                          {"url", link.url},
                          {"failure", fault.word},
                          {"retry_at", until + kAfterTheOthers}});
}

// What the shop's own texts name of these products.
void tell_again(store::Tx& tx, const LinkTeller& teller, const std::vector<ProductId>& products,
                Instant now) {
    const TextsByProduct texts = load_texts_of(tx, teller.territory, products);
    for (const auto& [product, all] : texts)
        for (const ProductText& text : all) {
            if (text.shop != teller.shop || text.picture_url.empty()) continue;
            const ToldLink told{product, text.picture_url};
            tell_of_pictures(tx, {teller.territory, teller.shop, text.import}, std::span(&told, 1),
                             now);
        }
}

}  // namespace

std::string_view to_string(LinkState state) { return kStates.at(static_cast<std::size_t>(state)); }

void tell_of_pictures(store::Tx& tx, const LinkTeller& teller, std::span<const ToldLink> links,
                      Instant now) {
    const KnownLinks known = load_known(tx, teller, links);
    std::vector<std::string> hosts;  // whose texts `rows` only shows
    hosts.reserve(links.size());
    store::Rows rows({{"territory", teller.territory},
                      {"shop", teller.shop},
                      {"import", teller.import},
                      {"now", now}});
    for (const ToldLink& link : links) {
        const auto its = known.find(link.product);
        const bool stays = its != known.end() &&
                           (its->second.state == LinkState::fetched || its->second.url == link.url);
        if (stays) continue;
        rows.add({{"product", link.product},
                  {"url", link.url},
                  {"host", hosts.emplace_back(host_in(link.url))}});
    }
    tx.run_rows(kTellSql, rows);
}

std::int64_t forget_pictures_of(store::Tx& tx, const LinkTeller& teller, std::size_t limit,
                                Instant now) {
    std::vector<ProductId> products;
    store::Rows pictures({{"territory", teller.territory}});
    tx.each<ProductId, PictureId>(kForgetSql,
                                  {{"territory", teller.territory},
                                   {"shop", teller.shop},
                                   {"import", teller.import},
                                   {"most", limit}},
                                  [&](ProductId product, PictureId picture) {
                                      products.push_back(product);
                                      if (picture.value != 0) pictures.add({{"picture", picture}});
                                  });
    if (tx.run_rows(kDropPicturesSql, pictures) > 0) append_picture_news(tx, teller.territory, now);
    tell_again(tx, teller, products, now);
    return std::ssize(products);
}

std::vector<DueLinks> load_due_links(store::Tx& tx, TerritoryId territory, Instant now, int limit) {
    std::vector<DueLinks> due;
    tx.each<ShopId, std::string>(kDueSql, {{"territory", territory}, {"now", now}, {"most", limit}},
                                 [&](ShopId shop, std::string host) {
                                     due.push_back({shop, std::move(host)});
                                 });
    return due;
}

std::optional<PictureLink> claim_link(store::Tx& tx, TerritoryId territory, const DueLinks& of,
                                      Instant now, Instant until) {
    std::optional<PictureLink> claimed;
    tx.each<ProductId, ShelfImportId, std::string, std::int64_t>(
        kClaimSql,
        {{"territory", territory},
         {"shop", of.shop},
         {"host", of.host},
         {"now", now},
         {"until", until}},
        [&](ProductId product, ShelfImportId import, std::string url, std::int64_t faults) {
            claimed = PictureLink{.shop = of.shop,
                                  .product = product,
                                  .import = import,
                                  .url = std::move(url),
                                  .host = of.host,
                                  .faults = faults};
        });
    return claimed;
}

bool lacks_picture(store::Tx& tx, TerritoryId territory, ProductId product) {
    return *tx.one<std::int64_t>(kAnyPictureSql,
                                 {{"territory", territory}, {"product", product}}) == 0;
}

Result<Done, PictureRowError> keep_fetched(store::Tx& tx, TerritoryId territory,
                                           const PictureLink& link, Picture picture) {
    picture.shop = link.shop;
    picture.product = link.product;
    picture.source = kFromFeed;
    const PictureId id = picture.id;
    const auto added = add_picture(tx, territory, std::move(picture));
    if (!added) return added.error();
    if (!settle(tx, territory, link, LinkState::fetched, id))
        return PictureRowError::unknown_picture;
    host_answers(tx, territory, link);
    return Done{};
}

void leave_link(store::Tx& tx, TerritoryId territory, const PictureLink& link) {
    settle(tx, territory, link, LinkState::needless, {});
}

void note_link_fault(store::Tx& tx, TerritoryId territory, const PictureLink& link,
                     const LinkFault& fault, Instant now) {
    switch (fault.of) {
        case FaultOf::address:
            host_answers(tx, territory, link);
            note_address_fault(tx, territory, link, fault, now);
            return;
        case FaultOf::address_for_good: note_address_fault(tx, territory, link, fault, now); return;
        case FaultOf::host:
            rest(tx, territory, link, fault,
                 next_reading(
                     {.every = kFeedEveryMax, .failures = count_host_fault(tx, territory, link)},
                     now));
            tx.run(kHostGivenUpSql, {{"territory", territory},
                                     {"shop", link.shop},
                                     {"host", link.host},
                                     {"failure", fault.word},
                                     {"most", kHostFaultsMax}});
            return;
        case FaultOf::ours: rest(tx, territory, link, fault, now + kFeedRetryFirst); return;
    }
}

std::vector<LinkCount> count_links(store::Tx& tx, TerritoryId territory, ShelfImportId import) {
    std::vector<LinkCount> counts;
    tx.each<std::string, std::string, std::int64_t>(
        kCountLinksSql, {{"territory", territory}, {"import", import}},
        [&](const std::string& state, std::string failure, std::int64_t links) {
            counts.push_back(
                {.state = parse_state(state), .failure = std::move(failure), .links = links});
        });
    return counts;
}

}  // namespace emplettes::catalogue
