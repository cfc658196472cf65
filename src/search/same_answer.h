#pragma once
#include <rapidcheck.h>

#include <vector>

#include "search/index.h"

// For tests: that two answers are the same in everything, as a property's assertion.
namespace emplettes::search {

inline void expect_same(const std::vector<FacetCount>& a, const std::vector<FacetCount>& b) {
    RC_ASSERT(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        RC_ASSERT(a[i].value == b[i].value);
        RC_ASSERT(a[i].products == b[i].products);
    }
}

inline void expect_same(const OfferHit& a, const OfferHit& b) {
    RC_ASSERT(a.id == b.id);
    RC_ASSERT(a.shop == b.shop);
    RC_ASSERT(a.price_cents == b.price_cents);
    RC_ASSERT(a.stock == b.stock);
    RC_ASSERT(a.stock_confirmed_at == b.stock_confirmed_at);
    RC_ASSERT(a.stock_source == b.stock_source);
    RC_ASSERT(a.condition == b.condition);
    RC_ASSERT(a.distance_m == b.distance_m);
    RC_ASSERT(a.open_now == b.open_now);
}

inline void expect_same(const ProductHit& a, const ProductHit& b) {
    RC_ASSERT(a.product == b.product);
    RC_ASSERT(a.offers_total == b.offers_total);
    RC_ASSERT(a.is_pinned == b.is_pinned);
    RC_ASSERT(a.is_early == b.is_early);
    RC_ASSERT(a.offers.size() == b.offers.size());
    for (std::size_t i = 0; i < a.offers.size(); ++i) expect_same(a.offers[i], b.offers[i]);
    RC_ASSERT(a.why.words_matched == b.why.words_matched);
    RC_ASSERT(a.why.words_asked == b.why.words_asked);
    RC_ASSERT(a.why.typos == b.why.typos);
    RC_ASSERT(a.why.text == b.why.text);
    RC_ASSERT(a.why.exactness == b.why.exactness);
    RC_ASSERT(a.why.score == b.why.score);
}

inline void expect_same(const Answer& a, const Answer& b) {
    RC_ASSERT(a.total == b.total);
    RC_ASSERT(a.hits.size() == b.hits.size());
    for (std::size_t i = 0; i < a.hits.size(); ++i) expect_same(a.hits[i], b.hits[i]);
    RC_ASSERT(a.facets.open_now == b.facets.open_now);
    RC_ASSERT(a.facets.in_stock == b.facets.in_stock);
    RC_ASSERT(a.facets.makers == b.facets.makers);
    expect_same(a.facets.category, b.facets.category);
    expect_same(a.facets.price, b.facets.price);
    expect_same(a.facets.maker, b.facets.maker);
    expect_same(a.facets.district, b.facets.district);
    expect_same(a.facets.condition, b.facets.condition);
}

}  // namespace emplettes::search
