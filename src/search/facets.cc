#include "search/facets.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"

namespace emplettes::search {
namespace {

using Values = std::vector<FacetCount>;

// Values that are the same in both stand at the same place.
Values add_fixed(const Values& a, const Values& b) {
    Values sum = a;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i].products += b[i].products;
    return sum;
}

// Values are the same when they differ only in accents and capitals.
Values add_named(const Values& a, const Values& b) {
    std::map<std::string, FacetCount> sums;
    for (const Values* values : {&a, &b}) {
        for (const FacetCount& count : *values) {
            const auto [known, is_new] = sums.emplace(fold(count.value), count);
            if (!is_new) known->second.products += count.products;
        }
    }
    Values sum;
    for (const auto& [folded, count] : sums) sum.push_back(count);
    std::sort(sum.begin(), sum.end(), has_more_products);
    return sum;
}

void cut(Values& values, const std::vector<std::string>& asked, std::size_t names_max) {
    std::size_t left = names_max;
    std::erase_if(values, [&](const FacetCount& count) {
        const auto is_it = [&](const std::string& name) { return fold(name) == fold(count.value); };
        if (std::any_of(asked.begin(), asked.end(), is_it)) return false;
        if (left == 0) return true;
        --left;
        return false;
    });
}

}  // namespace

Facets add(const Facets& a, const Facets& b) {
    return {.category = add_named(a.category, b.category),
            .price = add_fixed(a.price, b.price),
            .maker = add_named(a.maker, b.maker),
            .district = add_named(a.district, b.district),
            .condition = add_fixed(a.condition, b.condition),
            .open_now = a.open_now + b.open_now,
            .in_stock = a.in_stock + b.in_stock,
            .makers = a.makers + b.makers};
}

void cut_names(Facets& facets, const Query& query, std::size_t names_max) {
    cut(facets.maker, query.makers, names_max);
    cut(facets.district, query.districts, names_max);
}

}  // namespace emplettes::search
