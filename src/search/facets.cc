#include "search/facets.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace emplettes::search {
namespace {

using Values = std::vector<FacetCount>;

// Values that are the same in both stand at the same place.
Values add_fixed(const Values& a, const Values& b) {
    Values sum = a;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i].products += b[i].products;
    return sum;
}

Values add_categories(const Values& a, const Values& b) {
    std::map<std::string, std::int64_t> sums;
    for (const Values* values : {&a, &b})
        for (const FacetCount& count : *values) sums[count.value] += count.products;
    Values sum;
    for (const auto& [key, products] : sums) sum.push_back({key, products});
    std::sort(sum.begin(), sum.end(), has_more_products);
    return sum;
}

}  // namespace

Facets add(const Facets& a, const Facets& b) {
    return {.category = add_categories(a.category, b.category),
            .price = add_fixed(a.price, b.price),
            .condition = add_fixed(a.condition, b.condition),
            .open_now = a.open_now + b.open_now,
            .in_stock = a.in_stock + b.in_stock,
            .makers = a.makers + b.makers};
}

}  // namespace emplettes::search
