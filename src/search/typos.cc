#include "search/typos.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <string>

#include "base/check.h"
#include "search/analyzer.h"
#include "search/ranking.h"

namespace emplettes::search {
namespace {

bool is_letters(std::string_view word) {
    return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// The last rows of the table of distances between all beginnings of two words. Rows are short: the
// analyzer cuts words at kWordBytesMax.
class Alignment {
  public:
    Alignment(std::string_view asked, std::string_view word) : asked_(asked), word_(word) {
        check(word.size() <= kWordBytesMax);
        for (std::size_t j = 0; j <= word.size(); ++j) current()[j] = static_cast<int>(j);
        while (i_ < asked.size()) add_row();
    }

    // Between all that was asked and the first j letters of the word.
    int distance(std::size_t j) const { return rows_[i_ % 3][j]; }
    // The same when the last letters must be the same or swapped.
    int distance_with_right_end(std::size_t j) const {
        int typos = kWordBytesMax;
        if (asked_[i_ - 1] == word_[j - 1]) typos = before(1)[j - 1];
        if (is_swapped(j)) typos = std::min(typos, before(2)[j - 2] + 1);
        return typos;
    }

  private:
    using Row = std::array<int, kWordBytesMax + 1>;

    void add_row() {
        ++i_;
        Row& row = current();
        row[0] = static_cast<int>(i_);
        for (std::size_t j = 1; j <= word_.size(); ++j) {
            row[j] = std::min({before(1)[j] + 1, row[j - 1] + 1, ends_in_pair(j)});
        }
    }
    Row& current() { return rows_[i_ % 3]; }
    const Row& before(std::size_t rows) const { return rows_[(i_ - rows) % 3]; }

    bool is_swapped(std::size_t j) const {
        return i_ > 1 && j > 1 && asked_[i_ - 1] == word_[j - 2] && asked_[i_ - 2] == word_[j - 1];
    }
    int ends_in_pair(std::size_t j) const {
        const int typos = before(1)[j - 1] + (asked_[i_ - 1] == word_[j - 1] ? 0 : 1);
        return is_swapped(j) ? std::min(typos, before(2)[j - 2] + 1) : typos;
    }

    std::string_view asked_;
    std::string_view word_;
    std::size_t i_ = 0;
    std::array<Row, 3> rows_{};
};

// At the beginning and at the end: no typo is there.
void remove_what_both_have(std::string_view& a, std::string_view& b) {
    const auto begin = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    a.remove_prefix(static_cast<std::size_t>(begin.first - a.begin()));
    b.remove_prefix(static_cast<std::size_t>(begin.second - b.begin()));
    const auto end = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
    a.remove_suffix(static_cast<std::size_t>(end.first - a.rbegin()));
    b.remove_suffix(static_cast<std::size_t>(end.second - b.rbegin()));
}

// By row; a key touches its neighbours in the row and, in the next one, those of its column and of
// the one before.
constexpr std::string_view kKeyboardRows[] = {"azertyuiop", "qsdfghjklm", "wxcvbn"};
// Letters that are taken for each other in French.
constexpr std::string_view kSoundAlike[] = {"ae", "ce", "ck", "cq", "cs", "ei", "eu", "fp", "gj",
                                            "iy", "kq", "mn", "ao", "sz", "ou", "dt", "bp"};

bool is_one_of(std::string_view pair, char a, char b) {
    return pair == std::string{a, b} || pair == std::string{b, a};
}

bool are_beside(char a, char b) {
    for (std::size_t row = 0; row < std::size(kKeyboardRows); ++row) {
        const std::size_t at = kKeyboardRows[row].find(a);
        if (at == std::string_view::npos) continue;
        const std::size_t beside = kKeyboardRows[row].find(b);
        if (beside != std::string_view::npos) return at + 1 == beside || beside + 1 == at;
        if (row + 1 == std::size(kKeyboardRows)) return false;
        const std::size_t below = kKeyboardRows[row + 1].find(b);
        return below != std::string_view::npos && (below == at || below + 1 == at);
    }
    return false;
}

bool are_taken_for_each_other(char a, char b) {
    return are_beside(a, b) || are_beside(b, a) ||
           std::any_of(std::begin(kSoundAlike), std::end(kSoundAlike),
                       [&](std::string_view pair) { return is_one_of(pair, a, b); });
}

// Calls f(remainder) for the text and for what remains of it without up to `most` letters, some
// more than once.
template <typename F>
void for_each_remainder(const std::string& text, int most, F&& f) {
    f(text);
    if (most == 0) return;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string remainder = text;
        remainder.erase(i, 1);
        for_each_remainder(remainder, most - 1, f);
    }
}

// Ascending.
std::vector<Correction> each_once(std::vector<Correction> words) {
    std::sort(words.begin(), words.end(),
              [](const Correction& a, const Correction& b) { return a.word < b.word; });
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

}  // namespace

int typos_between(std::string_view asked, std::string_view word, int most) {
    const std::size_t longer = std::max(asked.size(), word.size());
    const std::size_t shorter = std::min(asked.size(), word.size());
    if (longer - shorter > static_cast<std::size_t>(most)) return most + 1;
    remove_what_both_have(asked, word);
    return std::min(Alignment(asked, word).distance(word.size()), most + 1);
}

int typos_to_beginning(std::string_view asked, std::string_view word, int most) {
    if (asked.empty()) return 0;
    const std::string_view beginning =
        word.substr(0, asked.size() + static_cast<std::size_t>(most));
    const Alignment alignment(asked, beginning);
    int typos = most + 1;
    for (std::size_t j = 1; j <= beginning.size(); ++j) {
        typos = std::min(typos, alignment.distance_with_right_end(j));
    }
    return typos;
}

int typos_forgiven(std::string_view word) {
    if (word.size() < kRanking.one_typo_letters || !is_letters(word)) return 0;
    return word.size() < kRanking.two_typos_letters ? 1 : 2;
}

bool is_unlikely_typo(std::string_view asked, std::string_view word) {
    if (asked.size() < 2 || word.size() < 2) return false;
    const bool is_swapped = asked[0] == word[1] && asked[1] == word[0];
    if (asked[0] != word[0]) return !is_swapped;
    if (asked.size() != word.size()) return false;
    const auto [wrong, right] = std::mismatch(asked.begin(), asked.end(), word.begin());
    if (wrong == asked.end() || !std::equal(wrong + 1, asked.end(), right + 1)) return false;
    return !are_taken_for_each_other(*wrong, *right);
}

TypoIndex::TypoIndex(const Dictionary& dictionary) : dictionary_(&dictionary) {
    find_beginnings();
    fill_buckets();
}

void TypoIndex::find_beginnings() {
    std::string_view last;
    for (std::uint32_t at = 0; at < dictionary_->size(); ++at) {
        const std::string_view word = dictionary_->word(at);
        if (!is_letters(word)) continue;
        const auto differs = std::mismatch(word.begin(), word.end(), last.begin(), last.end());
        const auto shared = static_cast<std::size_t>(differs.first - word.begin());
        const std::size_t longest = std::min(word.size(), kBeginningMax);
        for (std::size_t size = std::max(shared + 1, kBeginningMin); size <= longest; ++size) {
            beginnings_.push_back({at, static_cast<std::uint32_t>(size)});
        }
        last = word;
    }
    beginnings_.shrink_to_fit();
}

std::size_t TypoIndex::bucket_of(std::string_view remainder) const {
    return std::hash<std::string_view>{}(remainder) & (first_in_bucket_.size() - 2);
}

// A counting sort by bucket, as far as possible with four beginnings in each.
void TypoIndex::fill_buckets() {
    const auto for_each_entry = [&](auto&& f) {
        for (std::uint32_t i = 0; i < beginnings_.size(); ++i) {
            const int typos = beginnings_[i].size < kTwoTyposFrom ? 1 : 2;
            for_each_remainder(std::string(text(beginnings_[i])), typos,
                               [&](const std::string& remainder) { f(remainder, i); });
        }
    };
    std::size_t entries = 0;
    for_each_entry([&](const std::string&, std::uint32_t) { ++entries; });
    check(entries < (std::size_t{1} << 32));
    first_in_bucket_.resize(std::bit_ceil(entries / 4 + 2) + 1);
    for_each_entry([&](const std::string& remainder, std::uint32_t) {
        ++first_in_bucket_[bucket_of(remainder) + 1];
    });
    for (std::size_t i = 1; i < first_in_bucket_.size(); ++i) {
        first_in_bucket_[i] += first_in_bucket_[i - 1];
    }
    buckets_.resize(entries);
    std::vector<std::uint32_t> next(first_in_bucket_.begin(), first_in_bucket_.end() - 1);
    for_each_entry([&](const std::string& remainder, std::uint32_t beginning) {
        buckets_[next[bucket_of(remainder)]++] = beginning;
    });
}

// Those that may be near: too many are found, the caller measures.
std::vector<TypoIndex::Beginning> TypoIndex::beginnings_near(std::string_view asked,
                                                             int typos) const {
    std::vector<std::uint32_t> found;
    for_each_remainder(std::string(asked.substr(0, kBeginningMax)), typos,
                       [&](const std::string& remainder) {
                           const std::size_t bucket = bucket_of(remainder);
                           found.insert(found.end(), buckets_.begin() + first_in_bucket_[bucket],
                                        buckets_.begin() + first_in_bucket_[bucket + 1]);
                       });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::vector<Beginning> beginnings;
    beginnings.reserve(found.size());
    for (const std::uint32_t number : found) beginnings.push_back(beginnings_[number]);
    return beginnings;
}

// Adds the words of letters among those that are no further than is forgiven, and not the same.
template <typename Distance>
void TypoIndex::measure(NumberRange words, std::string_view asked, Distance&& distance,
                        std::vector<Correction>& near) const {
    const int most = typos_forgiven(asked);
    for (std::uint32_t at = words.begin; at < words.end; ++at) {
        const std::string_view word = dictionary_->word(at);
        if (!is_letters(word)) continue;
        const int typos = distance(word);
        if (typos > 0 && typos <= most) near.push_back({at, typos, is_unlikely_typo(asked, word)});
    }
}

std::vector<Correction> TypoIndex::words_near(std::string_view asked) const {
    const int most = typos_forgiven(asked);
    std::vector<Correction> near;
    if (most == 0) return near;
    const auto distance = [&](std::string_view word) { return typos_between(asked, word, most); };
    for (const Beginning& beginning : beginnings_near(asked, most)) {
        if (beginning.size == kBeginningMax) {
            measure(dictionary_->prefix_range(text(beginning)), asked, distance, near);
            continue;
        }
        // A shorter one stands for the word that is no longer, if there is one: it is the first.
        const std::uint32_t first = beginning.first_word;
        if (dictionary_->word(first).size() == beginning.size)
            measure({first, first + 1}, asked, distance, near);
    }
    return each_once(std::move(near));
}

std::vector<Correction> TypoIndex::words_beginning_near(std::string_view asked) const {
    const int most = typos_forgiven(asked);
    std::vector<Correction> near;
    if (most == 0) return near;
    const auto distance = [&](std::string_view word) {
        return typos_to_beginning(asked, word, most);
    };
    for (const Beginning& beginning : beginnings_near(asked, most)) {
        if (beginning.size == kBeginningMax || distance(text(beginning)) <= most)
            measure(dictionary_->prefix_range(text(beginning)), asked, distance, near);
    }
    return each_once(std::move(near));
}

std::size_t TypoIndex::bytes() const {
    return beginnings_.capacity() * sizeof(Beginning) +
           (first_in_bucket_.capacity() + buckets_.capacity()) * sizeof(std::uint32_t);
}

}  // namespace emplettes::search
