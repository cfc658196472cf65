#include "catalogue/shelf/shelf_writer.h"

#include <algorithm>
#include <unordered_map>

#include "base/check.h"
#include "catalogue/news.h"
#include "catalogue/picture.h"
#include "catalogue/shelf/lawful_price.h"
#include "catalogue/shelf/offer_states.h"
#include "catalogue/shelf/picture_link.h"
#include "catalogue/shelf/said_before.h"
#include "catalogue/told_prices.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kFindProductsSql = R"sql(
SELECT :place, product_id FROM {rows and} product
WHERE territory_id = :territory AND product_key = :key
)sql";
constexpr const char* kMakeProductsSql = R"sql(
INSERT INTO product (territory_id, product_id, product_key, gtin, title, maker, category,
    description, language, source, updated_at)
{values} :territory, :product, :key, :gtin, :title, :maker, :category, :description, :language,
    :source, :now {end}
ON CONFLICT (territory_id, product_key) DO NOTHING
RETURNING product_id
)sql";
constexpr const char* kFindProductSql =
    "SELECT product_id FROM product WHERE territory_id = :territory AND product_key = :key";
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
// What was before the import stays, whatever it does later.
constexpr const char* kRememberSql = R"sql(
INSERT INTO import_change (territory_id, import_id, product_id, condition, offer_id, is_new,
    price_before, price_after, standing_before, standing_after, stock_source, confirmed_before,
    confirmed_after, withdrawn_before, withdrawn_after, source_before, import_before, text_before,
    prices_before, state)
{values} :territory, :import, :product, :condition, :offer, :is_new, :price_before, :price_after,
    :standing_before, :standing_after, :stock_source, :confirmed_before, :confirmed_after,
    :withdrawn_before, :withdrawn_after, :source_before, :import_before, :text_before,
    :prices_before, 'done' {end}
ON CONFLICT (territory_id, import_id, product_id, condition) DO UPDATE SET
    offer_id = CASE WHEN excluded.offer_id = 0 THEN import_change.offer_id
        ELSE excluded.offer_id END,
    is_new = CASE WHEN import_change.offer_id = 0 THEN excluded.is_new
        ELSE import_change.is_new END,
    price_after = excluded.price_after, standing_after = excluded.standing_after,
    confirmed_after = excluded.confirmed_after, withdrawn_after = excluded.withdrawn_after,
    text_before = CASE WHEN import_change.text_before = '' THEN excluded.text_before
        ELSE import_change.text_before END,
    prices_before = CASE WHEN import_change.prices_before = '' THEN excluded.prices_before
        ELSE import_change.prices_before END
)sql";

// Of a row only what decides about the offer.
ShelfRow what_decides(const ShelfRow& row, std::optional<Money> lawful_price) {
    return {.condition = row.condition,
            .price = lawful_price,
            .quantity = row.quantity,
            .availability = row.availability,
            .counted_at = row.counted_at,
            .is_deleted = row.is_deleted};
}

// The rows with a product, so that each part has no product twice and of one product the rows keep
// their order.
template <typename Work>
std::vector<std::vector<Work*>> rounds_of(std::vector<Work>& works) {
    std::vector<std::vector<Work*>> rounds;
    std::unordered_map<ProductId, std::size_t> had;
    for (Work& work : works) {
        if (work.written.product.value == 0) {
            work.written.outcome = RowOutcome::not_understood;
            continue;
        }
        const std::size_t round = had[work.written.product]++;
        if (round == rounds.size()) rounds.emplace_back();
        rounds[round].push_back(&work);
    }
    return rounds;
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

std::vector<ProductId> find_products(store::Tx& tx, const ShelfTarget& target,
                                     std::span<const ShelfRow* const> rows) {
    std::vector<std::string> keys(rows.size());  // whose texts `places` only shows
    store::Rows places({{"territory", target.territory}});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        keys[i] = product_key(*rows[i], target.key_prefix);
        places.add({{"place", i}, {"key", keys[i]}});
    }
    std::vector<ProductId> found(rows.size());
    tx.each_of_rows<std::size_t, ProductId>(
        kFindProductsSql, places,
        [&](std::size_t place, ProductId product) { found.at(place) = product; });
    return found;
}

std::vector<WrittenRow> ShelfWriter::write(std::span<const GivenRow> rows) {
    std::vector<WrittenRow> written;
    while (!rows.empty()) {
        // What gains a GTIN wants to find what the rows before it have made.
        const auto gains = std::find_if(rows.begin() + 1, rows.end(), [](const GivenRow& given) {
            return given.known.gains_gtin;
        });
        const auto some = rows.first(static_cast<std::size_t>(gains - rows.begin()));
        const auto done = write_some(some);
        written.insert(written.end(), done.begin(), done.end());
        rows = rows.subspan(some.size());
    }
    return written;
}

std::vector<WrittenRow> ShelfWriter::write_some(std::span<const GivenRow> rows) {
    std::vector<Work> works(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& [row, known] = rows[i];
        works[i].row = &row;
        works[i].known = &known;
        works[i].condition = row.condition;
        works[i].written = {
            .product = known.product, .offer = known.offer, .text_hash = known.text_hash};
        if (!known.gains_gtin) continue;
        works[i].written.product = give_gtin(row, known.product);
        works[i].written.text_hash = 0;  // of another product, perhaps
    }
    find_or_make_products(works);
    for (auto& round : rounds_of(works)) write_round(round);
    std::vector<WrittenRow> written;
    for (const Work& work : works) written.push_back(work.written);
    return written;
}

std::vector<ProductId> ShelfWriter::write_products(std::span<const ShelfRow> rows) {
    std::vector<Work> works(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) works[i].row = &rows[i];
    find_or_make_products(works);
    for (auto& round : rounds_of(works)) {
        write_texts(round);
        write_publisher_prices(round);
    }
    std::vector<ProductId> written;
    for (const Work& work : works) written.push_back(work.written.product);
    return written;
}

std::int64_t ShelfWriter::take_off(std::span<const ShelfEntry* const> known) {
    std::vector<Work> works(known.size());
    std::vector<Work*> gone;
    for (std::size_t i = 0; i < known.size(); ++i) {
        works[i].known = known[i];
        works[i].condition = known[i]->condition;
        works[i].written.product = known[i]->product;
        gone.push_back(&works[i]);
    }
    load_known(gone);
    std::erase_if(gone, [&](Work* work) {
        if (work->before) work->after = offer_after_absence(*work->before, target_.terms);
        return !work->after;
    });
    save(gone);
    return std::ssize(gone);
}

void ShelfWriter::tell() {
    std::sort(told_products_.begin(), told_products_.end());
    told_products_.erase(std::unique(told_products_.begin(), told_products_.end()),
                         told_products_.end());
    append_product_news(tx_, target_.territory, told_products_, target_.now);
    append_shelf_news(tx_, target_.territory, told_offers_, target_.now);
}

// None where nobody knows it and neither its row nor one before it says what it is.
void ShelfWriter::find_or_make_products(std::span<Work> works) {
    const auto tried = make_products(works);
    std::vector<std::size_t> missing;
    std::vector<const ShelfRow*> rows;
    for (std::size_t i = 0; i < works.size(); ++i) {
        if (works[i].written.product.value != 0) continue;
        missing.push_back(i);
        rows.push_back(works[i].row);
    }
    const auto found = find_products(tx_, target_, rows);
    for (std::size_t i = 0; i < missing.size(); ++i) {
        const std::size_t maker = tried[missing[i]];
        const bool is_made_later = maker > missing[i] && works[maker].is_new;
        if (!is_made_later) works[missing[i]].written.product = found[i];
    }
}

// Of each thing the first row with a title makes the product, if nobody had it yet. The rows that
// tried, for each row with its thing: its own place when no row did.
std::vector<std::size_t> ShelfWriter::make_products(std::span<Work> works) {
    std::vector<std::string> keys(works.size());
    std::unordered_map<std::string_view, std::size_t> makers;
    std::unordered_map<ProductId, std::size_t> makers_of;
    store::Rows rows({{"territory", target_.territory},
                      {"source", to_string(target_.text_source)},
                      {"now", target_.now}});
    for (std::size_t i = 0; i < works.size(); ++i) {
        const ShelfRow& row = *works[i].row;
        if (works[i].written.product.value != 0) continue;
        keys[i] = product_key(row, target_.key_prefix);
        if (row.title.empty() || !makers.emplace(keys[i], i).second) continue;
        const auto id = ids_.next<ProductId>();
        makers_of.emplace(id, i);
        rows.add({{"product", id},
                  {"key", keys[i]},
                  {"gtin", row.gtin ? row.gtin->digits : 0},
                  {"title", row.title},
                  {"maker", row.maker},
                  {"category", row.category},
                  {"description", row.description},
                  {"language", row.language}});
    }
    tx_.each_of_rows<ProductId>(kMakeProductsSql, rows, [&](ProductId id) {
        Work& work = works[makers_of.at(id)];
        work.written.product = id;
        work.is_new = true;
    });
    std::vector<std::size_t> tried(works.size());
    for (std::size_t i = 0; i < works.size(); ++i) {
        const auto maker = makers.find(keys[i]);
        tried[i] = maker == makers.end() ? i : maker->second;
    }
    return tried;
}

// What the shop's own number named has a number of the world now: its product becomes everybody's,
// or its offer one of the product that has it already, the same offer for whoever has it kept.
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
    if (global == own) return own;  // a row before it
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

// Each of another product.
void ShelfWriter::write_round(Works works) {
    write_texts(works);
    write_publisher_prices(works);
    obey_the_law(works);
    load_before(works);
    decide(works);
    save(works);
    write_pictures(works);
}

// What the source said before, when it says something else now: as import_change keeps it.
void ShelfWriter::write_texts(Works works) {
    std::vector<std::pair<Work*, ProductText>> said;
    std::vector<ProductId> known;
    for (Work* work : works) {
        if (work->row->title.empty()) continue;
        ProductText text = text_of(*work->row, target_);
        text.product = work->written.product;
        const std::int64_t hash = hash_of(text);
        if (hash == std::exchange(work->written.text_hash, hash)) continue;
        if (!work->is_new) known.push_back(text.product);
        said.emplace_back(work, std::move(text));
    }
    const auto before = load_texts_of(tx_, target_.territory, known);
    std::vector<TextTold> told;
    for (auto& [work, text] : said) {
        const ProductText* its = find_text(before, text);
        if (its != nullptr && hash_of(*its) == work->written.text_hash) continue;
        work->text_before = its != nullptr ? kept_text(*its) : std::string(kSaidNothing);
        told.push_back({.text = std::move(text), .is_new = work->is_new});
    }
    const auto changed = tell_of_products(tx_, target_.territory, told);
    told_products_.insert(told_products_.end(), changed.begin(), changed.end());
}

// A shop's file tells that shop's word, a file of nobody's shop the trade's (told_prices.h). What
// is said again is the later file's: without the earlier one it still holds.
void ShelfWriter::write_publisher_prices(Works works) {
    std::vector<Work*> telling;
    std::vector<ProductId> products;
    std::vector<ToldPrices> said;
    for (Work* work : works) {
        auto prices = publisher_price_periods(work->row->publisher_prices);
        if (prices.empty()) continue;
        telling.push_back(work);
        products.push_back(work->written.product);
        said.push_back({work->written.product, std::move(prices), target_.terms.import});
    }
    const PriceTeller teller{target_.territory, target_.shop};
    const auto before = load_told_prices(tx_, teller, products);
    std::vector<ToldPrices> changed;
    for (std::size_t i = 0; i < said.size(); ++i) {
        if (said[i] == before[i]) continue;
        telling[i]->prices_before = kept_prices(before[i]);
        changed.push_back(std::move(said[i]));
    }
    save_told_prices(tx_, teller, changed, target_.now);
}

// Without prices that may not be asked.
void ShelfWriter::obey_the_law(Works works) {
    std::vector<PricedRow> rows;
    for (const Work* work : works) rows.push_back({*work->row, work->written.product});
    const PriceFaults faults = refuse_prices(tx_, target_, rows);
    for (std::size_t i = 0; i < works.size(); ++i)
        if (!faults[i]) works[i]->lawful_price = works[i]->row->price;
}

void ShelfWriter::load_before(Works works) {
    std::vector<Work*> known;
    std::vector<Work*> others;
    for (Work* work : works) {
        if (work->is_new) continue;
        (work->known->has_offer() ? known : others).push_back(work);
    }
    load_known(known);
    load_others(others);
}

void ShelfWriter::load_known(Works works) {
    std::vector<OfferId> ids;
    for (const Work* work : works) ids.push_back(work->known->offer);
    const OfferStates states = load_offer_states(tx_, target_.territory, ids);
    for (Work* work : works) {
        const auto found = states.find(work->known->offer);
        if (found == states.end()) continue;
        work->offer = found->first;
        work->before = found->second.state;
    }
}

void ShelfWriter::load_others(Works works) {
    std::vector<ShopThing> things;
    for (const Work* work : works)
        things.push_back({work->written.product, work->known->condition});
    const auto states = load_states_of(tx_, target_.territory, target_.shop, things);
    for (std::size_t i = 0; i < works.size(); ++i) {
        if (states[i].offer.value == 0) continue;
        works[i]->offer = states[i].offer;
        works[i]->before = states[i].state;
    }
}

void ShelfWriter::decide(Works works) {
    for (Work* work : works) {
        work->after =
            offer_after(what_decides(*work->row, work->lawful_price), work->before, target_.terms);
        if (!work->before && work->after) work->offer = ids_.next<OfferId>();
        work->written.offer = work->offer;
        work->written.outcome = outcome_of(work->before, work->after);
        if (work->written.outcome == RowOutcome::unchanged && !work->text_before.empty())
            work->written.outcome = RowOutcome::changed;
    }
}

void ShelfWriter::save(Works works) {
    std::vector<NewOffer> made;
    std::vector<NamedState> changed;
    for (const Work* work : works) {
        if (!work->after || work->before == work->after) continue;
        const NamedState named{.offer = work->offer,
                               .state = *work->after,
                               .sku = work->row != nullptr ? work->row->sku : std::string_view()};
        if (work->before)
            changed.push_back(named);
        else
            made.push_back({.thing = {work->written.product, work->condition}, .named = named});
    }
    insert_offers(tx_, target_.territory, target_.shop, made);
    save_offer_states(tx_, target_.territory, changed);
    remember(works);
    for (const Work* work : works) note(*work);
}

// Of what stands on the shelf of a shop, the front.
void ShelfWriter::write_pictures(Works works) {
    if (target_.shop.value == 0) return;
    std::vector<ToldLink> links;
    for (const Work* work : works) {
        const bool is_there = work->after && work->after->is_on_shelf();
        if (is_there && !work->row->pictures.empty())
            links.push_back({work->written.product, work->row->pictures.front()});
    }
    tell_of_pictures(tx_, {target_.territory, target_.shop, target_.terms.import}, links,
                     target_.now);
}

void ShelfWriter::remember(Works works) {
    if (target_.terms.import.value == 0) return;
    store::Rows rows({{"territory", target_.territory}, {"import", target_.terms.import}});
    for (const Work* work : works) {
        const bool is_same = work->before == work->after;
        if (is_same && work->text_before.empty() && work->prices_before.empty()) continue;
        const OfferState before = work->before.value_or(OfferState{});
        const OfferState after = work->after.value_or(OfferState{});
        rows.add({{"product", work->written.product},
                  {"condition", to_string(work->condition)},
                  {"offer", is_same ? OfferId{} : work->offer},
                  {"is_new", !work->before && work->after},
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
                  {"text_before", work->text_before},
                  {"prices_before", work->prices_before}});
    }
    tx_.run_rows(kRememberSql, rows);
}

// Columns of the index follow at once; what comes, goes or is called otherwise takes a new one.
void ShelfWriter::note(const Work& work) {
    const bool was_there = work.before && work.before->is_on_shelf();
    const bool is_there = work.after && work.after->is_on_shelf();
    if (was_there != is_there) told_products_.push_back(work.written.product);
    if (was_there && is_there && *work.before != *work.after)
        told_offers_.push_back({.id = work.offer,
                                .shop = target_.shop,
                                .product = work.written.product,
                                .condition = work.condition,
                                .price = work.after->price,
                                .stock = {.quantity = work.after->stock,
                                          .source = work.after->stock_source,
                                          .confirmed_at = work.after->confirmed_at}});
}

}  // namespace emplettes::catalogue
