#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

#include "search/impact.h"
#include "search/scratch.h"

namespace emplettes::search {

// How one product has one word.
struct WordMatch {
    float weight = 0;  // 0: it does not have it
    int typos = 0;
    std::uint32_t title_position = kTitlePositionMax;

    // The one with fewer typos, then the heavier one, then the one that stands first.
    void improve(const WordMatch& other) {
        const auto key = [](const WordMatch& match) {
            return std::tuple(match.weight == 0, match.typos, -match.weight, match.title_position);
        };
        if (key(other) < key(*this)) *this = other;
    }
};

// How one product answers the text of a query.
struct TextMatch {
    int words = 0;
    int typos = 0;
    float text = 1;
    bool is_all_in_title = false;
    std::uint32_t first_position = kTitlePositionMax;  // of the first word, in the title
};

// Walks the products that have one word, whichever source they come from.
class WordCursor {
  public:
    WordCursor(const PlannedWord& word, Tiles tiles) {
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
            const Impact impact = part.cursor.impact();
            best.improve({.weight = (*part.source->weights)[impact],
                          .typos = part.source->typos,
                          .title_position = title_position(impact)});
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

// Puts the words of one product together, in the order in which they were asked for.
inline TextMatch match_text(std::span<const WordCursor> words, std::uint32_t product) {
    TextMatch result{.is_all_in_title = true};
    float weight_sum = 0;
    int close_pairs = 0;
    std::uint32_t last_position = kTitlePositionMax;
    for (const WordCursor& word : words) {
        std::uint32_t position = kTitlePositionMax;
        if (word.product() == product) {
            const WordMatch match = word.match();
            ++result.words;
            result.typos += match.typos;
            weight_sum += match.weight;
            position = match.title_position;
        }
        if (are_close(last_position, position)) ++close_pairs;
        if (position == kTitlePositionMax) result.is_all_in_title = false;
        if (&word == words.data()) result.first_position = position;
        last_position = position;
    }
    result.text = text_score(weight_sum, close_pairs, static_cast<int>(words.size()));
    return result;
}

// Calls f(product, TextMatch) for each product that has all the words, those of one word in any
// order. Products outside the tiles may come too or not.
template <typename F>
void for_each_with_all_words(std::span<const PlannedWord> words, Tiles tiles, F&& f) {
    if (words.size() == 1 && words[0].is_disjoint) {
        for (const Source& source : words[0].sources) {
            source.list.for_each(tiles, [&](std::uint32_t product, Impact impact) {
                const std::uint32_t position = title_position(impact);
                f(product, TextMatch{.words = 1,
                                     .typos = source.typos,
                                     .text = (*source.weights)[impact],
                                     .is_all_in_title = position < kTitlePositionMax,
                                     .first_position = position});
            });
        }
        return;
    }
    std::vector<WordCursor> cursors;
    std::vector<std::size_t> order;  // the rarest word leads
    for (std::size_t i = 0; i < words.size(); ++i) {
        cursors.emplace_back(words[i], tiles);
        order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return words[a].postings() < words[b].postings();
    });
    WordCursor& leader = cursors[order[0]];
    while (leader.product() != kNoProduct) {
        const std::uint32_t product = leader.product();
        std::uint32_t furthest = product;
        for (std::size_t i = 1; i < order.size() && furthest == product; ++i) {
            cursors[order[i]].seek(product);
            furthest = cursors[order[i]].product();
        }
        if (furthest == kNoProduct) return;
        if (furthest != product) {
            leader.seek(furthest);
            continue;
        }
        f(product, match_text(cursors, product));
        leader.next();
    }
}

// Calls f(product, TextMatch) for each product that has some of the words, ascending.
template <typename F>
void for_each_with_some_words(std::span<const PlannedWord> words, Tiles tiles, F&& f) {
    std::vector<WordCursor> cursors;
    for (const PlannedWord& word : words) cursors.emplace_back(word, tiles);
    for (;;) {
        std::uint32_t product = kNoProduct;
        for (const WordCursor& cursor : cursors) product = std::min(product, cursor.product());
        if (product == kNoProduct) return;
        f(product, match_text(cursors, product));
        for (WordCursor& cursor : cursors) {
            if (cursor.product() == product) cursor.next();
        }
    }
}

}  // namespace emplettes::search
