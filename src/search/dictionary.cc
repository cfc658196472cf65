#include "search/dictionary.h"

#include <algorithm>
#include <numeric>
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
    first_with_.assign(std::size_t{kSigns} * kSigns * kSigns + 1, 0);
    for (std::uint32_t at = 0; at < size(); ++at) ++first_with_[beginning(word(at)) + 1];
    std::partial_sum(first_with_.begin(), first_with_.end(), first_with_.begin());
    bytes_.shrink_to_fit();
    begins_.shrink_to_fit();
    classes_.shrink_to_fit();
}

// Ascending with the bytes; all that are no letter and no digit share the signs between these.
std::uint32_t Dictionary::beginning(std::string_view word) {
    const auto sign = [](unsigned char c) -> std::uint32_t {
        if (c < '0') return 1;
        if (c <= '9') return 2U + c - '0';
        if (c < 'a') return 12;
        if (c <= 'z') return 13U + c - 'a';
        return 39;
    };
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 3; ++i)
        number =
            number * kSigns + (i < word.size() ? sign(static_cast<unsigned char>(word[i])) : 0);
    return number;
}

std::uint32_t Dictionary::lower_bound(std::string_view wanted) const {
    if (size() == 0) return 0;
    const std::uint32_t shared = beginning(wanted);
    std::uint32_t low = first_with_[shared];
    std::uint32_t high = first_with_[shared + 1];
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

std::optional<std::uint32_t> Dictionary::find(std::string_view wanted) const {
    const std::uint32_t at = lower_bound(wanted);
    if (at < size() && word(at) == wanted) return at;
    return std::nullopt;
}

std::optional<std::uint32_t> Dictionary::find_class(std::string_view wanted) const {
    const std::string name = without_plural(wanted);
    const std::uint32_t at = lower_bound(name);
    if (at < size() && word(at) == name) return classes_[at];
    return std::nullopt;
}

NumberRange Dictionary::prefix_range(std::string_view prefix) const {
    const std::uint32_t begin = lower_bound(prefix);
    // In steps that double, for most ranges are short.
    std::uint32_t low = begin;
    std::uint32_t step = 1;
    const auto begins_so = [&](std::uint32_t at) {
        return at < size() && word(at).starts_with(prefix);
    };
    while (begins_so(low + step - 1)) {
        low += step;
        step *= 2;
    }
    while (step > 1) {
        step /= 2;
        if (begins_so(low + step - 1)) low += step;
    }
    return {begin, low};
}

std::size_t Dictionary::bytes() const {
    return bytes_.capacity() + (begins_.capacity() + classes_.capacity() + first_with_.capacity()) *
                                   sizeof(std::uint32_t);
}

}  // namespace emplettes::search
