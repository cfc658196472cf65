#include <algorithm>
#include <unordered_map>

#include "base/check.h"
#include "catalogue/news.h"
#include "catalogue/shelf/import_steps.h"
#include "catalogue/shelf/offer_states.h"
#include "catalogue/shelf/picture_link.h"
#include "catalogue/shelf/said_before.h"
#include "catalogue/told_prices.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kChangesSql = R"sql(
SELECT product_id, condition, offer_id, is_new, price_before, price_after, standing_before,
    standing_after, stock_source, confirmed_before, confirmed_after, withdrawn_before,
    withdrawn_after, source_before, import_before, text_before, prices_before
FROM import_change
WHERE territory_id = :territory AND import_id = :import AND state = 'done'
    AND product_id >= :from_product
ORDER BY product_id, condition LIMIT :most
)sql";
constexpr const char* kSettleSql = R"sql(
UPDATE import_change SET state = :state
{from rows} WHERE territory_id = :territory AND import_id = :import AND product_id = :product
    AND condition = :condition
)sql";

struct Change {
    ProductId product;
    std::string condition;
    OfferId offer;  // none: only its text changed
    bool is_new = false;
    OfferState before;
    Money price_after;
    std::int64_t standing_before = 0;
    std::int64_t standing_after = 0;
    Instant confirmed_after;
    Instant withdrawn_after;
    std::string text_before;
    std::string prices_before;
    bool is_left = false;        // somebody has changed it since
    bool is_told_later = false;  // by a later file: what it is called may rest on this one
};

std::vector<Change> load_changes(store::Tx& tx, TerritoryId territory, ShelfImportId import,
                                 ProductId from) {
    using Text = std::string;
    using Number = std::int64_t;
    std::vector<Change> changes;
    tx.each<ProductId, Text, OfferId, Number, Money, Money, Number, Number, Text, Instant, Instant,
            Instant, Instant, ShelfSourceId, ShelfImportId, Text, Text>(
        kChangesSql,
        {{"territory", territory},
         {"import", import},
         {"from_product", from},
         {"most", kRowsPerTransaction}},
        [&](ProductId product, Text condition, OfferId offer, Number is_new, Money price_before,
            Money price_after, Number standing_before, Number standing_after,
            const Text& stock_source, Instant confirmed_before, Instant confirmed_after,
            Instant withdrawn_before, Instant withdrawn_after, ShelfSourceId source_before,
            ShelfImportId import_before, Text text_before, Text prices_before) {
            const auto source = parse_stock_source(stock_source);
            check(source.has_value());
            changes.push_back({.product = product,
                               .condition = std::move(condition),
                               .offer = offer,
                               .is_new = is_new != 0,
                               .before = {.price = price_before,
                                          .stock_source = *source,
                                          .confirmed_at = confirmed_before,
                                          .withdrawn_at = withdrawn_before,
                                          .source = source_before,
                                          .import = import_before},
                               .price_after = price_after,
                               .standing_before = standing_before,
                               .standing_after = standing_after,
                               .confirmed_after = confirmed_after,
                               .withdrawn_after = withdrawn_after,
                               .text_before = std::move(text_before),
                               .prices_before = std::move(prices_before)});
        });
    return changes;
}

// Nobody has counted, priced or taken it off since; what was kept or collected is no such change,
// nor that its feed has said the same once more.
bool is_as_left(const OfferState& now, const Change& change, ShelfImportId import) {
    const bool is_same_count =
        now.confirmed_at == change.confirmed_after || now.stock_source == StockSource::feed;
    return now.import == import && now.price == change.price_after && is_same_count &&
           now.withdrawn_at == change.withdrawn_after;
}

// What was collected since is gone either way, what is kept stays kept.
OfferState as_before(const OfferState& now, const Change& change) {
    OfferState state = change.before;
    state.kept = now.kept;
    if (change.is_new) {
        state = now;
        state.stock = 0;
        // As of its count, not of this moment: nobody has taken it off, and the same file may come
        // again.
        state.withdrawn_at = change.confirmed_after;
        state.import = {};
        return state;
    }
    const std::int64_t collected = change.standing_after - now.standing();
    const std::int64_t standing = change.standing_before - collected;
    state.stock = state.is_on_shelf() ? std::max<std::int64_t>(standing - now.kept, 0) : 0;
    return state;
}

// Of one transaction.
class UndoneRows {
  public:
    UndoneRows(store::Tx& tx, const ShelfTarget& target) : tx_(tx), target_(target) {}

    void undo(std::span<Change> changes) {
        put_back_offers(changes);
        for (auto& round : rounds_of(changes, &Change::text_before)) put_back_texts(round);
        for (auto& round : rounds_of(changes, &Change::prices_before)) put_back_prices(round);
        store::Rows rows({{"territory", target_.territory}, {"import", target_.terms.import}});
        for (const Change& change : changes)
            rows.add({{"product", change.product},
                      {"condition", change.condition},
                      {"state", change.is_left ? "left" : "undone"}});
        tx_.run_rows(kSettleSql, rows);
    }

    void tell() {
        std::sort(products_.begin(), products_.end());
        products_.erase(std::unique(products_.begin(), products_.end()), products_.end());
        append_product_news(tx_, target_.territory, products_, target_.now);
        append_shelf_news(tx_, target_.territory, offers_, target_.now);
    }

  private:
    void put_back_offers(std::span<Change> changes) {
        std::vector<OfferId> ids;
        for (const Change& change : changes)
            if (change.offer.value != 0) ids.push_back(change.offer);
        const OfferStates states = load_offer_states(tx_, target_.territory, ids);
        std::vector<NamedState> back;
        for (Change& change : changes) {
            if (change.offer.value == 0) continue;
            const auto now = states.find(change.offer);
            change.is_left =
                now == states.end() || !is_as_left(now->second.state, change, target_.terms.import);
            if (change.is_left) {
                change.is_told_later = now != states.end() && now->second.state.import.value != 0 &&
                                       now->second.state.import != target_.terms.import;
                continue;
            }
            const OfferState state = as_before(now->second.state, change);
            back.push_back({.offer = change.offer, .state = state});
            note(change.offer, now->second, state);
        }
        save_offer_states(tx_, target_.territory, back);
    }

    void note(OfferId offer, const StandingOffer& now, const OfferState& state) {
        if (now.state.is_on_shelf() != state.is_on_shelf()) products_.push_back(now.product);
        offers_.push_back({.id = offer,
                           .shop = target_.shop,
                           .product = now.product,
                           .price = state.price,
                           .stock = {.quantity = state.stock,
                                     .source = state.stock_source,
                                     .confirmed_at = state.confirmed_at}});
    }

    // Those of which something is kept; in each part no product twice.
    static std::vector<std::vector<Change*>> rounds_of(std::span<Change> changes,
                                                       std::string Change::*kept) {
        std::vector<std::vector<Change*>> rounds;
        std::unordered_map<ProductId, std::size_t> had;
        for (Change& change : changes) {
            if ((change.*kept).empty()) continue;
            const std::size_t round = had[change.product]++;
            if (round == rounds.size()) rounds.emplace_back();
            rounds[round].push_back(&change);
        }
        return rounds;
    }

    void put_back_texts(std::span<Change* const> changes) {
        std::vector<ProductId> products;
        for (const Change* change : changes) products.push_back(change->product);
        const TextsByProduct texts = load_texts_of(tx_, target_.territory, products);
        std::vector<ProductText> forgotten;
        std::vector<TextTold> told;
        for (Change* change : changes) {
            ProductText text{.product = change->product,
                             .source = target_.text_source,
                             .shop = target_.shop,
                             .updated_at = target_.now};
            const ProductText* now = find_text(texts, text);
            if (now == nullptr || now->import != target_.terms.import || change->is_told_later) {
                change->is_left = true;
            } else if (change->text_before == kSaidNothing) {
                forgotten.push_back(std::move(text));
            } else {
                read_kept_text(change->text_before, text);
                told.push_back({.text = std::move(text)});
            }
        }
        for (const auto& changed : {forget_product_texts(tx_, target_.territory, forgotten),
                                    tell_of_products(tx_, target_.territory, told)})
            products_.insert(products_.end(), changed.begin(), changed.end());
    }

    // What the shop has told by a later file stands.
    void put_back_prices(std::span<Change* const> changes) {
        const PriceTeller teller{target_.territory, target_.shop};
        std::vector<ProductId> products;
        for (const Change* change : changes) products.push_back(change->product);
        const auto now = load_told_prices(tx_, teller, products);
        std::vector<ToldPrices> back;
        for (std::size_t i = 0; i < changes.size(); ++i)
            if (now[i].import == target_.terms.import)
                back.push_back(read_kept_prices(changes[i]->prices_before, changes[i]->product));
        save_told_prices(tx_, teller, back, target_.now);
    }

    store::Tx& tx_;
    const ShelfTarget& target_;
    std::vector<ProductId> products_;
    std::vector<Offer> offers_;
};

// Whether none are left.
bool forget_some_pictures(store::Tx& tx, const ShelfTarget& target) {
    const LinkTeller teller{target.territory, target.shop, target.terms.import};
    const auto forgotten = forget_pictures_of(tx, teller, kRowsPerTransaction, target.now);
    return forgotten < static_cast<std::int64_t>(kRowsPerTransaction);
}

struct UndoneSoFar {
    const ShelfImport& import;
    std::int64_t changes = 0;
    ProductId from;
};
struct UndoneNow {
    std::int64_t changes = 0;
    ProductId reached;
    bool is_last = false;
};
enum class UndoEnd { elsewhere };  // another one has gone on meanwhile, or ended it

// The next changes; nothing of them when the import is not as it was left.
Result<UndoneNow, UndoEnd> undo_some(store::Tx& tx, const ImportWork& work,
                                     const ShelfTarget& target, const UndoneSoFar& before) {
    const TerritoryId territory = work.territory.id;
    auto changes = load_changes(tx, territory, before.import.id, before.from);
    UndoneRows rows(tx, target);
    rows.undo(changes);
    rows.tell();
    const bool are_all = changes.size() < kRowsPerTransaction;
    const UndoneNow now{.changes = std::ssize(changes),
                        .reached = changes.empty() ? before.from : changes.back().product,
                        .is_last = are_all && forget_some_pictures(tx, target)};
    const bool is_mine =
        save_progress(tx, territory,
                      {.import = before.import.id,
                       .status = ImportStatus::undoing,
                       .next = now.is_last ? ImportStatus::undone : ImportStatus::undoing,
                       .rows_before = before.changes,
                       .rows_after = before.changes + now.changes,
                       .outcome = before.import.outcome,
                       .now = work.clock.now()});
    if (!is_mine) return UndoEnd::elsewhere;
    return now;
}

}  // namespace

void undo_import(const ImportWork& work, const ShelfImport& import) {
    const ShelfTarget target = target_of(work, import);
    std::int64_t done = import.rows_done;
    ProductId from;  // those before it are undone; after a crash it looks at all once more
    bool is_going_on = true;
    while (is_going_on && !work.is_stopping()) {
        const auto some = work.database.write([&](store::Tx& tx) {
            return undo_some(tx, work, target, {import, done, from});
        });
        if (!some) return;
        done += some->changes;
        from = some->reached;
        is_going_on = !some->is_last;
        work.on_progress(done, import.rows_total);
    }
}

}  // namespace emplettes::catalogue
