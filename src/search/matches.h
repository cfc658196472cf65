#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "search/scratch.h"
#include "search/text_match.h"
#include "search/word_window.h"

namespace emplettes::search {

inline WordShares word_shares(std::span<const PlannedWord> words) {
    float sum = 0;
    for (const PlannedWord& word : words) sum += word.rarity;
    WordShares shares{};
    for (std::size_t i = 0; i < words.size(); ++i) shares[i] = words[i].rarity / sum;
    return shares;
}

// The words of a question over one window of products at a time.
class WordWindows {
  public:
    WordWindows(std::span<const PlannedWord> words, Tiles tiles) : shares_(word_shares(words)) {
        windows_.reserve(words.size());
        for (std::size_t i = 0; i < words.size(); ++i) {
            windows_.emplace_back(words[i], tiles);
            postings_.push_back(words[i].postings());
            rarest_first_.push_back(i);
        }
        std::sort(rarest_first_.begin(), rarest_first_.end(),
                  [&](std::size_t a, std::size_t b) { return postings_[a] < postings_[b]; });
    }

    // Calls f(product, TextMatch) for each product that has all the words.
    template <typename F>
    void for_each_with_all(F&& f) {
        WordWindow& rarest = windows_[rarest_first_[0]];
        for (;;) {
            const std::uint32_t first = rarest.next_product();
            if (first == kNoProduct) return;
            rarest.enter(first);
            WordWindow::Has has = rarest.has();
            for (std::size_t i = 1; i < rarest_first_.size(); ++i)
                join(rarest_first_[i], first, has);
            show(first, has, f);
        }
    }

    // Calls f(product, TextMatch) for each product that has one of the `telling` words, a bit each.
    template <typename F>
    void for_each_with_some(std::uint32_t telling, F&& f) {
        const auto tells = [&](std::size_t word) { return (telling >> word & 1U) != 0; };
        for (;;) {
            std::uint32_t first = kNoProduct;
            for (std::size_t i = 0; i < windows_.size(); ++i)
                if (tells(i)) first = std::min(first, windows_[i].next_product());
            if (first == kNoProduct) return;
            WordWindow::Has has{};
            for (std::size_t i = 0; i < windows_.size(); ++i) {
                windows_[i].enter(first);
                if (!tells(i)) continue;
                for (std::size_t at = 0; at < has.size(); ++at) has[at] |= windows_[i].has()[at];
            }
            show(first, has, f);
        }
    }

  private:
    // Looking a product up in a list costs as much as reading so many postings of it.
    static constexpr std::size_t kPostingsForALook = 16;

    // Leaves in `has` the products that have this word, too.
    void join(std::size_t word, std::uint32_t first, WordWindow::Has& has) {
        const bool is_far_longer =
            postings_[word] / kPostingsForALook > postings_[rarest_first_[0]];
        if (is_far_longer)
            windows_[word].enter(first, has);
        else
            windows_[word].enter(first);
        for (std::size_t i = 0; i < has.size(); ++i) has[i] &= windows_[word].has()[i];
    }

    template <typename F>
    void show(std::uint32_t first, const WordWindow::Has& has, F&& f) {
        WordWindow::for_each_bit(has, [&](std::uint32_t slot) {
            for (std::size_t i = 0; i < windows_.size(); ++i)
                matches_[i] = match_of(windows_[i].key(slot));
            f(first + slot, match_text(std::span(matches_).first(windows_.size()), shares_));
        });
    }

    std::vector<WordWindow> windows_;
    std::vector<std::size_t> postings_;
    std::vector<std::size_t> rarest_first_;
    WordShares shares_;
    WordMatches matches_;
};

// Calls f(product, TextMatch) for each product that has the only word asked for, ascending.
// Products outside the tiles may come too or not; so below.
template <typename F>
void for_each_with_word(const PlannedWord& word, Tiles tiles, F&& f) {
    WordWindow window(word, tiles);
    for (;;) {
        const std::uint32_t first = window.next_product();
        if (first == kNoProduct) return;
        window.enter(first);
        WordWindow::for_each_bit(window.has(), [&](std::uint32_t slot) {
            f(first + slot, match_text(match_of(window.key(slot))));
        });
    }
}

// Calls f(product, TextMatch) for each product that has all the words, ascending.
template <typename F>
void for_each_with_all_words(std::span<const PlannedWord> words, Tiles tiles, F&& f) {
    if (words.empty()) return;
    if (words.size() == 1) return for_each_with_word(words[0], tiles, f);
    WordWindows(words, tiles).for_each_with_all(f);
}

// Calls f(product, TextMatch) for each product that has some of the words, one of the `telling`
// ones (telling_words) among them, ascending.
template <typename F>
void for_each_with_some_words(std::span<const PlannedWord> words, std::uint32_t telling,
                              Tiles tiles, F&& f) {
    WordWindows(words, tiles).for_each_with_some(telling, f);
}

}  // namespace emplettes::search
