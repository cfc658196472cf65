#include "search/oracle.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "base/text.h"
#include "search/fold.h"
#include "search/place_tree.h"
#include "search/plural.h"
#include "search/ranking.h"
#include "search/typos.h"

namespace emplettes::search {
namespace {

bool is_below(std::string_view key, std::string_view asked) {
    if (asked.empty() || key == asked) return true;
    return key.starts_with(asked) && key[asked.size()] == '.';
}

// Field by field; the names of categories are in all languages.
std::vector<std::pair<Field, std::vector<Token>>> tokens_of(const ProductText& product) {
    Analyzer analyzer;
    const TextOf text_of = text_in(product.language);
    return {{Field::title, analyzer.analyze(product.title, text_of)},
            {Field::maker, analyzer.analyze(product.maker, text_of)},
            {Field::category, analyzer.analyze(product.category_name, TextOf::catalogue)},
            {Field::description, analyzer.analyze(product.description, text_of)}};
}

bool has_beginning(const std::set<std::string>& forms, const std::string& prefix) {
    return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
        return form.starts_with(prefix) && !is_function_word(form);
    });
}

bool is_in(const std::vector<ProductId>& products, ProductId product) {
    return std::find(products.begin(), products.end(), product) != products.end();
}

bool is_same(const std::string& a, const std::string& b) { return fold(a) == fold(b); }

// Of the values of a facet one will do; none chosen: all.
template <typename Value, typename Is>
bool is_chosen(const std::vector<Value>& chosen, Is&& is) {
    return chosen.empty() || std::any_of(chosen.begin(), chosen.end(), is);
}

bool is_asked_for(const Query& query, const ProductText& product) {
    return is_chosen(query.categories,
                     [&](const std::string& key) { return is_below(product.category, key); }) &&
           is_chosen(query.makers,
                     [&](const std::string& name) { return is_same(name, product.maker); });
}

}  // namespace

Oracle::Oracle(Catalogue catalogue, const Catalogue& formerly) : catalogue_(std::move(catalogue)) {
    std::vector<geo::Point> points;
    points.reserve(catalogue_.shops.size());
    for (const ShopPlace& shop : catalogue_.shops) points.push_back(shop.position);
    plane_ = PlaceTree(points).plane();
    for (const ShopPlace& shop : catalogue_.shops) shops_[shop.id] = &shop;
    for (OfferRow& offer : catalogue_.offers) offers_.emplace(offer.product, &offer);
    for (const ProductText& product : catalogue_.products) words_[product.id] = read(product);
    know_words(catalogue_);
    know_words(formerly);
}

void Oracle::know_words(const Catalogue& catalogue) {
    for (const ProductText& product : catalogue.products) {
        for (const auto& [field, tokens] : tokens_of(product)) {
            for (const Token& token : tokens) {
                const std::string name = without_plural(token.word);
                class_words_[name].insert({token.word, name});
            }
        }
    }
}

Oracle::Words Oracle::read(const ProductText& product) const {
    Words words;
    for (const auto& [field, tokens] : tokens_of(product)) {
        std::vector<std::uint32_t> numbers;
        number_telling_words(tokens, numbers);
        if (field == Field::title)
            words.title_words = static_cast<int>(std::min(numbers.back(), 255U));
        for (const Token& token : tokens) {
            const std::string name = without_plural(token.word);
            const Impact impact = make_impact({.field = field,
                                               .position = numbers[token.position],
                                               .is_base_form = name == token.word});
            const auto [known, is_new] = words.classes.try_emplace(name, impact);
            if (!is_new) known->second = best_place(known->second, impact);
        }
    }
    return words;
}

// The one with fewer typos, then the heavier one, then the one that stands first.
void Oracle::take_better(Had& had, const Had& other) {
    const auto key = [](const Had& h) {
        return std::tuple(h.weight == 0, h.typos, -h.weight, h.title_position);
    };
    if (key(other) < key(had)) had = other;
}

std::int64_t Oracle::products_with_class(const std::string& name) const {
    return std::count_if(words_.begin(), words_.end(), [&](const auto& product) {
        const auto found = product.second.classes.find(name);
        return found != product.second.classes.end() && is_head(found->second);
    });
}

// By their title or maker.
std::int64_t Oracle::products_named(const std::string& name) const {
    return std::count_if(words_.begin(), words_.end(), [&](const auto& product) {
        const auto found = product.second.classes.find(name);
        return found != product.second.classes.end() && is_name(found->second);
    });
}

std::int64_t Oracle::products_with(const Spelling& asked) const {
    if (!asked.is_prefix) return products_with_class(without_plural(asked.word));
    std::int64_t products = 0;
    for (const auto& [name, forms] : class_words_) {
        if (has_beginning(forms, asked.word)) products += products_with_class(name);
    }
    return products;
}

Oracle::Corrections Oracle::corrections(const Spelling& asked, bool forgives_all_words) const {
    Corrections found;
    const int most = typos_forgiven(asked.word);
    const auto products = products_with(asked);
    const auto rare = static_cast<std::int64_t>(kRanking.rare_word_products_max);
    if (most == 0 || (!forgives_all_words && products > rare)) return found;
    const auto factor = static_cast<std::int64_t>(kRanking.far_more_products);
    const std::int64_t products_min = forgives_all_words ? products : products * factor;
    found.in_names_only = products_min > 0;
    const auto keep_least = [](auto& classes, const std::string& name, const Typos& typos) {
        Typos& least = classes.try_emplace(name, typos).first->second;
        least = std::min(least, typos);
    };
    for (const auto& [name, forms] : class_words_) {
        if (name == without_plural(asked.word)) continue;
        for (const std::string& form : forms) {
            const bool is_letters =
                std::all_of(form.begin(), form.end(), [](char c) { return c >= 'a' && c <= 'z'; });
            if (!is_letters) continue;
            const bool is_unlikely = is_unlikely_typo(asked.word, form);
            const int typos = typos_between(asked.word, form, most);
            if (typos > 0 && typos <= most && products_named(name) >= products_min)
                keep_least(found.words, name, {typos, is_unlikely});
            const int to_beginning = typos_to_beginning(asked.word, form, most);
            if (asked.is_prefix && products_min == 0 && to_beginning > 0 && to_beginning <= most)
                keep_least(found.beginnings, name, {to_beginning, is_unlikely});
        }
    }
    return found;
}

// Where a title has the second word right behind the first.
void Oracle::take_pair(Had& had, const Words& words, const std::string& first,
                       const std::string& second, const ImpactWeights& weights) const {
    const auto left = words.classes.find(without_plural(first));
    const auto right = words.classes.find(without_plural(second));
    if (left == words.classes.end() || right == words.classes.end()) return;
    const std::uint32_t position = title_position(left->second);
    const std::uint32_t next = title_position(right->second);
    if (next >= kTitlePositionMax || position + 1 != next) return;
    take_better(had, {weights[left->second], 0, position});
}

void Oracle::take_synonym(Had& had, const Words& words, const std::string& name) const {
    const std::size_t space = name.find(' ');
    if (space != std::string::npos)
        return take_pair(had, words, name.substr(0, space), name.substr(space + 1),
                         kSynonymWeights);
    const auto found = words.classes.find(without_plural(name));
    if (found != words.classes.end() && is_head(found->second))
        take_better(had, {kSynonymWeights[found->second], 0, title_position(found->second)});
}

Oracle::Had Oracle::exact_had(const Words& words, const QueryWord& asked) const {
    Had had;
    for (const Spelling& spelling : asked.spellings) {
        if (spelling.is_synonym) {
            take_synonym(had, words, spelling.word);
            continue;
        }
        const auto found = words.classes.find(without_plural(spelling.word));
        const bool is_beginning = spelling.is_prefix && is_function_word(spelling.word);
        if (found != words.classes.end() && !is_beginning) {
            const bool is_base = without_plural(spelling.word) == spelling.word;
            take_better(had, {(is_base ? kBaseFormWeights : kOtherFormWeights)[found->second], 0,
                              title_position(found->second)});
        }
        if (!spelling.is_prefix) continue;
        for (const auto& [name, impact] : words.classes) {
            if (has_beginning(class_words_.at(name), spelling.word) && is_head(impact))
                take_better(had, {kPrefixWeights[impact], 0, title_position(impact)});
        }
    }
    const std::string& word = asked.spellings[0].word;
    for (std::size_t at = 1; at < word.size(); ++at) {
        if (may_split(word, at))
            take_pair(had, words, word.substr(0, at), word.substr(at), kBaseFormWeights);
    }
    return had;
}

Oracle::Had Oracle::word_had(const Words& words, const QueryWord& asked,
                             const Corrections& near) const {
    Had had = exact_had(words, asked);
    const auto take = [&](const auto& classes, const ImpactWeights& likely,
                          const ImpactWeights& unlikely) {
        for (const auto& [name, typos] : classes) {
            const auto found = words.classes.find(name);
            if (found == words.classes.end() || !is_head(found->second)) continue;
            if (near.in_names_only && !is_name(found->second)) continue;
            const float weight = (typos.second ? unlikely : likely)[found->second];
            take_better(had, {weight, typos.first, title_position(found->second)});
        }
    };
    take(near.words, kAnyFormWeights, kUnlikelyWeights);
    take(near.beginnings, kPrefixWeights, kUnlikelyPrefixWeights);
    return had;
}

bool Oracle::is_code(const QueryText& asked) const {
    return asked.code && std::any_of(catalogue_.products.begin(), catalogue_.products.end(),
                                     [&](const ProductText& product) {
                                         return code_number(product.gtin) == asked.code;
                                     });
}

float Oracle::rarity_of(const QueryWord& asked) const {
    const std::string name = without_plural(asked.spellings[0].word);
    const auto with = std::count_if(words_.begin(), words_.end(), [&](const auto& product) {
        return product.second.classes.contains(name);
    });
    return rarity(static_cast<std::size_t>(with), words_.size());
}

Oracle::Text Oracle::text_of(const ProductText& product, const QueryText& asked,
                             const std::vector<WordReading>& readings) const {
    const Words& words = words_.at(product.id);
    if (is_code(asked)) {
        const bool is_it = code_number(product.gtin) == asked.code;
        return {.words = is_it ? 1 : 0,
                .title_words = 1,
                .score = kBaseFormWeights[kBestImpact],
                .exactness = exactness(1, words.title_words)};
    }
    if (asked.words.empty()) return {};
    Text text{.has_telling_word = false};
    const std::uint32_t telling = telling_words(asked);
    float weights = 0;
    int close = 0;
    std::uint32_t last = kTitlePositionMax;
    for (std::size_t i = 0; i < asked.words.size(); ++i) {
        const Had had = word_had(words, asked.words[i], readings[i].near);
        if (had.weight > 0) ++text.words;
        if (had.weight > 0 && (telling >> i & 1U) != 0) text.has_telling_word = true;
        if (had.title_position < kTitlePositionMax) ++text.title_words;
        text.typos += had.typos;
        weights += had.weight * readings[i].share;
        close += closeness(last, had.title_position);
        last = had.title_position;
    }
    text.score = text_score(weights, close, static_cast<int>(asked.words.size()));
    text.exactness = exactness(text.title_words, words.title_words);
    return text;
}

QueryText Oracle::ask(const Query& query) const {
    QueryText asked = analyze_query(query.text);
    synonyms_.widen(asked);
    return asked;
}

const ShopPlace& Oracle::shop(ShopId id) const { return *shops_.at(id); }

OfferHit Oracle::hit_of(const Query& query, const OfferRow& offer) const {
    const geo::Point place = shop(offer.shop).position;
    float distance = plane_.from(query.from).distance_m(plane_.place(place));
    if (query.walked_m) distance = std::max(distance, (*query.walked_m)[number_of(offer.shop)]);
    return {.id = offer.id,
            .shop = offer.shop,
            .price_cents = offer.price_cents,
            .stock = offer.stock,
            .stock_confirmed_at = offer.stock_confirmed_at,
            .stock_source = offer.stock_source,
            .condition = offer.condition,
            .distance_m = std::isnan(distance) ? std::numeric_limits<double>::infinity()
                                               : static_cast<double>(distance),
            .open_now = is_open(query, offer.shop)};
}

bool Oracle::is_in_reach(const Query& query, const OfferRow& offer) const {
    if (query.shop) return offer.shop == *query.shop;
    if (!std::isfinite(shop(offer.shop).position.lat)) return false;
    const double distance = hit_of(query, offer).distance_m;
    if (query.reached) {
        const std::size_t number = number_of(offer.shop);
        if (((*query.reached)[number / 64] >> (number % 64) & 1U) == 0) return false;
    }
    return distance <= static_cast<float>(query.radius_m) && std::isfinite(distance);
}

std::size_t Oracle::number_of(ShopId shop) const {
    return static_cast<std::size_t>(std::ranges::find(numbers_, shop) - numbers_.begin());
}

bool Oracle::is_open(const Query& query, ShopId shop) const {
    return query.is_open ? query.is_open(shop) : open_.contains(shop);
}

bool Oracle::passes(const Query& query, const OfferRow& offer) const {
    return is_in_reach(query, offer) && (!query.open_now || is_open(query, offer.shop)) &&
           (!query.in_stock || (offer.stock > 0 && !is_in_doubt(hit_of(query, offer)))) &&
           (!query.makers_only || shop(offer.shop).is_maker) &&
           is_chosen(query.prices,
                     [&](const PriceRange& range) {
                         return offer.price_cents >= range.min_cents &&
                                offer.price_cents < range.end_cents;
                     }) &&
           is_chosen(
               query.districts,
               [&](const std::string& name) { return is_same(name, shop(offer.shop).district); }) &&
           is_chosen(query.conditions, [&](int condition) { return condition == offer.condition; });
}

bool Oracle::is_product_in_reach(const Query& query, ProductId product) const {
    const auto [begin, end] = offers_.equal_range(product);
    return std::any_of(begin, end,
                       [&](const auto& row) { return is_in_reach(query, *row.second); });
}

float Oracle::weight_of(const OfferHit& offer) const {
    const auto pivot = static_cast<float>(kRanking.distance_pivot_m);
    const float factor = pivot / (pivot + static_cast<float>(offer.distance_m));
    if (offer.stock <= 0) return factor * static_cast<float>(kRanking.out_of_stock);
    if (is_in_doubt(offer)) return factor * static_cast<float>(kRanking.stock_in_doubt);
    const double of_hours = offer.open_now ? kRanking.in_stock_open : kRanking.in_stock_closed;
    return factor * static_cast<float>(of_hours);
}

bool Oracle::is_from_maker(const Query& query, const OfferHit& offer) const {
    return query.makers_first && shop(offer.shop).is_maker;
}

bool Oracle::is_before(const Query& query, const OfferHit& a, const OfferHit& b) const {
    const auto key = [&](const OfferHit& offer) {
        const float weight = query.order == Order::best ? -weight_of(offer) : 0;
        const double nearness = query.order == Order::nearest ? offer.distance_m : 0;
        return std::tuple(!is_from_maker(query, offer), weight, nearness, offer.price_cents,
                          offer.distance_m, offer.id);
    };
    return key(a) < key(b);
}

Oracle::Texts Oracle::texts_of(const QueryText& asked, bool forgives_all_words) const {
    std::vector<WordReading> readings;
    float rarities = 0;
    for (const QueryWord& word : asked.words) {
        readings.push_back({corrections(word.spellings[0], forgives_all_words), rarity_of(word)});
        rarities += readings.back().share;
    }
    for (WordReading& word : readings) word.share /= rarities;
    Texts texts;
    for (const ProductText& product : catalogue_.products)
        texts[product.id] = text_of(product, asked, readings);
    return texts;
}

std::int64_t Oracle::products_in_reach(const Query& query, const Reading& reading) const {
    return std::count_if(reading.texts.begin(), reading.texts.end(), [&](const auto& of) {
        const auto& [product, text] = of;
        return !is_in(query.pinned, product) && !is_in(query.hidden, product) &&
               is_product_in_reach(query, product) && text.has_telling_word &&
               text.words >= reading.words_needed;
    });
}

// All words without typos; or with them; or as few words missing as give enough products.
Oracle::Reading Oracle::read(const Query& query, const QueryText& asked) const {
    Reading reading{.texts = texts_of(asked, false)};
    if (asked.is_blank) return reading;
    const bool is_one = is_code(asked) || asked.words.empty();  // no product has a word of none
    reading.words_needed = is_one ? 1 : static_cast<int>(asked.words.size());
    const auto is_enough = [&] {
        return products_in_reach(query, reading) >= kRanking.hits_enough;
    };
    if (is_one || is_enough()) return reading;
    reading.texts = texts_of(asked, true);
    while (reading.words_needed > 1 && !is_enough()) --reading.words_needed;
    return reading;
}

std::vector<Oracle::Found> Oracle::find(const Query& query, const Reading& reading) const {
    std::vector<Found> all;
    for (const ProductText& product : catalogue_.products) {
        if (!is_asked_for(query, product)) continue;
        if (is_in(query.hidden, product.id)) continue;
        Found found{.product = &product, .text = reading.texts.at(product.id)};
        const auto pin = std::find(query.pinned.begin(), query.pinned.end(), product.id);
        found.pins_before = pin - query.pinned.begin();
        found.is_pinned = pin != query.pinned.end();
        if (found.is_pinned) found.text = {.score = 0};
        const bool has_words =
            found.text.has_telling_word && found.text.words >= reading.words_needed;
        if (!found.is_pinned && !has_words) continue;
        const auto [begin, end] = offers_.equal_range(product.id);
        for (auto it = begin; it != end; ++it) {
            if (passes(query, *it->second)) found.offers.push_back(hit_of(query, *it->second));
        }
        if (found.offers.empty()) continue;
        std::sort(found.offers.begin(), found.offers.end(),
                  [&](const auto& a, const auto& b) { return is_before(query, a, b); });
        found.weight = weight_of(found.offers[0]);
        all.push_back(std::move(found));
    }
    const auto key = [&](const Found& found) {
        const double text = found.text.score * found.text.exactness;
        const double score = found.text.score * found.text.exactness * found.weight;
        const OfferHit& first = found.offers[0];
        const auto price = static_cast<double>(first.price_cents);
        const auto keys = query.order == Order::best ? std::tuple(-score, -text, 0.0)
                          : query.order == Order::nearest
                              ? std::tuple(first.distance_m, -text, 0.0)
                              : std::tuple(price, first.distance_m, -text);
        const bool is_as_asked = found.text.exactness == exactness(1, 1) &&
                                 plain_words(found.product->title) == plain_words(query.text);
        return std::tuple(found.pins_before, -found.text.words, !is_from_maker(query, first),
                          found.text.typos, keys, !is_as_asked, found.product->id);
    };
    std::sort(all.begin(), all.end(),
              [&](const Found& a, const Found& b) { return key(a) < key(b); });
    return all;
}

std::int64_t Oracle::count(const Query& query, const Reading& reading) const {
    return static_cast<std::int64_t>(find(query, reading).size());
}

Answer Oracle::search(const Query& query) const {
    const QueryText asked = ask(query);
    const Reading reading = read(query, asked);
    std::vector<Found> all = find(query, reading);
    if (query.order == Order::best && !query.shop) spread_shops(query, all);
    Answer answer;
    answer.total = static_cast<std::int64_t>(all.size());
    answer.facets = facets(query, reading);
    for (std::size_t i = query.offset; i < all.size() && i - query.offset < query.limit; ++i) {
        const Found& found = all[i];
        ProductHit hit{.product = found.product->id,
                       .offers = found.offers,
                       .offers_total = found.offers.size(),
                       .is_pinned = found.is_pinned,
                       .is_early = found.is_early};
        hit.offers.resize(std::min(hit.offers.size(), query.offers_per_product_max));
        hit.why.words_matched = found.text.words;
        hit.why.words_asked = is_code(asked) ? 1 : static_cast<int>(asked.words.size());
        hit.why.typos = found.text.typos;
        hit.why.text = found.text.score;
        hit.why.exactness = found.text.exactness;
        hit.why.score = found.text.score * found.text.exactness * found.weight;
        answer.hits.push_back(std::move(hit));
    }
    return answer;
}

void Oracle::set_stock(OfferId id, std::int32_t stock, Instant confirmed_at, StockSource source) {
    for (OfferRow& offer : catalogue_.offers) {
        if (offer.id != id) continue;
        offer.stock = stock;
        offer.stock_confirmed_at = confirmed_at;
        offer.stock_source = source;
    }
}

void Oracle::set_price(OfferId id, std::int64_t price_cents) {
    for (OfferRow& offer : catalogue_.offers) {
        if (offer.id == id) offer.price_cents = price_cents;
    }
}

void Oracle::set_open(ShopId shop, bool is_open) {
    if (is_open) {
        open_.insert(shop);
    } else {
        open_.erase(shop);
    }
}

}  // namespace emplettes::search
