#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "search/analyzer.h"
#include "search/impact.h"

namespace emplettes::search {

// How one product has one word.
struct WordMatch {
    float weight = 0;  // 0: it does not have it
    int typos = 0;
    std::uint32_t title_position = kTitlePositionMax;
};

// How one product answers the text of a query.
struct TextMatch {
    int words = 0;
    int typos = 0;
    int title_words = 0;  // of those found, in the title
    float text = 1;
    bool is_all_in_title = false;
    std::uint32_t first_position = kTitlePositionMax;  // of the first word, in the title
};

// How one product has each word asked for, in their order.
using WordMatches = std::array<WordMatch, kQueryWordsMax>;

// What share of the text each word asked for is; together 1.
using WordShares = std::array<float, kQueryWordsMax>;

// Puts the words of one product together, in the order in which they were asked for.
inline TextMatch match_text(std::span<const WordMatch> words, const WordShares& shares) {
    TextMatch result{.is_all_in_title = true, .first_position = words.front().title_position};
    float weight_sum = 0;
    int close = 0;
    std::uint32_t last_position = kTitlePositionMax;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const WordMatch& word = words[i];
        if (word.weight > 0) ++result.words;
        result.typos += word.typos;
        weight_sum += word.weight * shares[i];
        close += closeness(last_position, word.title_position);
        if (word.title_position < kTitlePositionMax)
            ++result.title_words;
        else
            result.is_all_in_title = false;
        last_position = word.title_position;
    }
    result.text = text_score(weight_sum, close, static_cast<int>(words.size()));
    return result;
}

}  // namespace emplettes::search
