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

// The words of a question over one window of documents at a time.
class WordWindows {
  public:
    explicit WordWindows(std::span<const PlannedWord> words) : shares_(word_shares(words)) {
        windows_.reserve(words.size());
        for (std::size_t i = 0; i < words.size(); ++i) {
            windows_.emplace_back(words[i]);
            postings_.push_back(words[i].postings());
            rarest_first_.push_back(i);
        }
        std::sort(rarest_first_.begin(), rarest_first_.end(),
                  [&](std::size_t a, std::size_t b) { return postings_[a] < postings_[b]; });
    }

    // From now on, the documents of this range.
    void turn_to(NumberRange range) {
        for (WordWindow& window : windows_) window.turn_to(range);
    }

    // Calls f(document, TextMatch) for each document that has all the words.
    template <typename F>
    void for_each_with_all(F&& f) {
        WordWindow& rarest = windows_[rarest_first_[0]];
        for (;;) {
            const std::uint32_t first = rarest.next_document();
            if (first == kNoDocument) return;
            rarest.enter(first);
            WordWindow::Has has = rarest.has();
            for (std::size_t i = 1; i < rarest_first_.size(); ++i)
                join(rarest_first_[i], first, has);
            show(first, has, f);
        }
    }

    // Calls f(document, TextMatch) for each document that has one of the `telling` words, a bit
    // each.
    template <typename F>
    void for_each_with_some(std::uint32_t telling, F&& f) {
        const auto tells = [&](std::size_t word) { return (telling >> word & 1U) != 0; };
        for (;;) {
            std::uint32_t first = kNoDocument;
            for (std::size_t i = 0; i < windows_.size(); ++i)
                if (tells(i)) first = std::min(first, windows_[i].next_document());
            if (first == kNoDocument) return;
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
    // Looking a document up in a list costs as much as reading so many postings of it.
    static constexpr std::size_t kPostingsForALook = 16;

    // Leaves in `has` the documents that have this word, too.
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

}  // namespace emplettes::search
