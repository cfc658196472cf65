#include "search/categories.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "search/rows.h"

namespace emplettes::search {
namespace {

// '.' before every other sign: what is below a key follows it at once.
bool by_level(std::string_view a, std::string_view b) {
    const auto rank = [](char c) { return c == '.' ? 0 : 1 + static_cast<unsigned char>(c); };
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [&](char x, char y) { return rank(x) < rank(y); });
}

bool is_in_subtree(std::string_view key, std::string_view root) {
    return key.starts_with(root) && (key.size() == root.size() || key[root.size()] == '.');
}

// Calls f for what stands above a key, from the root on, then for the key.
template <typename F>
void for_each_level(std::string_view key, F&& f) {
    for (std::size_t end = key.find('.');; end = key.find('.', end + 1)) {
        f(key.substr(0, end));
        if (end == std::string_view::npos) return;
    }
}

}  // namespace

Categories::Categories(const Catalogue& catalogue) {
    keys_.reserve(catalogue.products.size());
    for (const ProductText& product : catalogue.products) keys_.push_back(product.category);
    std::sort(keys_.begin(), keys_.end(), by_level);
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    keys_.shrink_to_fit();
    find_levels();
}

void Categories::find_levels() {
    std::set<std::string, decltype(&by_level)> distinct(&by_level);
    for (const std::string& key : keys_) {
        if (key.empty()) continue;
        for_each_level(key, [&](std::string_view level) { distinct.emplace(level); });
    }
    const std::vector<std::string> names(distinct.begin(), distinct.end());
    const auto range_of = [](const std::vector<std::string>& sorted, const std::string& root) {
        const auto begin = std::lower_bound(sorted.begin(), sorted.end(), root, by_level);
        const auto end = std::find_if_not(
            begin, sorted.end(), [&](const std::string& key) { return is_in_subtree(key, root); });
        return NumberRange{static_cast<std::uint32_t>(begin - sorted.begin()),
                           static_cast<std::uint32_t>(end - sorted.begin())};
    };
    levels_.clear();
    for (const std::string& name : names)
        levels_.push_back({name, range_of(keys_, name), range_of(names, name).end});
}

const Categories::Level* Categories::find_level(std::string_view key) const {
    const auto found = std::lower_bound(
        levels_.begin(), levels_.end(), key,
        [](const Level& level, std::string_view wanted) { return by_level(level.key, wanted); });
    return found != levels_.end() && found->key == key ? &*found : nullptr;
}

std::uint32_t Categories::number(std::string_view key) const {
    const auto found = std::lower_bound(keys_.begin(), keys_.end(), key, by_level);
    check(found != keys_.end() && *found == key);
    return static_cast<std::uint32_t>(found - keys_.begin());
}

NumberRange Categories::subtree(std::string_view key) const {
    if (key.empty()) return {0, static_cast<std::uint32_t>(keys_.size())};
    const Level* const level = find_level(key);
    return level == nullptr ? NumberRange{} : level->categories;
}

// The levels asked for and those above them, ascending.
std::vector<std::uint32_t> Categories::parents_shown(std::span<const std::string> asked) const {
    std::vector<std::uint32_t> parents;
    for (const std::string& key : asked) {
        for_each_level(key, [&](std::string_view name) {
            const Level* const level = find_level(name);
            if (level != nullptr)
                parents.push_back(static_cast<std::uint32_t>(level - levels_.data()));
        });
    }
    std::sort(parents.begin(), parents.end());
    parents.erase(std::unique(parents.begin(), parents.end()), parents.end());
    return parents;
}

}  // namespace emplettes::search
