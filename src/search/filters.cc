#include "search/filters.h"

namespace emplettes::search {

Filters::Filters(const Query& query, const Documents& documents)
    : prices_(query.prices),
      makers_(choose(query.makers, documents.maker_names)),
      districts_(choose(query.districts, documents.districts)) {
    if (query.open_now) needed_ |= kOpenNow;
    if (query.makers_only) needed_ |= kMaker;
    if (query.in_stock) needed_ |= kInStock;
    if (!query.conditions.empty()) conditions_ = 0;
    for (const std::uint8_t condition : query.conditions) {
        if (condition < kConditions) conditions_ |= static_cast<std::uint8_t>(1U << condition);
    }
    if (!query.categories.empty()) categories_.assign(documents.categories.size() + 1, 0);
    for (const std::string& key : query.categories) {
        const NumberRange subtree = documents.categories.subtree(key);
        std::fill(categories_.begin() + subtree.begin, categories_.begin() + subtree.end, 1);
    }
    asks_of_offers_ =
        needed_ != 0 || conditions_ != 0xFF || !prices_.empty() || !districts_.empty();
    asks_of_products_ = !categories_.empty() || !makers_.empty();
}

Filters::Chosen Filters::choose(const std::vector<std::string>& names, const Names& known) {
    if (names.empty()) return {};
    Chosen chosen(known.size(), 0);
    for (const std::string& name : names) {
        if (const auto number = known.find(name)) chosen[*number] = 1;
    }
    return chosen;
}

Aside::Aside(const Query& query, const Documents& documents, const Gone* without) : gone(without) {
    int words = kPinnedWords + static_cast<int>(query.pinned.size());
    const auto add_all_of = [&](std::uint32_t product) {
        const auto of_product = documents.documents_of(product);
        all.insert(all.end(), of_product.begin(), of_product.end());
    };
    for (const ProductId id : query.pinned) {
        const auto product = documents.find_product(id);
        const bool is_gone =
            product && gone != nullptr && gone->has(documents.documents_of(*product).front());
        if (product && !is_gone) {
            pinned.push_back({*product, words});
            add_all_of(*product);
        }
        --words;
    }
    for (const ProductId id : query.hidden) {
        if (const auto product = documents.find_product(id)) add_all_of(*product);
    }
    std::sort(all.begin(), all.end());
}

}  // namespace emplettes::search
