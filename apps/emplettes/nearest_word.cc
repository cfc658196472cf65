#include "emplettes/nearest_word.h"

#include <algorithm>

namespace emplettes {
namespace {

constexpr std::size_t kLengthMax = 64;  // the rest of a word does not count

// The optimal string alignment distance, by bytes: Boytsov, "Indexing methods for approximate
// dictionary searching", ACM JEA 16 (2011), section 2.
std::size_t changes_between(std::string_view a, std::string_view b) {
    a = a.substr(0, kLengthMax);
    b = b.substr(0, kLengthMax);
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last.swap(last);
        last.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({changed, last[j] + 1, row[j - 1] + 1});
            const bool is_swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (is_swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row[b.size()];
}

}  // namespace

std::string nearest_word(std::string_view typed, const std::vector<std::string>& words) {
    std::string nearest;
    std::size_t fewest = 0;
    for (const std::string& word : words) {
        const std::size_t changes = changes_between(typed, word);
        if (changes > std::max<std::size_t>(2, word.size() / 3)) continue;
        if (!nearest.empty() && changes >= fewest) continue;
        nearest = word;
        fewest = changes;
    }
    return nearest;
}

}  // namespace emplettes
