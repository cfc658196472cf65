#include "search/oracle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "search/random_town.h"
#include "search/same_answer.h"

namespace emplettes::search {
namespace {

// One change to both, as a till would send it.
void change(Town& town, const Catalogue& catalogue, const Index& index, Oracle& oracle) {
    const ShopId shop = town.one_of(catalogue.shops).id;
    const bool is_open = town.chance(0.6);
    RC_ASSERT(index.set_open(shop, is_open));
    oracle.set_open(shop, is_open);
    if (town.chance(0.3)) {
        const ConfirmedBefore before = town.doubtful_before();
        index.set_doubtful_before(before);
        oracle.set_doubtful_before(before);
    }
    if (catalogue.offers.empty()) return;
    const OfferId offer = town.one_of(catalogue.offers).id;
    const auto stock = static_cast<std::int32_t>(town.below(3));
    const Instant now = instant_from_unix(static_cast<std::int64_t>(5000 + town.below(1000)));
    RC_ASSERT(index.set_stock(offer, stock, now, StockSource::till));
    oracle.set_stock(offer, stock, now, StockSource::till);
    const std::int64_t price = town.one_of(kTypicalPrices);
    RC_ASSERT(index.set_price(offer, price));
    oracle.set_price(offer, price);
}

RC_GTEST_PROP(Oracle, AnswersAreThoseOfReadingEverything, (std::uint64_t seed)) {
    Town town(seed);
    const Catalogue catalogue = town.catalogue();
    const auto index = Index::build(catalogue);
    Oracle oracle(catalogue);
    oracle.number_shops(index->shops());
    for (int step = 0; step < 8; ++step) {
        for (int i = 0; i < 3; ++i) change(town, catalogue, *index, oracle);
        const Query query = town.query(catalogue);
        RC_LOG() << "text \"" << query.text << "\" radius " << query.radius_m << '\n';
        expect_same(index->search(query), oracle.search(query));
    }
}

// The number beside a choice, as the property of the engine alone.
RC_GTEST_PROP(Facets, ACountIsTheTotalOfChoosingIt, (std::uint64_t seed)) {
    Town town(seed);
    const Catalogue catalogue = town.catalogue();
    const auto index = Index::build(catalogue);
    for (const ShopPlace& shop : catalogue.shops) index->set_open(shop.id, town.chance(0.5));
    index->set_doubtful_before(town.doubtful_before());
    const Query query = town.query(catalogue);
    const Answer answer = index->search(query);
    const auto total = [&](auto&& choose) {
        Query chosen = query;
        choose(chosen);
        return index->search(chosen).total;
    };
    RC_ASSERT(answer.facets.open_now == total([](Query& q) { q.open_now = true; }));
    RC_ASSERT(answer.facets.in_stock == total([](Query& q) { q.in_stock = true; }));
    RC_ASSERT(answer.facets.makers == total([](Query& q) { q.makers_only = true; }));
    for (const FacetCount& value : answer.facets.category)
        RC_ASSERT(value.products == total([&](Query& q) { q.categories = {value.value}; }));
    for (const FacetCount& value : answer.facets.maker)
        RC_ASSERT(value.products == total([&](Query& q) { q.makers = {value.value}; }));
    for (const FacetCount& value : answer.facets.district)
        RC_ASSERT(value.products == total([&](Query& q) { q.districts = {value.value}; }));
    for (const FacetCount& value : answer.facets.condition) {
        const auto condition = static_cast<std::uint8_t>(std::stoi(value.value));
        RC_ASSERT(value.products == total([&](Query& q) { q.conditions = {condition}; }));
    }
    for (const FacetCount& price : answer.facets.price) {
        const auto dash = price.value.find('-');
        PriceRange range{.min_cents = std::stoll(price.value.substr(0, dash))};
        if (dash + 1 < price.value.size())
            range.end_cents = std::stoll(price.value.substr(dash + 1));
        RC_ASSERT(price.products == total([&](Query& q) { q.prices = {range}; }));
    }
}

RC_GTEST_PROP(Facets, ACountNeverRisesUnderAFilter, (std::uint64_t seed)) {
    Town town(seed);
    const Catalogue catalogue = town.catalogue();
    const auto index = Index::build(catalogue);
    for (const ShopPlace& shop : catalogue.shops) index->set_open(shop.id, town.chance(0.5));
    index->set_doubtful_before(town.doubtful_before());
    Query query = town.query(catalogue);
    query.categories.clear();
    query.makers.clear();
    query.districts.clear();
    query.conditions.clear();
    query.prices.clear();
    query.open_now = query.in_stock = query.makers_only = false;
    Answer before = index->search(query);
    const auto narrow = [&](auto&& choose) {
        choose(query);
        const Answer after = index->search(query);
        RC_ASSERT(after.total <= before.total);
        RC_ASSERT(after.facets.open_now <= before.facets.open_now);
        RC_ASSERT(after.facets.in_stock <= before.facets.in_stock);
        RC_ASSERT(after.facets.makers <= before.facets.makers);
        for (std::size_t i = 0; i < after.facets.condition.size(); ++i) {
            RC_ASSERT(after.facets.condition[i].products <= before.facets.condition[i].products);
        }
        for (std::size_t i = 0; i < after.facets.price.size(); ++i) {
            RC_ASSERT(after.facets.price[i].products <= before.facets.price[i].products);
        }
        before = after;
    };
    narrow([](Query& q) { q.in_stock = true; });
    narrow([&](Query& q) { q.categories = {town.one_of(kCategories)}; });
    narrow([&](Query& q) { q.makers = {town.one_of(kWords)}; });
    narrow([&](Query& q) { q.districts = {town.one_of(kDistricts)}; });
    narrow([](Query& q) { q.open_now = true; });
    narrow([](Query& q) { q.prices = {{0, 2500}}; });
    narrow([](Query& q) { q.makers_only = true; });
}

RC_GTEST_PROP(Doubt, MakesWhatIsInStockLessAndNothingElse, (std::uint64_t seed)) {
    Town town(seed);
    const Catalogue catalogue = town.catalogue();
    const auto index = Index::build(catalogue);
    Query query = town.query(catalogue);
    query.in_stock = false;
    const Answer before = index->search(query);
    index->set_doubtful_before(town.doubtful_before());
    const Answer after = index->search(query);
    RC_ASSERT(after.total == before.total);
    RC_ASSERT(after.facets.in_stock <= before.facets.in_stock);
    RC_ASSERT(after.facets.open_now == before.facets.open_now);
    index->set_doubtful_before({});
    expect_same(index->search(query), before);
}

RC_GTEST_PROP(Suggestions, AreDistinctBestFirstAndBeginAWord, (std::uint64_t seed)) {
    Town town(seed);
    const Catalogue catalogue = town.catalogue();
    const auto index = Index::build(catalogue);
    const std::string text = town.text();
    const std::size_t limit = town.below(12);
    const auto suggestions = index->suggest(text, limit);
    RC_ASSERT(suggestions.size() <= limit);
    std::set<std::pair<Suggestion::Kind, std::string>> seen;
    for (const Suggestion& suggestion : suggestions) {
        RC_ASSERT(seen.emplace(suggestion.kind, suggestion.text).second);
        RC_ASSERT((suggestion.id != 0) == (suggestion.kind == Suggestion::Kind::product ||
                                           suggestion.kind == Suggestion::Kind::shop));
        if (suggestion.kind != Suggestion::Kind::product) continue;
        const auto source = std::find_if(
            catalogue.products.begin(), catalogue.products.end(),
            [&](const ProductText& product) { return product.id.value == suggestion.id; });
        RC_ASSERT(source != catalogue.products.end());
        RC_ASSERT(source->title == suggestion.text);
    }
    // A longer list has the same best title.
    const auto is_title = [](const Suggestion& s) { return s.kind == Suggestion::Kind::product; };
    const auto longer = index->suggest(text, limit + 20);
    const auto first = std::find_if(suggestions.begin(), suggestions.end(), is_title);
    if (first != suggestions.end()) {
        RC_ASSERT(std::find_if(longer.begin(), longer.end(), is_title)->id == first->id);
    }
}

}  // namespace
}  // namespace emplettes::search
