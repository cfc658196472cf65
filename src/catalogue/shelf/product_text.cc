#include "catalogue/shelf/product_text.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/check.h"
#include "catalogue/offer.h"

namespace emplettes::catalogue {
namespace {

constexpr std::array<std::string_view, 5> kTextSources{"onix", "google", "file", "hand", "demo"};

constexpr const char* kTextsSql = R"sql(
SELECT product_id, source, shop_id, title, maker, category, description, language, picture_url,
    import_id, first_at, updated_at
FROM {rows and} product_text WHERE territory_id = :territory AND product_id = :product
)sql";
constexpr const char* kSaveTextsSql = R"sql(
INSERT INTO product_text (territory_id, product_id, source, shop_id, title, maker, category,
    description, language, picture_url, text_hash, import_id, first_at, updated_at)
{values} :territory, :product, :source, :shop, :title, :maker, :category, :description, :language,
    :picture_url, :text_hash, :import, :now, :now {end}
ON CONFLICT (territory_id, product_id, source, shop_id) DO UPDATE SET title = excluded.title,
    maker = excluded.maker, category = excluded.category, description = excluded.description,
    language = excluded.language, picture_url = excluded.picture_url,
    text_hash = excluded.text_hash, import_id = excluded.import_id, updated_at = excluded.updated_at
)sql";
constexpr const char* kForgetTextsSql = R"sql(
DELETE FROM product_text WHERE (territory_id, product_id, source, shop_id)
    IN (SELECT :territory, :product, :source, :shop {from rows})
)sql";
// What products were called before anything was written down of their sources.
constexpr const char* kKeepOldTextsSql = R"sql(
INSERT INTO product_text (territory_id, product_id, source, shop_id, title, maker, category,
    description, language, picture_url, text_hash, import_id, first_at, updated_at)
SELECT territory_id, product_id,
    CASE WHEN source IN ('hand', 'demo') THEN source ELSE 'file' END, 0, title, maker, category,
    description, language, '', 0, 0, updated_at, updated_at
FROM {rows and} product
WHERE territory_id = :territory AND product_id = :product AND NOT EXISTS (SELECT 1 FROM product_text
    WHERE territory_id = :territory AND product_id = :product)
)sql";
constexpr const char* kChoicesSql = R"sql(
SELECT product_id, shop_id, source, by_shop_id
FROM {rows and} product_choice WHERE territory_id = :territory AND product_id = :product
ORDER BY shop_id
)sql";
constexpr const char* kChooseSql = R"sql(
INSERT INTO product_choice (territory_id, product_id, shop_id, source, by_shop_id, chosen_at)
VALUES (:territory, :product, :shop, :source, :by, :now)
ON CONFLICT (territory_id, product_id, shop_id) DO UPDATE SET source = excluded.source,
    by_shop_id = excluded.by_shop_id, chosen_at = excluded.chosen_at
)sql";
constexpr const char* kDropChoiceSql = R"sql(
DELETE FROM product_choice WHERE territory_id = :territory AND product_id = :product
    AND shop_id = :shop
)sql";
constexpr const char* kSaveBestSql = R"sql(
UPDATE product SET title = :title, maker = :maker, category = :category,
    description = :description, language = :language, source = :source, updated_at = :updated_at
{from rows}
WHERE territory_id = :territory AND product_id = :product
    AND (title, maker, category, description, language)
        <> (:title, :maker, :category, :description, :language)
RETURNING product_id
)sql";

// The most trusted first.
enum class Trust { publisher, brand, shop, counter, demo };
Trust trust_in(const ProductText& text) {
    const bool is_reference = text.shop == ShopId{};
    switch (text.source) {
        case TextSource::onix: return is_reference ? Trust::publisher : Trust::shop;
        case TextSource::google: return is_reference ? Trust::brand : Trust::shop;
        case TextSource::file: return Trust::shop;
        case TextSource::hand: return Trust::counter;
        case TextSource::demo: return Trust::demo;
    }
    return Trust::demo;
}

bool is_better(const ProductText& a, const ProductText& b) {
    return std::tuple(trust_in(a), a.first_at, a.shop, a.source) <
           std::tuple(trust_in(b), b.first_at, b.shop, b.source);
}

// What shops say in one field: each with its own words, or with those that it has taken.
class Voices {
  public:
    Voices(const std::vector<ProductText>& texts, const std::vector<TextChoice>& choices,
           std::string ProductText::*field) {
        std::set<ShopId> choosers;
        for (const TextChoice& choice : choices) {
            const auto taken = std::find_if(texts.begin(), texts.end(), [&](const auto& text) {
                return text.source == choice.source && text.shop == choice.by;
            });
            if (taken == texts.end() || ((*taken).*field).empty()) continue;
            choosers.insert(choice.shop);
            voices_[(*taken).*field].insert(choice.shop);
        }
        for (const ProductText& text : texts)
            if (!choosers.contains(text.shop)) voices_[text.*field].insert(text.shop);
    }

    // How many say it.
    std::size_t of(const std::string& words) const {
        const auto found = voices_.find(words);
        return found == voices_.end() ? 0 : found->second.size();
    }

  private:
    std::map<std::string, std::set<ShopId>> voices_;
};

// Of texts in the order of is_better; none when nobody says anything.
const ProductText* best_in(const std::vector<ProductText>& texts, const Voices& voices,
                           std::string ProductText::*field) {
    const ProductText* best = nullptr;
    for (const ProductText& text : texts) {
        if ((text.*field).empty()) continue;
        if (!best ||
            (trust_in(text) == trust_in(*best) && voices.of(text.*field) > voices.of(best->*field)))
            best = &text;
    }
    return best;
}

using ChoicesByProduct = std::unordered_map<ProductId, std::vector<TextChoice>>;

ChoicesByProduct load_choices_of(store::Tx& tx, TerritoryId territory,
                                 std::span<const ProductId> products) {
    store::Rows rows({{"territory", territory}});
    for (const ProductId product : products) rows.add({{"product", product}});
    ChoicesByProduct choices;
    tx.each_of_rows<ProductId, ShopId, std::string, ShopId>(
        kChoicesSql, rows,
        [&](ProductId product, ShopId shop, const std::string& source, ShopId by) {
            const auto known = parse_text_source(source);
            check(known.has_value());
            choices[product].push_back({.shop = shop, .source = *known, .by = by});
        });
    return choices;
}

void save_texts(store::Tx& tx, TerritoryId territory, std::span<const TextTold> told) {
    store::Rows rows({{"territory", territory}});
    for (const auto& [text, is_new] : told)
        rows.add({{"product", text.product},
                  {"source", to_string(text.source)},
                  {"shop", text.shop},
                  {"title", text.title},
                  {"maker", text.maker},
                  {"category", text.category},
                  {"description", text.description},
                  {"language", text.language},
                  {"picture_url", text.picture_url},
                  {"text_hash", hash_of(text)},
                  {"import", text.import},
                  {"now", text.updated_at}});
    tx.run_rows(kSaveTextsSql, rows);
}

void keep_old_texts(store::Tx& tx, TerritoryId territory, std::span<const ProductId> products) {
    store::Rows rows({{"territory", territory}});
    for (const ProductId product : products) rows.add({{"product", product}});
    tx.run_rows(kKeepOldTextsSql, rows);
}

// Those that changed. A product that nobody says anything of keeps what it is called.
std::vector<ProductId> save_best(store::Tx& tx, TerritoryId territory,
                                 std::span<const ProductId> products, Instant now) {
    std::vector<ProductText> bests;
    auto choices = load_choices_of(tx, territory, products);
    for (auto& [product, texts] : load_texts_of(tx, territory, products)) {
        bests.push_back(best_of(std::move(texts), choices[product]));
        if (bests.back().title.empty()) bests.pop_back();
    }
    store::Rows rows({{"territory", territory}, {"updated_at", now}});
    for (const ProductText& best : bests)
        rows.add({{"product", best.product},
                  {"title", best.title},
                  {"maker", best.maker},
                  {"category", best.category},
                  {"description", best.description},
                  {"language", best.language},
                  {"source", to_string(best.source)}});
    std::vector<ProductId> changed;
    tx.each_of_rows<ProductId>(kSaveBestSql, rows,
                               [&](ProductId product) { changed.push_back(product); });
    return changed;
}

}  // namespace

std::string_view to_string(TextSource source) {
    return kTextSources.at(static_cast<std::size_t>(source));
}

std::optional<TextSource> parse_text_source(std::string_view word) {
    const auto found = std::find(kTextSources.begin(), kTextSources.end(), word);
    if (found == kTextSources.end()) return std::nullopt;
    return static_cast<TextSource>(found - kTextSources.begin());
}

std::int64_t hash_of(const ProductText& text) {
    std::uint64_t hash = 0;
    for (const std::string* part : {&text.title, &text.maker, &text.category, &text.description,
                                    &text.language, &text.picture_url})
        hash = XXH3_64bits_withSeed(part->data(), part->size(), hash + part->size() + 1);
    return static_cast<std::int64_t>(hash | 1);
}

ProductText best_of(std::vector<ProductText> texts, const std::vector<TextChoice>& choices) {
    std::sort(texts.begin(), texts.end(), is_better);
    ProductText best;
    const auto take = [&](std::string ProductText::*field) {
        const ProductText* found = best_in(texts, Voices(texts, choices, field), field);
        if (found) best.*field = found->*field;
        return found;
    };
    for (const auto field : {&ProductText::maker, &ProductText::category, &ProductText::description,
                             &ProductText::picture_url})
        take(field);
    if (const ProductText* titled = take(&ProductText::title)) {
        best.product = titled->product;
        best.source = titled->source;
        best.shop = titled->shop;
        best.first_at = titled->first_at;
        best.updated_at = titled->updated_at;
        best.language = titled->language;  // of the title, not of somebody else's text
    }
    if (best.language.empty()) take(&ProductText::language);
    return best;
}

TextsByProduct load_texts_of(store::Tx& tx, TerritoryId territory,
                             std::span<const ProductId> products) {
    using Text = std::string;
    store::Rows rows({{"territory", territory}});
    for (const ProductId product : products) rows.add({{"product", product}});
    TextsByProduct texts;
    tx.each_of_rows<ProductId, Text, ShopId, Text, Text, Text, Text, Text, Text, ShelfImportId,
                    Instant, Instant>(
        kTextsSql, rows,
        [&](ProductId product, const Text& source, ShopId shop, Text title, Text maker,
            Text category, Text description, Text language, Text picture, ShelfImportId import,
            Instant first_at, Instant updated_at) {
            const auto known = parse_text_source(source);
            check(known.has_value());
            texts[product].push_back({.product = product,
                                      .source = *known,
                                      .shop = shop,
                                      .title = std::move(title),
                                      .maker = std::move(maker),
                                      .category = std::move(category),
                                      .description = std::move(description),
                                      .language = std::move(language),
                                      .picture_url = std::move(picture),
                                      .import = import,
                                      .first_at = first_at,
                                      .updated_at = updated_at});
        });
    return texts;
}

const ProductText* find_text(const TextsByProduct& texts, const ProductText& of) {
    const auto found = texts.find(of.product);
    if (found == texts.end()) return nullptr;
    for (const ProductText& text : found->second)
        if (text.source == of.source && text.shop == of.shop) return &text;
    return nullptr;
}

std::vector<ProductText> load_product_texts(store::Tx& tx, TerritoryId territory,
                                            ProductId product) {
    return std::move(load_texts_of(tx, territory, {&product, 1})[product]);
}

std::vector<TextChoice> load_text_choices(store::Tx& tx, TerritoryId territory, ProductId product) {
    return std::move(load_choices_of(tx, territory, {&product, 1})[product]);
}

bool choose_text(store::Tx& tx, TerritoryId territory, ProductId product, const TextChoice& choice,
                 Instant now) {
    keep_old_texts(tx, territory, {&product, 1});
    tx.run(kChooseSql, {{"territory", territory},
                        {"product", product},
                        {"shop", choice.shop},
                        {"source", to_string(choice.source)},
                        {"by", choice.by},
                        {"now", now}});
    return !save_best(tx, territory, {&product, 1}, now).empty();
}

bool drop_text_choice(store::Tx& tx, TerritoryId territory, ProductId product, ShopId shop,
                      Instant now) {
    tx.run(kDropChoiceSql, {{"territory", territory}, {"product", product}, {"shop", shop}});
    return !save_best(tx, territory, {&product, 1}, now).empty();
}

std::vector<ProductId> tell_of_products(store::Tx& tx, TerritoryId territory,
                                        std::span<const TextTold> told) {
    std::vector<ProductId> changed;
    std::vector<ProductId> known;
    for (const auto& [text, is_new] : told) (is_new ? changed : known).push_back(text.product);
    keep_old_texts(tx, territory, known);
    save_texts(tx, territory, told);
    if (known.empty()) return changed;
    const auto renamed = save_best(tx, territory, known, told.front().text.updated_at);
    changed.insert(changed.end(), renamed.begin(), renamed.end());
    return changed;
}

bool tell_of_product(store::Tx& tx, TerritoryId territory, const TextTold& told) {
    return !tell_of_products(tx, territory, {&told, 1}).empty();
}

std::vector<ProductId> forget_product_texts(store::Tx& tx, TerritoryId territory,
                                            std::span<const ProductText> texts) {
    if (texts.empty()) return {};
    std::vector<ProductId> products;
    store::Rows rows({{"territory", territory}});
    for (const ProductText& text : texts) {
        products.push_back(text.product);
        rows.add(
            {{"product", text.product}, {"source", to_string(text.source)}, {"shop", text.shop}});
    }
    tx.run_rows(kForgetTextsSql, rows);
    return save_best(tx, territory, products, texts.front().updated_at);
}

}  // namespace emplettes::catalogue
