#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

#include "search/scratch.h"
#include "search/text_match.h"
#include "search/typos.h"

namespace emplettes::search {

// Puts the sources of the only word asked for together, a window of products at a time: each
// product once, as it has the word best. Of its place in the
// title only whether it has one is told.
class WordUnion {
  public:
    WordUnion(const PlannedWord& word, Tiles tiles) {
        parts_.reserve(word.sources.size());
        for (const Source& source : word.sources) {
            parts_.push_back({PostingCursor(source.list, tiles), &source});
        }
    }

    // Calls f(product, WordMatch), ascending.
    template <typename F>
    void for_each(F&& f) {
        for (;;) {
            std::uint32_t first = kNoProduct;
            for (const Part& part : parts_) first = std::min(first, part.cursor.product());
            if (first == kNoProduct) return;
            for (Part& part : parts_) collect(part, first);
            for (std::size_t word = 0; word < touched_.size(); ++word) {
                for (std::uint64_t left = touched_[word]; left != 0; left &= left - 1) {
                    const std::size_t slot =
                        word * 64 + static_cast<std::size_t>(std::countr_zero(left));
                    f(first + static_cast<std::uint32_t>(slot),
                      match_of(std::exchange(best_[slot], 0)));
                }
                touched_[word] = 0;
            }
        }
    }

  private:
    static constexpr std::uint32_t kWindow = 2048;
    struct Part {
        PostingCursor cursor;
        const Source* source;
    };
    // Greater is better: fewer typos, then the weight, whose bits are ordered as it is, then a
    // place in the title.
    static std::uint64_t key_of(const Source& source, Impact impact) {
        const auto right = static_cast<std::uint64_t>(kTyposMax - source.typos + 1);
        const auto weight = std::bit_cast<std::uint32_t>((*source.weights)[impact]);
        const bool is_in_title = title_position(impact) < kTitlePositionMax;
        return right << 33 | std::uint64_t{weight} << 1 | (is_in_title ? 1 : 0);
    }
    static WordMatch match_of(std::uint64_t key) {
        return {.weight = std::bit_cast<float>(static_cast<std::uint32_t>(key >> 1)),
                .typos = kTyposMax + 1 - static_cast<int>(key >> 33),
                .title_position = (key & 1) != 0 ? 0 : kTitlePositionMax};
    }
    void collect(Part& part, std::uint32_t first) {
        for (; part.cursor.product() - first < kWindow; part.cursor.next()) {
            const std::uint32_t slot = part.cursor.product() - first;
            best_[slot] = std::max(best_[slot], key_of(*part.source, part.cursor.impact()));
            touched_[slot / 64] |= std::uint64_t{1} << (slot % 64);
        }
    }

    std::vector<Part> parts_;
    std::array<std::uint64_t, kWindow> best_{};
    std::array<std::uint64_t, kWindow / 64> touched_{};
};

}  // namespace emplettes::search
