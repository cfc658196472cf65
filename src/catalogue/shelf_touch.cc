#include "catalogue/shelf_touch.h"

#include <algorithm>

#include "base/check.h"
#include "base/json.h"
#include "catalogue/book_price.h"
#include "catalogue/feeds/shelf_row.h"
#include "catalogue/news.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kFindTouchSql =
    "SELECT arrival, offer_id, content, sets_price, sets_count, difference, effect, before,"
    " touched_at, created_at, undone_at FROM shelf_touch"
    " WHERE territory_id = :territory_id AND shop_id = :shop_id AND touch_id = :touch_id";
constexpr const char* kSaveTouchSql =
    "INSERT INTO shelf_touch (territory_id, shop_id, touch_id, arrival, offer_id, account_id,"
    " content, sets_price, sets_count, difference, effect, before, touched_at, created_at,"
    " undone_at) VALUES (:territory_id, :shop_id, :touch_id, :arrival, :offer_id, :account_id,"
    " :content, :sets_price, :sets_count, :difference, :effect, :before, :touched_at, :created_at,"
    " 0)";
constexpr const char* kUndoneSql =
    "UPDATE shelf_touch SET undone_at = :now"
    " WHERE territory_id = :territory_id AND shop_id = :shop_id AND touch_id = :touch_id";
constexpr const char* kRecentTouchesSql =
    "SELECT touch_id, product.product_id, title, content, touched_at, undone_at FROM shelf_touch"
    " JOIN offer ON offer.territory_id = shelf_touch.territory_id"
    " AND offer.offer_id = shelf_touch.offer_id"
    " JOIN product ON product.territory_id = offer.territory_id"
    " AND product.product_id = offer.product_id"
    " WHERE shelf_touch.territory_id = :territory_id AND shelf_touch.shop_id = :shop_id"
    " ORDER BY arrival DESC LIMIT :limit";
constexpr const char* kPurgeTouchesSql =
    "DELETE FROM shelf_touch WHERE territory_id = :territory_id AND (shop_id, touch_id) IN"
    " (SELECT shop_id, touch_id FROM shelf_touch WHERE territory_id = :territory_id"
    " AND created_at < :before LIMIT 1000)";

// Later words on the same offer that were not taken back: those said later, and those of the same
// second that arrived later.
constexpr const char* kLaterPricesSql =
    "SELECT COUNT(*) FROM shelf_touch WHERE territory_id = :territory_id AND offer_id = :offer_id"
    " AND sets_price = 1 AND undone_at = 0"
    " AND (touched_at, arrival) > (:touched_at, :arrival)";
constexpr const char* kLaterCountsSql =
    "SELECT COUNT(*) FROM shelf_touch WHERE territory_id = :territory_id AND offer_id = :offer_id"
    " AND sets_count = 1 AND undone_at = 0"
    " AND (touched_at, arrival) > (:touched_at, :arrival)";
constexpr const char* kLaterDifferencesSql =
    "SELECT shop_id, touch_id, difference, effect FROM shelf_touch"
    " WHERE territory_id = :territory_id AND offer_id = :offer_id AND difference <> 0"
    " AND undone_at = 0 AND touched_at > :touched_at ORDER BY touched_at, arrival";
constexpr const char* kEffectSql =
    "UPDATE shelf_touch SET effect = :effect"
    " WHERE territory_id = :territory_id AND shop_id = :shop_id AND touch_id = :touch_id";
// The last word on the price that stands, for files that are older.
constexpr const char* kPricedAtSql =
    "UPDATE offer SET priced_at = COALESCE((SELECT MAX(touched_at) FROM shelf_touch"
    " WHERE territory_id = :territory_id AND offer_id = :offer_id AND sets_price = 1"
    " AND undone_at = 0), 0) WHERE territory_id = :territory_id AND offer_id = :offer_id";
constexpr const char* kAnyLaterSql =
    "SELECT COUNT(*) FROM shelf_touch WHERE territory_id = :territory_id AND offer_id = :offer_id"
    " AND undone_at = 0 AND arrival > :arrival";

constexpr const char* kTouchedShelfSql =
    "SELECT price_cents, stock, kept, stock_source, stock_confirmed_at, withdrawn_at FROM offer"
    " WHERE territory_id = :territory_id AND offer_id = :offer_id";
constexpr const char* kSaveTouchedShelfSql =
    "UPDATE offer SET price_cents = :price_cents, stock = :stock, stock_source = :stock_source,"
    " stock_confirmed_at = :stock_confirmed_at, withdrawn_at = :withdrawn_at"
    " WHERE territory_id = :territory_id AND offer_id = :offer_id";

using TouchNumber = Id<struct TouchNumberTag>;

// What a touch can change of an offer. `total` stands in the shop, `kept` of it for somebody.
struct ShelfState {
    Money price;
    std::int64_t total = 0;
    std::int64_t kept = 0;
    StockSource source = StockSource::hand;
    Instant confirmed_at;
    std::int64_t withdrawn_at = 0;

    bool operator==(const ShelfState&) const = default;
};

struct StoredTouch {
    TouchNumber arrival;
    OfferId offer;
    std::string content;
    std::optional<Money> price;
    bool sets_price = false;
    bool sets_count = false;
    std::int64_t difference = 0;
    std::int64_t effect = 0;
    std::optional<ShelfState> before;
    Instant touched_at;
    Instant created_at;
    bool is_undone = false;
};

// Where, for all that follows.
struct TouchedShelf {
    store::Tx& tx;
    TerritoryId territory;
    Instant now;
};

std::string content_of_touch(const ShelfTouch& touch) {
    Json content{{"product", touch.product.value}, {"condition", to_string(touch.condition)}};
    if (touch.price) content["price_cents"] = touch.price->cents;
    if (touch.counted) content["counted"] = *touch.counted;
    if (touch.difference != 0) content["difference"] = touch.difference;
    if (touch.is_withdrawn) content["is_withdrawn"] = true;
    return content.dump();
}

std::optional<Money> price_in(const Json& content) {
    const auto price = content.find("price_cents");
    if (price == content.end()) return std::nullopt;
    return Money{price->get<std::int64_t>()};
}

std::string write_shelf_state(const ShelfState& state) {
    return Json{{"price_cents", state.price.cents},
                {"total", state.total},
                {"source", to_string(state.source)},
                {"confirmed_at", to_unix(state.confirmed_at)},
                {"withdrawn_at", state.withdrawn_at}}
        .dump();
}

std::optional<ShelfState> read_shelf_state(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const Json state = parse_json(text);
    const auto source = parse_stock_source(state.at("source").get<std::string>());
    check(source.has_value());
    return ShelfState{
        .price = Money{state.at("price_cents").get<std::int64_t>()},
        .total = state.at("total").get<std::int64_t>(),
        .source = *source,
        .confirmed_at = instant_from_unix(state.at("confirmed_at").get<std::int64_t>()),
        .withdrawn_at = state.at("withdrawn_at").get<std::int64_t>()};
}

std::optional<StoredTouch> find_touch(const TouchedShelf& at, ShopId shop, const std::string& id) {
    std::optional<StoredTouch> found;
    at.tx.each<TouchNumber, OfferId, std::string, std::int64_t, std::int64_t, std::int64_t,
               std::int64_t, std::string, Instant, Instant, std::int64_t>(
        kFindTouchSql, {{"territory_id", at.territory}, {"shop_id", shop}, {"touch_id", id}},
        [&](TouchNumber arrival, OfferId offer, std::string content, std::int64_t sets_price,
            std::int64_t sets_count, std::int64_t difference, std::int64_t effect,
            const std::string& before, Instant touched_at, Instant created_at,
            std::int64_t undone_at) {
            const Json told = parse_json(content);
            found = StoredTouch{.arrival = arrival,
                                .offer = offer,
                                .content = std::move(content),
                                .price = price_in(told),
                                .sets_price = sets_price != 0,
                                .sets_count = sets_count != 0,
                                .difference = difference,
                                .effect = effect,
                                .before = read_shelf_state(before),
                                .touched_at = touched_at,
                                .created_at = created_at,
                                .is_undone = undone_at != 0};
        });
    return found;
}

ShelfState load_touched_shelf(const TouchedShelf& at, OfferId offer) {
    const auto row =
        at.tx.one<Money, std::int64_t, std::int64_t, std::string, Instant, std::int64_t>(
            kTouchedShelfSql, {{"territory_id", at.territory}, {"offer_id", offer}});
    const auto& [price, stock, kept, source, confirmed_at, withdrawn_at] = row.value();
    const auto known = parse_stock_source(source);
    check(known.has_value());
    return {.price = price,
            .total = stock + kept,
            .kept = kept,
            .source = *known,
            .confirmed_at = confirmed_at,
            .withdrawn_at = withdrawn_at};
}

void save_touched_shelf(const TouchedShelf& at, OfferId offer, const ShelfState& shelf) {
    at.tx.run(kSaveTouchedShelfSql, {{"territory_id", at.territory},
                                     {"offer_id", offer},
                                     {"price_cents", shelf.price},
                                     {"stock", shelf.total - shelf.kept},
                                     {"stock_source", to_string(shelf.source)},
                                     {"stock_confirmed_at", shelf.confirmed_at},
                                     {"withdrawn_at", shelf.withdrawn_at}});
}

void save_touch(const TouchedShelf& at, const ShelfTouch& touch, const StoredTouch& stored) {
    at.tx.run(kSaveTouchSql, {{"territory_id", at.territory},
                              {"shop_id", touch.shop},
                              {"touch_id", touch.id},
                              {"arrival", stored.arrival},
                              {"offer_id", stored.offer},
                              {"account_id", touch.by},
                              {"content", stored.content},
                              {"sets_price", std::int64_t{stored.sets_price}},
                              {"sets_count", std::int64_t{stored.sets_count}},
                              {"difference", stored.difference},
                              {"effect", stored.effect},
                              {"before", stored.before ? write_shelf_state(*stored.before) : ""},
                              {"touched_at", stored.touched_at},
                              {"created_at", at.now}});
}

void note_price_word(const TouchedShelf& at, const StoredTouch& touch) {
    if (!touch.sets_price) return;
    at.tx.run(kPricedAtSql, {{"territory_id", at.territory}, {"offer_id", touch.offer}});
}

bool has_later(const TouchedShelf& at, const char* sql, const StoredTouch& touch) {
    return at.tx.one<std::int64_t>(sql, {{"territory_id", at.territory},
                                         {"offer_id", touch.offer},
                                         {"touched_at", touch.touched_at},
                                         {"arrival", touch.arrival}}) != 0;
}

// What was sold or came in after a count that arrives late.
std::int64_t follow(const TouchedShelf& at, const StoredTouch& count, std::int64_t total) {
    using Row = std::tuple<ShopId, std::string, std::int64_t, std::int64_t>;
    const std::vector<Row> later = at.tx.all<ShopId, std::string, std::int64_t, std::int64_t>(
        kLaterDifferencesSql, {{"territory_id", at.territory},
                               {"offer_id", count.offer},
                               {"touched_at", count.touched_at}});
    for (const auto& [shop, id, difference, told_effect] : later) {
        const std::int64_t effect = std::max(-total, difference);
        total += effect;
        if (effect == told_effect) continue;
        at.tx.run(kEffectSql, {{"territory_id", at.territory},
                               {"shop_id", shop},
                               {"touch_id", id},
                               {"effect", effect}});
    }
    return total;
}

void tell_of_touch(const TouchedShelf& at, const Offer& offer, bool is_another_shelf) {
    append_stock_news(at.tx, at.territory, offer, at.now);
    if (is_another_shelf) append_product_news(at.tx, at.territory, {offer.product}, at.now);
}

bool is_touch_in_range(const ShelfTouch& touch) {
    if (touch.counted && (*touch.counted < 0 || *touch.counted > kShelfQuantityMax)) return false;
    if (touch.counted.has_value() + (touch.difference != 0) + touch.is_withdrawn > 1) return false;
    return touch.difference >= -kTouchDifferenceMax && touch.difference <= kTouchDifferenceMax;
}

std::optional<TouchError> fault_of_price(const TouchedShelf& at, const Territory& territory,
                                         const ShelfTouch& touch, const Product& product) {
    if (!touch.price) return std::nullopt;
    if (touch.price->cents < 0 || touch.price->cents > kShelfPriceMax.cents)
        return TouchError::price_out_of_range;
    const auto lawful = check_price(
        at.tx, territory,
        {.book = {.product = product, .shop = touch.shop, .day = day_of(territory, at.now)},
         .condition = touch.condition,
         .price = *touch.price});
    if (lawful) return std::nullopt;
    return lawful.error().fault == BookPriceFault::too_low ? TouchError::price_too_low
                                                           : TouchError::price_too_high;
}

std::optional<TouchError> fault_of_touch(const TouchedShelf& at, const Territory& territory,
                                         const ShelfTouch& touch) {
    if (touch.touched_at < at.now - kTouchAgeMax) return TouchError::too_old;
    if (!is_touch_in_range(touch)) return TouchError::quantity_out_of_range;
    const auto product = find_product(at.tx, at.territory, touch.product);
    if (!product) return TouchError::unknown_product;
    return fault_of_price(at, territory, touch, *product);
}

// The first word on an offer is its count, too.
Offer put_on_shelf(const TouchedShelf& at, const ShelfTouch& touch, StoredTouch stored) {
    const std::int64_t total = touch.counted.value_or(std::max<std::int64_t>(touch.difference, 0));
    const Offer offer = save_offer(
        at.tx, at.territory,
        {.id = stored.offer,
         .shop = touch.shop,
         .product = touch.product,
         .condition = touch.condition,
         .price = *touch.price,
         .stock = {
             .quantity = total, .source = StockSource::hand, .confirmed_at = stored.touched_at}});
    stored.sets_price = true;
    stored.sets_count = true;
    stored.effect = total;
    save_touch(at, touch, stored);
    note_price_word(at, stored);
    tell_of_touch(at, offer, /*is_another_shelf=*/true);
    return offer;
}

void apply_touch(const TouchedShelf& at, const ShelfTouch& touch, StoredTouch& stored,
                 ShelfState& shelf) {
    const std::int64_t total_before = shelf.total;
    if (touch.price && !has_later(at, kLaterPricesSql, stored)) {
        shelf.price = *touch.price;
        stored.sets_price = true;
    }
    if (stored.touched_at < shelf.confirmed_at) return;
    if (touch.is_withdrawn || touch.counted) {
        stored.sets_count = true;
        shelf.source = StockSource::hand;
        shelf.confirmed_at = stored.touched_at;
        shelf.withdrawn_at = touch.is_withdrawn ? to_unix(stored.touched_at) : 0;
        shelf.total = follow(at, stored, touch.is_withdrawn ? 0 : *touch.counted);
    } else if (touch.difference != 0) {
        stored.difference = touch.difference;
        shelf.total += touch.difference;
        if (touch.difference > 0) shelf.withdrawn_at = 0;
    }
    shelf.total = std::max(shelf.total, shelf.kept);
    stored.effect = shelf.total - total_before;
}

// Whether nobody has said anything since that putting this back would overrule.
bool can_be_undone(const TouchedShelf& at, const StoredTouch& touch, const ShelfState& shelf) {
    if (!touch.before && at.tx.one<std::int64_t>(kAnyLaterSql, {{"territory_id", at.territory},
                                                                {"offer_id", touch.offer},
                                                                {"arrival", touch.arrival}}) != 0)
        return false;
    if (touch.sets_price && (shelf.price != touch.price || has_later(at, kLaterPricesSql, touch)))
        return false;
    if (touch.sets_count)
        return shelf.confirmed_at == touch.touched_at && shelf.source == StockSource::hand &&
               !has_later(at, kLaterCountsSql, touch);
    return touch.difference == 0 || shelf.confirmed_at <= touch.touched_at;
}

ShelfState put_touch_back(const StoredTouch& touch, ShelfState shelf, Instant now) {
    shelf.total = std::max(shelf.total - touch.effect, shelf.kept);
    if (!touch.before) {
        shelf.total = shelf.kept;
        shelf.withdrawn_at = to_unix(now);
        return shelf;
    }
    if (touch.sets_price) shelf.price = touch.before->price;
    if (touch.sets_count) {
        shelf.source = touch.before->source;
        shelf.confirmed_at = touch.before->confirmed_at;
    }
    if (touch.sets_count || touch.difference > 0) shelf.withdrawn_at = touch.before->withdrawn_at;
    return shelf;
}

}  // namespace

Result<Offer, TouchError> touch_shelf(store::Tx& tx, const Territory& territory,
                                      const ShelfTouch& touch, IdSource& ids, Instant now) {
    check(!touch.id.empty() && touch.id.size() <= kTouchIdBytesMax);
    const TouchedShelf at{.tx = tx, .territory = territory.id, .now = now};
    StoredTouch stored{.arrival = ids.next<TouchNumber>(),
                       .content = content_of_touch(touch),
                       .touched_at = std::min(touch.touched_at, now)};
    if (const auto known = find_touch(at, touch.shop, touch.id)) {
        if (known->content != stored.content) return TouchError::other_content;
        return *find_offer(tx, territory.id, known->offer);
    }
    if (const auto fault = fault_of_touch(at, territory, touch)) return *fault;
    const auto known = find_offer_of(tx, territory.id, touch.shop, touch.product, touch.condition);
    if (!known && !touch.price) return TouchError::no_price;
    stored.offer = known ? known->id : ids.next<OfferId>();
    if (!known) return put_on_shelf(at, touch, std::move(stored));

    const ShelfState before = load_touched_shelf(at, known->id);
    ShelfState shelf = before;
    stored.before = before;
    apply_touch(at, touch, stored, shelf);
    save_touch(at, touch, stored);
    note_price_word(at, stored);
    if (shelf == before) return *known;
    save_touched_shelf(at, known->id, shelf);
    const Offer offer = *find_offer(tx, territory.id, known->id);
    tell_of_touch(at, offer, (shelf.withdrawn_at == 0) != (before.withdrawn_at == 0));
    return offer;
}

Result<Offer, TouchUndoError> undo_touch(store::Tx& tx, TerritoryId territory, ShopId shop,
                                         const std::string& touch_id, Instant now) {
    const TouchedShelf at{.tx = tx, .territory = territory, .now = now};
    const auto touch = find_touch(at, shop, touch_id);
    if (!touch) return TouchUndoError::unknown_touch;
    if (touch->is_undone) return *find_offer(tx, territory, touch->offer);
    if (now - touch->created_at > kTouchUndoWithin) return TouchUndoError::too_late;
    const ShelfState before = load_touched_shelf(at, touch->offer);
    if (!can_be_undone(at, *touch, before)) return TouchUndoError::changed_since;
    const ShelfState shelf = put_touch_back(*touch, before, now);
    tx.run(kUndoneSql,
           {{"territory_id", territory}, {"shop_id", shop}, {"touch_id", touch_id}, {"now", now}});
    note_price_word(at, *touch);
    if (shelf != before) save_touched_shelf(at, touch->offer, shelf);
    const Offer offer = *find_offer(tx, territory, touch->offer);
    if (shelf != before)
        tell_of_touch(at, offer, (shelf.withdrawn_at == 0) != (before.withdrawn_at == 0));
    return offer;
}

std::vector<RecentTouch> load_recent_touches(store::Tx& tx, TerritoryId territory, ShopId shop,
                                             std::size_t limit) {
    std::vector<RecentTouch> touches;
    tx.each<std::string, ProductId, std::string, std::string, Instant, std::int64_t>(
        kRecentTouchesSql,
        {{"territory_id", territory},
         {"shop_id", shop},
         {"limit", static_cast<std::int64_t>(std::min(limit, kRecentTouchesMax))}},
        [&](std::string id, ProductId product, std::string title, const std::string& content,
            Instant touched_at, std::int64_t undone_at) {
            const Json told = parse_json(content);
            RecentTouch& touch = touches.emplace_back(
                RecentTouch{.id = std::move(id),
                            .product = product,
                            .title = std::move(title),
                            .price = price_in(told),
                            .difference = told.value("difference", std::int64_t{0}),
                            .is_withdrawn = told.value("is_withdrawn", false),
                            .touched_at = touched_at,
                            .is_undone = undone_at != 0});
            if (told.contains("counted")) touch.counted = told.at("counted").get<std::int64_t>();
        });
    return touches;
}

std::int64_t purge_touches(store::Tx& tx, TerritoryId territory, Instant now) {
    return tx.run(kPurgeTouchesSql, {{"territory_id", territory}, {"before", now - kTouchAgeMax}});
}

}  // namespace emplettes::catalogue
