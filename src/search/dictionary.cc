#include "search/dictionary.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "search/plural.h"

namespace emplettes::search {

WordTable::Entry WordTable::look_up(std::string_view word) {
    const auto known = words_.find(word);
    if (known != words_.end()) return known->second;
    const std::string name = without_plural(word);
    const auto [named, is_new] = words_.try_emplace(name, Entry{classes_, true});
    if (is_new) ++classes_;
    if (name == word) return named->second;
    const Entry entry{named->second.class_number, false};
    words_.emplace(word, entry);
    return entry;
}

Dictionary::Dictionary(const WordTable& table) : class_count_(table.classes()) {
    std::vector<std::pair<std::string_view, std::uint32_t>> sorted;
    sorted.reserve(table.words_.size());
    for (const auto& [word, entry] : table.words_) sorted.emplace_back(word, entry.class_number);
    std::sort(sorted.begin(), sorted.end());
    for (const auto& [word, number] : sorted) {
        bytes_ += word;
        begins_.push_back(static_cast<std::uint32_t>(bytes_.size()));
        classes_.push_back(number);
    }
    check(bytes_.size() < (std::size_t{1} << 32));
    bytes_.shrink_to_fit();
    begins_.shrink_to_fit();
    classes_.shrink_to_fit();
}

std::uint32_t Dictionary::lower_bound(std::string_view wanted) const {
    std::uint32_t low = 0;
    auto high = static_cast<std::uint32_t>(size());
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (word(middle) < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool Dictionary::has(std::string_view wanted) const {
    const std::uint32_t at = lower_bound(wanted);
    return at < size() && word(at) == wanted;
}

std::optional<std::uint32_t> Dictionary::find_class(std::string_view wanted) const {
    const std::string name = without_plural(wanted);
    const std::uint32_t at = lower_bound(name);
    if (at < size() && word(at) == name) return classes_[at];
    return std::nullopt;
}

NumberRange Dictionary::prefix_range(std::string_view prefix) const {
    const std::uint32_t begin = lower_bound(prefix);
    std::uint32_t low = begin;
    auto high = static_cast<std::uint32_t>(size());
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (word(middle).starts_with(prefix)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return {begin, low};
}

std::size_t Dictionary::bytes() const {
    return bytes_.capacity() + (begins_.capacity() + classes_.capacity()) * sizeof(std::uint32_t);
}

}  // namespace emplettes::search
