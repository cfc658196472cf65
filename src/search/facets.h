#pragma once
#include <cstddef>

#include "search/index.h"

namespace emplettes::search {

// The order of all facets but prices and conditions.
inline bool has_more_products(const FacetCount& a, const FacetCount& b) {
    return a.products != b.products ? a.products > b.products : a.value < b.value;
}

// Of two sets of products that have none in common; both list all their makers and districts.
Facets add(const Facets& a, const Facets& b);

// Leaves the `names_max` most frequent makers and districts, beside those that the query asks for.
void cut_names(Facets& facets, const Query& query, std::size_t names_max);

}  // namespace emplettes::search
