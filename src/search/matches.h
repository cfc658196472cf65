#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "search/scratch.h"
#include "search/text_match.h"

namespace emplettes::search {

// Walks the products that have one word, whichever source they come from.
class WordCursor {
  public:
    WordCursor(const PlannedWord& word, Tiles tiles) {
        parts_.reserve(word.sources.size());
        for (const Source& source : word.sources) {
            parts_.push_back({PostingCursor(source.list, tiles), &source});
        }
        find_product();
    }

    std::uint32_t product() const { return product_; }  // kNoProduct at the end

    void seek(std::uint32_t product) {
        if (product_ >= product) return;
        for (Part& part : parts_) part.cursor.seek(product);
        find_product();
    }

    void next() {
        for (Part& part : parts_) {
            if (part.cursor.product() == product_) part.cursor.next();
        }
        find_product();
    }

    WordMatch match() const {
        WordMatch best;
        for (const Part& part : parts_) {
            if (part.cursor.product() != product_) continue;
            best.improve(match_word(*part.source, part.cursor.impact()));
        }
        return best;
    }

  private:
    struct Part {
        PostingCursor cursor;
        const Source* source;
    };
    void find_product() {
        product_ = kNoProduct;
        for (const Part& part : parts_) product_ = std::min(product_, part.cursor.product());
    }

    std::vector<Part> parts_;
    std::uint32_t product_ = kNoProduct;
};

// Calls f(product, WordMatch) for each product that has the word, once. In ascending order from
// each call of `begin` on.
template <typename Begin, typename F>
void for_each_with_word(const PlannedWord& word, Tiles tiles, Begin&& begin, F&& f) {
    if (word.is_disjoint) {
        for (const Source& source : word.sources) {
            begin();
            source.list.for_each(tiles, [&](std::uint32_t product, Impact impact) {
                f(product, match_word(source, impact));
            });
        }
        return;
    }
    begin();
    for (WordCursor cursor(word, tiles); cursor.product() != kNoProduct; cursor.next())
        f(cursor.product(), cursor.match());
}

// All words but one, the rarest first.
class OtherWords {
  public:
    OtherWords(std::span<const PlannedWord> words, std::size_t left_out, Tiles tiles)
        : words_(words), tiles_(tiles) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (i != left_out) order_.push_back(i);
        }
        std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
            return words[a].postings() < words[b].postings();
        });
        cursors_.reserve(order_.size());
    }

    void begin() {
        cursors_.clear();
        for (const std::size_t word : order_) cursors_.emplace_back(words_[word], tiles_);
    }
    // Products ascend from call to call. Fills the matches when the product has all these words.
    bool find(std::uint32_t product, WordMatches& matches) {
        for (WordCursor& cursor : cursors_) {
            cursor.seek(product);
            if (cursor.product() != product) return false;
        }
        for (std::size_t i = 0; i < order_.size(); ++i) matches[order_[i]] = cursors_[i].match();
        return true;
    }

  private:
    std::span<const PlannedWord> words_;
    Tiles tiles_;
    std::vector<std::size_t> order_;
    std::vector<WordCursor> cursors_;
};

inline WordShares word_shares(std::span<const PlannedWord> words) {
    float sum = 0;
    for (const PlannedWord& word : words) sum += word.rarity;
    WordShares shares{};
    for (std::size_t i = 0; i < words.size(); ++i) shares[i] = words[i].rarity / sum;
    return shares;
}

// Calls f(product, TextMatch) for each product that has all the words, in any order. Products
// outside the tiles may come too or not.
template <typename F>
void for_each_with_all_words(std::span<const PlannedWord> words, Tiles tiles, F&& f) {
    const auto rarest = std::min_element(
        words.begin(), words.end(),
        [](const PlannedWord& a, const PlannedWord& b) { return a.postings() < b.postings(); });
    if (rarest == words.end()) return;
    if (words.size() == 1) {
        const auto show = [&](std::uint32_t product, const WordMatch& match) {
            f(product, match_text(match));
        };
        for_each_with_word(
            *rarest, tiles, [] {}, show);
        return;
    }
    const auto leader = static_cast<std::size_t>(rarest - words.begin());
    OtherWords others(words, leader, tiles);
    const WordShares shares = word_shares(words);
    WordMatches matches;
    for_each_with_word(
        *rarest, tiles, [&] { others.begin(); },
        [&](std::uint32_t product, const WordMatch& match) {
            if (!others.find(product, matches)) return;
            matches[leader] = match;
            f(product, match_text(std::span(matches).first(words.size()), shares));
        });
}

// Calls f(product, TextMatch) for each product that has some of the words, one of the first
// `telling` ones among them, ascending.
template <typename F>
void for_each_with_some_words(std::span<const PlannedWord> words, std::size_t telling, Tiles tiles,
                              F&& f) {
    std::vector<WordCursor> cursors;
    for (const PlannedWord& word : words) cursors.emplace_back(word, tiles);
    const WordShares shares = word_shares(words);
    WordMatches matches;
    for (;;) {
        std::uint32_t product = kNoProduct;
        for (std::size_t i = 0; i < telling; ++i) product = std::min(product, cursors[i].product());
        if (product == kNoProduct) return;
        for (std::size_t i = 0; i < cursors.size(); ++i) {
            if (i >= telling) cursors[i].seek(product);
            const bool has_it = cursors[i].product() == product;
            matches[i] = has_it ? cursors[i].match() : WordMatch{};
            if (has_it) cursors[i].next();
        }
        f(product, match_text(std::span(matches).first(words.size()), shares));
    }
}

}  // namespace emplettes::search
