#include "catalogue/shelf/shelf_writer.h"

#include <algorithm>

#include "base/check.h"
#include "base/json.h"
#include "catalogue/book_price.h"
#include "catalogue/news.h"
#include "catalogue/picture.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kFindProductSql =
    "SELECT product_id FROM product WHERE territory_id = :territory AND product_key = :key";
constexpr const char* kMakeProductSql = R"sql(
INSERT INTO product (territory_id, product_id, product_key, gtin, title, maker, category,
    description, language, source, updated_at)
VALUES (:territory, :product, :key, :gtin, :title, :maker, :category, :description, :language,
    :source, :now)
ON CONFLICT (territory_id, product_key) DO NOTHING
)sql";
constexpr const char* kGiveGtinSql =
    "UPDATE product SET product_key = :key, gtin = :gtin"
    " WHERE territory_id = :territory AND product_id = :product AND gtin = 0";
constexpr const char* kMoveOfferSql = R"sql(
UPDATE offer SET product_id = :to
WHERE territory_id = :territory AND shop_id = :shop AND product_id = :from
    AND condition = :condition AND NOT EXISTS (SELECT 1 FROM offer AS other
        WHERE other.territory_id = :territory AND other.shop_id = :shop
            AND other.product_id = :to AND other.condition = :condition)
)sql";
constexpr const char* kStateSql =
    "SELECT offer_id, price_cents, stock, kept, stock_source, stock_confirmed_at, withdrawn_at,"
    " source_id, import_id, priced_at FROM offer WHERE territory_id = :territory";
constexpr const char* kInsertOfferSql = R"sql(
INSERT INTO offer (territory_id, offer_id, shop_id, product_id, condition, price_cents, stock,
    stock_source, stock_confirmed_at, sku, source_id, import_id)
VALUES (:territory, :offer, :shop, :product, :condition, :price, :stock, :stock_source,
    :confirmed_at, :sku, :source, :import)
)sql";
constexpr const char* kUpdateOfferSql = R"sql(
UPDATE offer SET price_cents = :price, stock = :stock, stock_source = :stock_source,
    stock_confirmed_at = :confirmed_at, withdrawn_at = :withdrawn_at, source_id = :source,
    import_id = :import, sku = CASE WHEN :sku = '' THEN sku ELSE :sku END
WHERE territory_id = :territory AND offer_id = :offer
)sql";
// What was before the import stays, whatever it does later.
constexpr const char* kRememberSql = R"sql(
INSERT INTO import_change (territory_id, import_id, product_id, condition, offer_id, is_new,
    price_before, price_after, standing_before, standing_after, stock_source, confirmed_before,
    confirmed_after, withdrawn_before, withdrawn_after, source_before, import_before, text_before,
    state)
VALUES (:territory, :import, :product, :condition, :offer, :is_new, :price_before, :price_after,
    :standing_before, :standing_after, :stock_source, :confirmed_before, :confirmed_after,
    :withdrawn_before, :withdrawn_after, :source_before, :import_before, :text_before, 'done')
ON CONFLICT (territory_id, import_id, product_id, condition) DO UPDATE SET
    offer_id = CASE WHEN excluded.offer_id = 0 THEN import_change.offer_id
        ELSE excluded.offer_id END,
    is_new = CASE WHEN import_change.offer_id = 0 THEN excluded.is_new
        ELSE import_change.is_new END,
    price_after = excluded.price_after, standing_after = excluded.standing_after,
    confirmed_after = excluded.confirmed_after, withdrawn_after = excluded.withdrawn_after,
    text_before = CASE WHEN import_change.text_before = '' THEN excluded.text_before
        ELSE import_change.text_before END
)sql";
struct FoundState {
    OfferId offer;
    OfferState state;
};

std::optional<FoundState> find_state(store::Tx& tx, const std::string& sql, store::Params params) {
    using Number = std::int64_t;
    std::optional<FoundState> found;
    tx.each<OfferId, Money, Number, Number, std::string, Instant, Instant, ShelfSourceId,
            ShelfImportId, Instant>(
        sql, params,
        [&](OfferId offer, Money price, Number stock, Number kept, const std::string& stock_source,
            Instant confirmed_at, Instant withdrawn_at, ShelfSourceId source, ShelfImportId import,
            Instant priced_at) {
            const auto known = parse_stock_source(stock_source);
            check(known.has_value());
            found = FoundState{offer,
                               {.price = price,
                                .stock = stock,
                                .kept = kept,
                                .stock_source = *known,
                                .confirmed_at = confirmed_at,
                                .withdrawn_at = withdrawn_at,
                                .source = source,
                                .import = import,
                                .priced_at = priced_at}};
        });
    return found;
}

std::string json_of(const ProductText& text) {
    return Json({{"title", text.title},
                 {"maker", text.maker},
                 {"category", text.category},
                 {"description", text.description},
                 {"language", text.language},
                 {"picture_url", text.picture_url},
                 {"import", text.import.value},
                 {"updated_at", to_unix(text.updated_at)}})
        .dump();
}

}  // namespace

ProductText text_of(const ShelfRow& row, const ShelfTarget& target) {
    return {.source = target.text_source,
            .shop = target.shop,
            .title = row.title,
            .maker = row.maker,
            .category = row.category,
            .description = row.description,
            .language = row.language,
            .picture_url = row.pictures.empty() ? std::string() : row.pictures.front(),
            .import = target.terms.import,
            .first_at = target.now,
            .updated_at = target.now};
}

bool is_bound_by_law(const ShelfTarget& target, const ShelfRow& row) {
    const bool is_law = target.law != nullptr && target.law->book_price_law;
    return is_law && row.price && row.gtin && row.gtin->is_book();
}

std::optional<RowFault> refuse_price(store::Tx& tx, const ShelfTarget& target, const ShelfRow& row,
                                     ProductId product) {
    if (!is_bound_by_law(target, row)) return std::nullopt;
    const Product book{.id = product, .gtin = row.gtin};
    const auto asked = check_price(tx, *target.law,
                                   {.product = book,
                                    .condition = row.condition,
                                    .price = *row.price,
                                    .day = day_of(*target.law, target.now)});
    if (asked) return std::nullopt;
    switch (asked.error().fault) {
        case BookPriceFault::too_low: return RowFault::price_too_low;
        case BookPriceFault::too_high: return RowFault::price_too_high;
    }
    return std::nullopt;
}

std::optional<OfferState> find_offer_state(store::Tx& tx, TerritoryId territory, OfferId id) {
    const auto found = find_state(tx, std::string(kStateSql) + " AND offer_id = :offer",
                                  {{"territory", territory}, {"offer", id}});
    if (!found) return std::nullopt;
    return found->state;
}

void save_offer_state(store::Tx& tx, TerritoryId territory, const NamedState& named) {
    const OfferState& state = named.state;
    tx.run(kUpdateOfferSql, {{"territory", territory},
                             {"offer", named.offer},
                             {"sku", named.sku},
                             {"price", state.price},
                             {"stock", state.stock},
                             {"stock_source", to_string(state.stock_source)},
                             {"confirmed_at", state.confirmed_at},
                             {"withdrawn_at", state.withdrawn_at},
                             {"source", state.source},
                             {"import", state.import}});
}

WrittenRow ShelfWriter::write(const ShelfRow& row, const ShelfEntry& known) {
    bool is_new = false;
    WrittenRow written{
        .product = known.product, .offer = known.offer, .text_hash = known.text_hash};
    if (known.gains_gtin) {
        written.product = give_gtin(row, known.product);
        written.text_hash = 0;  // of another product, perhaps
    }
    if (written.product.value == 0) written.product = find_or_make_product(row, is_new);
    if (written.product.value == 0) {
        written.outcome = RowOutcome::not_understood;
        return written;
    }
    Change change{.product = written.product, .condition = row.condition};
    change.text_before = write_text(row, written, is_new);
    write_publisher_prices(row, written.product);
    Before before = is_new ? Before{} : load_before(known, written.product);
    change.before = before.state;
    change.after = offer_after(lawful(row, written.product), before.state, target_.terms);
    const bool is_made = !change.before && change.after;
    written.offer = change.offer = is_made ? ids_.next<OfferId>() : before.offer;
    if (is_made) insert_offer(change, row.sku);
    if (change.before) update_offer(change, row.sku);
    remember(change);
    note(change);
    written.outcome = outcome_of(change.before, change.after);
    if (written.outcome == RowOutcome::unchanged && !change.text_before.empty())
        written.outcome = RowOutcome::changed;
    return written;
}

ShelfRow ShelfWriter::lawful(const ShelfRow& row, ProductId product) const {
    // Only what decides about the offer.
    ShelfRow kept{.condition = row.condition,
                  .price = row.price,
                  .quantity = row.quantity,
                  .availability = row.availability,
                  .counted_at = row.counted_at,
                  .is_deleted = row.is_deleted};
    if (refuse_price(tx_, target_, row, product)) kept.price.reset();
    return kept;
}

ProductId ShelfWriter::write_product(const ShelfRow& row) {
    bool is_new = false;
    WrittenRow written{.product = find_or_make_product(row, is_new)};
    if (written.product.value == 0) return {};
    write_text(row, written, is_new);
    write_publisher_prices(row, written.product);
    return written.product;
}

bool ShelfWriter::take_off(const ShelfEntry& known) {
    Change change{.product = known.product, .condition = known.condition, .offer = known.offer};
    change.before = find_offer_state(tx_, target_.territory, known.offer);
    if (change.before) change.after = offer_after_absence(*change.before, target_.terms);
    if (!change.after) return false;
    update_offer(change, "");
    remember(change);
    note(change);
    return true;
}

void ShelfWriter::tell() {
    std::sort(told_products_.begin(), told_products_.end());
    told_products_.erase(std::unique(told_products_.begin(), told_products_.end()),
                         told_products_.end());
    append_product_news(tx_, target_.territory, told_products_, target_.now);
    append_shelf_news(tx_, target_.territory, told_offers_, target_.now);
}

// None when nobody knows it and the file does not say what it is.
ProductId ShelfWriter::find_or_make_product(const ShelfRow& row, bool& is_new) {
    const std::string key = product_key(row, target_.key_prefix);
    if (!row.title.empty()) {
        const auto id = ids_.next<ProductId>();
        is_new = tx_.run(kMakeProductSql, {{"territory", target_.territory},
                                           {"product", id},
                                           {"key", key},
                                           {"gtin", row.gtin ? row.gtin->digits : 0},
                                           {"title", row.title},
                                           {"maker", row.maker},
                                           {"category", row.category},
                                           {"description", row.description},
                                           {"language", row.language},
                                           {"source", to_string(target_.text_source)},
                                           {"now", target_.now}}) == 1;
        if (is_new) return id;
    }
    return tx_.one<ProductId>(kFindProductSql, {{"territory", target_.territory}, {"key", key}})
        .value_or(ProductId{});
}

// What the shop's own number named has a number of the world now: its product becomes everybody's,
// or its offer one of the product that has this number already. It stays the same offer, for
// whoever has it kept. None when the shop's own product is not there.
ProductId ShelfWriter::give_gtin(const ShelfRow& row, ProductId own) {
    if (!row.gtin) return own;
    if (own.value == 0)
        own = tx_.one<ProductId>(kFindProductSql, {{"territory", target_.territory},
                                                   {"key", target_.key_prefix + row.sku}})
                  .value_or(ProductId{});
    if (own.value == 0) return {};
    const std::string key = product_key(row, target_.key_prefix);
    const auto global =
        tx_.one<ProductId>(kFindProductSql, {{"territory", target_.territory}, {"key", key}});
    told_products_.push_back(own);
    if (!global) {
        tx_.run(kGiveGtinSql, {{"territory", target_.territory},
                               {"product", own},
                               {"key", key},
                               {"gtin", row.gtin->digits}});
        return own;
    }
    tx_.run(kMoveOfferSql, {{"territory", target_.territory},
                            {"shop", target_.shop},
                            {"from", own},
                            {"to", *global},
                            {"condition", to_string(row.condition)}});
    move_pictures(tx_, target_.territory, {.shop = target_.shop, .from = own, .to = *global},
                  target_.now);
    told_products_.push_back(*global);
    return *global;
}

// What the source said before, when it says something else now: as import_change keeps it.
std::string ShelfWriter::write_text(const ShelfRow& row, WrittenRow& written, bool is_new) {
    if (row.title.empty()) return "";
    ProductText text = text_of(row, target_);
    text.product = written.product;
    const std::int64_t hash = hash_of(text);
    if (hash == written.text_hash) return "";
    std::optional<ProductText> before;
    if (!is_new) before = find_product_text(tx_, target_.territory, text);
    written.text_hash = hash;
    if (before && hash_of(*before) == hash) return "";
    if (tell_of_product(tx_, target_.territory, {.text = text, .is_new = is_new}))
        told_products_.push_back(text.product);
    return before ? json_of(*before) : "none";
}

void ShelfWriter::write_publisher_prices(const ShelfRow& row, ProductId product) {
    if (row.publisher_prices.empty()) return;
    const bool is_shop = target_.shop.value != 0;
    save_publisher_prices(
        tx_, target_.territory, product,
        {.prices = row.publisher_prices,
         .source = is_shop ? PublisherPriceSource::shop : PublisherPriceSource::trade,
         .now = target_.now});
}

ShelfWriter::Before ShelfWriter::load_before(const ShelfEntry& known, ProductId product) {
    const auto found = known.has_offer()
                           ? find_state(tx_, std::string(kStateSql) + " AND offer_id = :offer",
                                        {{"territory", target_.territory}, {"offer", known.offer}})
                           : find_state(tx_,
                                        std::string(kStateSql) +
                                            " AND shop_id = :shop AND product_id = :product"
                                            " AND condition = :condition",
                                        {{"territory", target_.territory},
                                         {"shop", target_.shop},
                                         {"product", product},
                                         {"condition", to_string(known.condition)}});
    if (!found) return {};
    return {found->offer, found->state};
}

void ShelfWriter::insert_offer(const Change& change, const std::string& sku) {
    const OfferState& after = *change.after;
    tx_.run(kInsertOfferSql, {{"territory", target_.territory},
                              {"offer", change.offer},
                              {"shop", target_.shop},
                              {"product", change.product},
                              {"condition", to_string(change.condition)},
                              {"price", after.price},
                              {"stock", after.stock},
                              {"stock_source", to_string(after.stock_source)},
                              {"confirmed_at", after.confirmed_at},
                              {"sku", sku},
                              {"source", after.source},
                              {"import", after.import}});
}

void ShelfWriter::update_offer(const Change& change, const std::string& sku) {
    if (change.after && *change.after != *change.before)
        save_offer_state(tx_, target_.territory,
                         {.offer = change.offer, .state = *change.after, .sku = sku});
}

void ShelfWriter::remember(const Change& change) {
    const bool is_same = change.before == change.after;
    if ((is_same && change.text_before.empty()) || target_.terms.import.value == 0) return;
    const OfferState none;
    const OfferState& before = change.before ? *change.before : none;
    const OfferState& after = change.after ? *change.after : none;
    tx_.run(kRememberSql, {{"territory", target_.territory},
                           {"import", target_.terms.import},
                           {"product", change.product},
                           {"condition", to_string(change.condition)},
                           {"offer", is_same ? OfferId{} : change.offer},
                           {"is_new", !change.before && change.after},
                           {"price_before", before.price},
                           {"price_after", after.price},
                           {"standing_before", before.standing()},
                           {"standing_after", after.standing()},
                           {"stock_source", to_string(before.stock_source)},
                           {"confirmed_before", before.confirmed_at},
                           {"confirmed_after", after.confirmed_at},
                           {"withdrawn_before", before.withdrawn_at},
                           {"withdrawn_after", after.withdrawn_at},
                           {"source_before", before.source},
                           {"import_before", before.import},
                           {"text_before", change.text_before}});
}

// Columns of the index follow at once; what comes, goes or is called otherwise takes a new one.
void ShelfWriter::note(const Change& change) {
    const bool was_there = change.before && change.before->is_on_shelf();
    const bool is_there = change.after && change.after->is_on_shelf();
    if (was_there != is_there) told_products_.push_back(change.product);
    if (was_there && is_there && *change.before != *change.after)
        told_offers_.push_back({.id = change.offer,
                                .shop = target_.shop,
                                .product = change.product,
                                .condition = change.condition,
                                .price = change.after->price,
                                .stock = {.quantity = change.after->stock,
                                          .source = change.after->stock_source,
                                          .confirmed_at = change.after->confirmed_at}});
}

}  // namespace emplettes::catalogue
