#pragma once
#include "search/index.h"

namespace emplettes::search {

// The order of all facets but prices and conditions.
inline bool has_more_products(const FacetCount& a, const FacetCount& b) {
    return a.products != b.products ? a.products > b.products : a.value < b.value;
}

// Of two sets of products that have none in common; without makers and districts.
Facets add(const Facets& a, const Facets& b);

}  // namespace emplettes::search
