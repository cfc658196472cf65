#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "search/scratch.h"
#include "search/text_match.h"
#include "search/typos.h"

namespace emplettes::search {

// How a document has a word, as a number: the better, the greater. Fewer typos, then the weight,
// whose bits are ordered as it is, then the place in the title. 0: it does not have it.
using MatchKey = std::uint64_t;

inline MatchKey key_of(const Source& source, Impact impact) {
    const auto right = static_cast<MatchKey>(kTyposMax + 1 - source.typos);
    const auto weight = std::bit_cast<std::uint32_t>((*source.weights)[impact]);
    return right << 40 | MatchKey{weight} << 8 | (kTitlePositionMax - title_position(impact));
}

inline WordMatch match_of(MatchKey key) {
    if (key == 0) return {};
    return {.weight = std::bit_cast<float>(static_cast<std::uint32_t>(key >> 8)),
            .typos = kTyposMax + 1 - static_cast<int>(key >> 40),
            .title_position = kTitlePositionMax - static_cast<std::uint32_t>(key & 0xFF)};
}

// The documents that have one word, whichever source they come from, a window of neighbouring
// documents at a time: each as it has the word best.
class WordWindow {
  public:
    static constexpr std::uint32_t kDocuments = 1024;
    // One bit for each document of the window.
    using Has = std::array<std::uint64_t, kDocuments / 64>;

    // The word must outlive it.
    explicit WordWindow(const PlannedWord& word) {
        parts_.reserve(word.sources.size());
        for (const Source& source : word.sources)
            parts_.push_back({PostingCursor(source.list, {}), &source});
    }

    // From now on, the documents of this range.
    void turn_to(NumberRange range) {
        for (Part& part : parts_) part.cursor.enter(range);
    }

    // The first document that was not in a window yet; kNoDocument at the end.
    std::uint32_t next_document() const {
        std::uint32_t next = kNoDocument;
        for (const Part& part : parts_) next = std::min(next, part.cursor.document());
        return next;
    }

    // The window of the documents from `first` on, which never goes backwards.
    void enter(std::uint32_t first) {
        begin(first);
        for (Part& part : parts_) {
            part.cursor.seek(first);
            part.cursor.take_before(end_of(first), [&](std::uint32_t document, Impact impact) {
                add(document, key_of(*part.source, impact));
            });
        }
    }
    // The same, but only those of its documents that are `wanted`: cheaper for a few.
    void enter(std::uint32_t first, const Has& wanted) {
        begin(first);
        for (Part& part : parts_) {
            for_each_bit(wanted, [&](std::uint32_t slot) {
                part.cursor.seek(first + slot);
                if (part.cursor.document() == first + slot)
                    add(first + slot, key_of(*part.source, part.cursor.impact()));
            });
        }
    }

    const Has& has() const { return has_; }
    // Of a document of the window, counted from its first one.
    MatchKey key(std::uint32_t slot) const { return best_[slot] & -bit(slot); }

    template <typename F>
    static void for_each_bit(const Has& bits, F&& f) {
        for (std::uint32_t word = 0; word < bits.size(); ++word) {
            for (std::uint64_t left = bits[word]; left != 0; left &= left - 1)
                f(word * 64 + static_cast<std::uint32_t>(std::countr_zero(left)));
        }
    }

  private:
    struct Part {
        PostingCursor cursor;
        const Source* source;
    };

    static std::uint32_t end_of(std::uint32_t first) {
        return first > kNoDocument - kDocuments ? kNoDocument : first + kDocuments;
    }
    void begin(std::uint32_t first) {
        first_ = first;
        has_.fill(0);
    }
    std::uint64_t bit(std::uint32_t slot) const { return has_[slot / 64] >> (slot % 64) & 1U; }
    void add(std::uint32_t document, MatchKey key) {
        const std::uint32_t slot = document - first_;
        best_[slot] = std::max(this->key(slot), key);
        has_[slot / 64] |= std::uint64_t{1} << (slot % 64);
    }

    std::vector<Part> parts_;
    std::uint32_t first_ = 0;
    Has has_{};
    std::array<MatchKey, kDocuments> best_{};  // of those that have it
};

}  // namespace emplettes::search
