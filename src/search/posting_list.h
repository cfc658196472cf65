#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>

#include "search/impact.h"
#include "search/place_tree.h"

namespace emplettes::search {

inline constexpr std::uint32_t kNoProduct = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::size_t kBlockPostings = 128;

// Districts: 64 equal parts of the shops' numbers. A set of them is one word.
using Tiles = std::uint64_t;
inline constexpr Tiles kAllTiles = ~Tiles{0};
inline constexpr std::uint32_t kTileCount = 64;

// At most kBlockPostings postings of a list. Their bytes are the products, each as its difference
// to the first one in as many bits as the last one needs (frame of reference), then one byte for
// each impact.
struct PostingBlock {
    Tiles tiles = 0;  // where its products are on offer
    std::uint32_t first = 0;
    std::uint32_t begin = 0;  // of its bytes
    std::uint8_t bits = 0;
    std::uint8_t size = 0;

    std::size_t product_bytes() const { return (std::size_t{size} * bits + 7) / 8; }
};

// Products of a block, unpacked. Some behind `size` may be anything.
using BlockProducts = std::array<std::uint32_t, kBlockPostings>;
// Reads up to kPackedPadding bytes more than the block has.
void unpack(const PostingBlock& block, const std::uint8_t* bytes, BlockProducts& products);
inline constexpr std::size_t kPackedPadding = 40;

// One posting list: products in ascending order, each once, with the impact of the word in them. A
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

    // Calls f(products, impacts, tiles of the block) for each block that touches the tiles; some
    // products behind the last impact may be anything.
    template <typename F>
    void for_each_block(Tiles tiles, F&& f) const {
        BlockProducts products;
        for (const PostingBlock& block : blocks_) {
            if ((block.tiles & tiles) == 0) continue;
            unpack(block, bytes_ + block.begin, products);
            f(products, std::span<const Impact>(impacts_of(block), block.size), block.tiles);
        }
    }
    // Calls f(product, impact) for the postings of these blocks.
    template <typename F>
    void for_each(Tiles tiles, F&& f) const {
        for_each_block(tiles, [&](const BlockProducts& products, std::span<const Impact> impacts,
                                  Tiles /*of_block*/) {
            for (std::size_t i = 0; i < impacts.size(); ++i) f(products[i], impacts[i]);
        });
    }

    // How many of some products, ascending, are in it.
    std::uint32_t count_of(std::span<const std::uint32_t> products) const;

  private:
    friend class PostingCursor;
    const Impact* impacts_of(const PostingBlock& block) const {
        return bytes_ + block.begin + block.product_bytes();
    }

    std::span<const PostingBlock> blocks_;
    const std::uint8_t* bytes_ = nullptr;
};

// Walks one posting list, leaving out blocks that do not touch the tiles.
class PostingCursor {
  public:
    PostingCursor(const PostingList& list, Tiles tiles) : list_(list), tiles_(tiles) {
        enter_block();
    }

    std::uint32_t product() const { return product_; }  // kNoProduct at the end
    Impact impact() const { return impacts_[at_]; }     // only while there is a product

    void next() {
        if (++at_ < size_) {
            product_ = products_[at_];
            return;
        }
        ++block_;
        enter_block();
    }

    // The first posting of `product` or of one after it; never backwards.
    void seek(std::uint32_t product) {
        if (product_ >= product) return;
        if (leave_blocks_before(product)) enter_block();
        if (product_ >= product) return;
        // The first half of what is left may be left out, and so on, without a branch.
        std::size_t left = size_ - at_;
        const std::uint32_t* from = products_.data() + at_;
        while (left > 1) {
            const std::size_t half = left / 2;
            from += from[half - 1] < product ? half : 0;
            left -= half;
        }
        at_ = static_cast<std::size_t>(from - products_.data()) + (*from < product ? 1 : 0);
        if (at_ < size_) {
            product_ = products_[at_];
            return;
        }
        ++block_;
        enter_block();
    }

    // Calls f(product, impact) for the postings up to `end`, and goes on behind them.
    template <typename F>
    void take_before(std::uint32_t end, F&& f) {
        while (product_ < end) {
            std::size_t at = at_;
            for (; at < size_ && products_[at] < end; ++at) f(products_[at], impacts_[at]);
            at_ = at;
            if (at_ < size_) {
                product_ = products_[at_];
                return;
            }
            ++block_;
            enter_block();
        }
    }

  private:
    // At the first posting of this block, or of the next one that touches the tiles.
    void enter_block() {
        while (block_ < list_.blocks_.size() && (list_.blocks_[block_].tiles & tiles_) == 0)
            ++block_;
        at_ = 0;
        product_ = kNoProduct;
        if (block_ == list_.blocks_.size()) return;
        const PostingBlock& block = list_.blocks_[block_];
        unpack(block, list_.bytes_ + block.begin, products_);
        impacts_ = list_.impacts_of(block);
        size_ = block.size;
        product_ = block.first;
    }
    // To the last block that begins at `product` or before it, in steps that double. False when
    // that is the block we are in.
    bool leave_blocks_before(std::uint32_t product) {
        const auto begins_later = [&](std::size_t block) {
            return block >= list_.blocks_.size() || list_.blocks_[block].first > product;
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
    Tiles tiles_;
    std::size_t block_ = 0;
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    std::uint32_t product_ = kNoProduct;
    const Impact* impacts_ = nullptr;
    BlockProducts products_;
};

}  // namespace emplettes::search
