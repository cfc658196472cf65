#include "catalogue/shelf/shelf_index.h"

#include <xxhash.h>

#include "base/check.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kSlotsPerName = 2;  // at least
constexpr std::uint64_t kIsOwnNumber = std::uint64_t{1} << 63;

constexpr const char* kShelfSql = R"sql(
SELECT offer.offer_id, offer.product_id, condition, price_cents, stock, kept, stock_source,
    stock_confirmed_at, withdrawn_at, source_id, offer.import_id, priced_at, gtin, sku, product_key,
    COALESCE(text_hash, 0)
FROM offer
JOIN product ON product.territory_id = offer.territory_id
    AND product.product_id = offer.product_id
LEFT JOIN product_text ON product_text.territory_id = offer.territory_id
    AND product_text.product_id = offer.product_id AND product_text.source = :text_source
    AND product_text.shop_id = offer.shop_id
WHERE offer.territory_id = :territory AND offer.shop_id = :shop
    AND (offer.product_id, condition) > (:after_product, :after_condition)
ORDER BY offer.product_id, condition LIMIT :most
)sql";
// At a time: PostgreSQL's library keeps the whole of an answer in memory, which of a million offers
// is more than all else together.
constexpr std::int64_t kOffersAtOnce = 10'000;

template <typename T>
T known_word(const std::optional<T>& value) {
    check(value.has_value());
    return *value;
}

// Of offers that were made before they remembered it.
std::string_view own_number(std::string_view sku, std::string_view key, std::string_view prefix) {
    if (!sku.empty()) return sku;
    return key.starts_with(prefix) ? key.substr(prefix.size()) : std::string_view();
}

}  // namespace

std::string own_prefix(ShopId shop) { return "shop/" + std::to_string(shop.value) + "/"; }

std::string product_key(const ShelfRow& row, std::string_view own_prefix) {
    return row.gtin ? "gtin:" + row.gtin->text() : std::string(own_prefix) + row.sku;
}

ShelfIndex ShelfIndex::load(store::Tx& tx, const Of& of) {
    ShelfIndex index;
    Place place;
    while (index.add_some(tx, of, place) == kOffersAtOnce) {
    }
    return index;
}

// The next offers after a place in the order of products; how many.
std::int64_t ShelfIndex::add_some(store::Tx& tx, const Of& of, Place& place) {
    using Text = std::string;
    const std::string prefix = own_prefix(of.shop);
    const Place after = place;
    std::int64_t added = 0;
    tx.each<OfferId, ProductId, Text, Money, std::int64_t, std::int64_t, Text, Instant, Instant,
            ShelfSourceId, ShelfImportId, Instant, std::int64_t, Text, Text, std::int64_t>(
        kShelfSql,
        {{"territory", of.territory},
         {"shop", of.shop},
         {"text_source", to_string(of.text_source)},
         {"after_product", after.product},
         {"after_condition", after.condition},
         {"most", kOffersAtOnce}},
        [&](OfferId offer, ProductId product, const Text& condition, Money price,
            std::int64_t stock, std::int64_t kept, const Text& stock_source, Instant confirmed_at,
            Instant withdrawn_at, ShelfSourceId source, ShelfImportId import, Instant priced_at,
            std::int64_t gtin, const Text& sku, const Text& key, std::int64_t text_hash) {
            const auto number = static_cast<Number>(entries_.size());
            const Condition its = known_word(parse_condition(condition));
            entries_.push_back(
                {.offer = offer,
                 .product = product,
                 .text_hash = text_hash,
                 .state = {.price = price,
                           .stock = stock,
                           .kept = kept,
                           .stock_source = known_word(parse_stock_source(stock_source)),
                           .confirmed_at = confirmed_at,
                           .withdrawn_at = withdrawn_at,
                           .source = source,
                           .import = import,
                           .priced_at = priced_at},
                 .condition = its,
                 .gtin = Gtin{gtin}});
            if (gtin != 0) name(key_of(Gtin{gtin}, its), number);
            const std::string_view own = own_number(sku, key, prefix);
            if (!own.empty()) name(key_of(own, its), number);
            place = {product, condition};
            ++added;
        });
    return added;
}

std::optional<ShelfIndex::Number> ShelfIndex::find(const ShelfRow& row) const {
    const Number own = row.sku.empty() ? kNone : named(key_of(row.sku, row.condition));
    const auto found = [](Number number) {
        return number == kNone ? std::nullopt : std::optional(number);
    };
    if (!row.gtin) return found(own);
    const Number global = named(key_of(*row.gtin, row.condition));
    if (global != kNone || own == kNone || entries_[own].gtin != Gtin{}) return found(global);
    return own;
}

void ShelfIndex::join(Number number, ShelfRow& row) {
    ShelfEntry& entry = entries_[number];
    if (!row.gtin) {
        const bool is_news = entry.gains_gtin || !entry.has_offer();
        if (is_news && entry.gtin != Gtin{}) row.gtin = entry.gtin;
        return;
    }
    if (entry.gtin != Gtin{}) return;
    entry.gtin = *row.gtin;
    entry.gains_gtin = true;
    name(key_of(*row.gtin, row.condition), number);
}

ShelfIndex::Number ShelfIndex::add(const ShelfRow& row) {
    const auto number = static_cast<Number>(entries_.size());
    entries_.push_back({.condition = row.condition, .gtin = row.gtin.value_or(Gtin{})});
    if (row.gtin) name(key_of(*row.gtin, row.condition), number);
    if (!row.sku.empty()) name(key_of(row.sku, row.condition), number);
    return number;
}

ShelfIndex::Key ShelfIndex::key_of(Gtin gtin, Condition condition) {
    return static_cast<Key>(gtin.digits) << 2U | static_cast<Key>(condition);
}

ShelfIndex::Key ShelfIndex::key_of(std::string_view sku, Condition condition) {
    return XXH3_64bits_withSeed(sku.data(), sku.size(), static_cast<Key>(condition)) | kIsOwnNumber;
}

std::size_t ShelfIndex::slot_of(Key key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = XXH3_64bits(&key, sizeof key) & mask;
    while (slots_[at].number != kNone && slots_[at].key != key) at = (at + 1) & mask;
    return at;
}

ShelfIndex::Number ShelfIndex::named(Key key) const { return slots_[slot_of(key)].number; }

void ShelfIndex::name(Key key, Number number) {
    Slot& slot = slots_[slot_of(key)];
    if (slot.number != kNone) return;
    slot = {key, number};
    if (++names_ * kSlotsPerName > slots_.size()) grow();
}

void ShelfIndex::grow() {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
    for (const Slot& slot : old)
        if (slot.number != kNone) slots_[slot_of(slot.key)] = slot;
}

}  // namespace emplettes::catalogue
