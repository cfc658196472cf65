#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>

#include "search/place_tree.h"
#include "search/posting_block.h"

namespace emplettes::search {

inline constexpr std::uint32_t kNoDocument = std::numeric_limits<std::uint32_t>::max();
// What posting lists name: one product in one shop (documents.h). All of them:
inline constexpr NumberRange kAllDocuments{0, kNoDocument};

// One posting list: documents in ascending order, each once, with the impact of the word in them. A
// view; the store or the scratch that made it owns the memory.
class PostingList {
  public:
    PostingList() = default;
    // All blocks but the last are full.
    PostingList(std::span<const PostingBlock> blocks, const std::uint8_t* bytes)
        : blocks_(blocks), bytes_(bytes) {}

    std::size_t size() const {
        return blocks_.empty() ? 0 : (blocks_.size() - 1) * kBlockPostings + blocks_.back().size;
    }

    // Calls f(documents, impacts) for the postings of each block that are within the range; there
    // are as many documents as impacts.
    template <typename F>
    void for_each_block(NumberRange range, F&& f) const {
        BlockDocuments documents;
        BlockImpacts impacts;
        for (std::size_t at = block_of(range.begin);
             at < blocks_.size() && blocks_[at].first < range.end; ++at) {
            const PostingBlock& block = blocks_[at];
            unpack(block, bytes_ + block.begin, documents);
            const auto begin = documents.begin();
            const auto end = begin + block.size;
            const auto from =
                block.first >= range.begin ? begin : std::lower_bound(begin, end, range.begin);
            const auto to = *(end - 1) < range.end ? end : std::lower_bound(from, end, range.end);
            if (from == to) continue;
            unpack(block, bytes_ + block.begin, impacts);
            f(&*from, std::span<const Impact>(impacts.data() + (from - begin),
                                              static_cast<std::size_t>(to - from)));
        }
    }
    // Calls f(document, impact) for them one by one.
    template <typename F>
    void for_each(NumberRange range, F&& f) const {
        for_each_block(range, [&](const std::uint32_t* documents, std::span<const Impact> impacts) {
            for (std::size_t i = 0; i < impacts.size(); ++i) f(documents[i], impacts[i]);
        });
    }

    // How many of some documents, ascending, are in it.
    std::uint32_t count_of(std::span<const std::uint32_t> documents) const;

  private:
    friend class PostingCursor;
    // The last block that begins at the document or before it; the first one when there is none.
    std::size_t block_of(std::uint32_t document) const {
        const auto behind = std::upper_bound(
            blocks_.begin(), blocks_.end(), document,
            [](std::uint32_t wanted, const PostingBlock& block) { return wanted < block.first; });
        return behind == blocks_.begin() ? 0
                                         : static_cast<std::size_t>(behind - blocks_.begin()) - 1;
    }

    std::span<const PostingBlock> blocks_;
    const std::uint8_t* bytes_ = nullptr;
};

// Walks the postings of one list that are within a range.
class PostingCursor {
  public:
    PostingCursor(const PostingList& list, NumberRange range) : list_(list) { enter(range); }

    // Another range.
    void enter(NumberRange range) {
        end_ = range.end;
        block_ = list_.block_of(range.begin);
        enter_block();
        seek(range.begin);
    }

    std::uint32_t document() const { return document_; }  // kNoDocument at the end
    Impact impact() const { return impacts_[at_]; }       // only while there is a document

    void next() {
        if (++at_ < size_) return stand_here();
        ++block_;
        enter_block();
    }

    // The first posting of `document` or of one after it; never backwards.
    void seek(std::uint32_t document) {
        if (document_ >= document) return;
        if (leave_blocks_before(document)) enter_block();
        if (document_ >= document) return;
        // The first half of what is left may be left out, and so on, without a branch.
        std::size_t left = size_ - at_;
        const std::uint32_t* from = documents_.data() + at_;
        while (left > 1) {
            const std::size_t half = left / 2;
            from += from[half - 1] < document ? half : 0;
            left -= half;
        }
        at_ = static_cast<std::size_t>(from - documents_.data()) + (*from < document ? 1 : 0);
        if (at_ < size_) return stand_here();
        ++block_;
        enter_block();
    }

    // Calls f(document, impact) for the postings up to `end`, and goes on behind them.
    template <typename F>
    void take_before(std::uint32_t end, F&& f) {
        const std::uint32_t behind = std::min(end, end_);
        while (document_ < behind) {
            std::size_t at = at_;
            for (; at < size_ && documents_[at] < behind; ++at) f(documents_[at], impacts_[at]);
            at_ = at;
            if (at_ < size_) return stand_here();
            ++block_;
            enter_block();
        }
    }

  private:
    void stand_here() { document_ = documents_[at_] < end_ ? documents_[at_] : kNoDocument; }
    // At the first posting of this block.
    void enter_block() {
        at_ = 0;
        document_ = kNoDocument;
        if (block_ >= list_.blocks_.size() || list_.blocks_[block_].first >= end_) return;
        const PostingBlock& block = list_.blocks_[block_];
        if (unpacked_ != block_) {
            unpack(block, list_.bytes_ + block.begin, documents_);
            impacts_ = PackedImpacts(block, list_.bytes_ + block.begin);
            unpacked_ = block_;
        }
        size_ = block.size;
        stand_here();
    }
    // To the last block that begins at `document` or before it, in steps that double. False when
    // that is the block we are in.
    bool leave_blocks_before(std::uint32_t document) {
        const auto begins_later = [&](std::size_t block) {
            return block >= list_.blocks_.size() || list_.blocks_[block].first > document;
        };
        if (begins_later(block_ + 1)) return false;
        std::size_t low = block_ + 1;
        std::size_t step = 1;
        while (!begins_later(low + step)) {
            low += step;
            step *= 2;
        }
        std::size_t high = low + step;  // begins later
        while (high - low > 1) {
            const std::size_t middle = (low + high) / 2;
            (begins_later(middle) ? high : low) = middle;
        }
        block_ = low;
        return true;
    }

    PostingList list_;
    std::uint32_t end_ = kNoDocument;  // of the range
    std::size_t block_ = 0;
    std::size_t unpacked_ = std::numeric_limits<std::size_t>::max();  // the block in documents_
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    std::uint32_t document_ = kNoDocument;
    BlockDocuments documents_;
    PackedImpacts impacts_;
};

}  // namespace emplettes::search
