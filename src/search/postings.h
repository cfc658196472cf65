#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "search/impact.h"
#include "search/place_tree.h"

namespace emplettes::search {

inline constexpr std::uint32_t kNoProduct = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::size_t kBlockPostings = 128;

// Districts: 64 equal parts of the shops' numbers. A set of them is one word.
using Tiles = std::uint64_t;
inline constexpr Tiles kAllTiles = ~Tiles{0};
inline constexpr std::uint32_t kTileCount = 64;

// One posting list: products in ascending order, each once, with the impact of the word in them. A
// view; the store or the scratch that made it owns the memory.
class PostingList {
  public:
    PostingList() = default;
    // `tiles`, when there, holds for every block of kBlockPostings places of the store the
    // districts where the products of the block are on offer.
    PostingList(const std::uint32_t* products, const Impact* impacts, const Tiles* tiles,
                NumberRange range)
        : products_(products), impacts_(impacts), tiles_(tiles), range_(range) {}

    std::size_t size() const { return range_.end - range_.begin; }

    // Calls f(product, impact) for the postings of the blocks that touch the tiles.
    template <typename F>
    void for_each(Tiles tiles, F&& f) const {
        for (std::uint32_t at = range_.begin; at < range_.end;) {
            const std::uint32_t end = block_end(at);
            if (touches(at, tiles)) {
                for (; at < end; ++at) f(products_[at], impacts_[at]);
            }
            at = end;
        }
    }

  private:
    friend class PostingCursor;
    bool touches(std::uint32_t at, Tiles tiles) const {
        return tiles_ == nullptr || (tiles_[at / kBlockPostings] & tiles) != 0;
    }
    std::uint32_t block_end(std::uint32_t at) const {
        const auto end = static_cast<std::uint32_t>((at / kBlockPostings + 1) * kBlockPostings);
        return std::min(end, range_.end);
    }

    const std::uint32_t* products_ = nullptr;
    const Impact* impacts_ = nullptr;
    const Tiles* tiles_ = nullptr;
    NumberRange range_;
};

// Walks one posting list, leaving out blocks that do not touch the tiles.
class PostingCursor {
  public:
    PostingCursor(const PostingList& list, Tiles tiles)
        : list_(list), tiles_(tiles), at_(list.range_.begin) {
        leave_out();
    }

    std::uint32_t product() const {
        return at_ < list_.range_.end ? list_.products_[at_] : kNoProduct;
    }
    Impact impact() const { return list_.impacts_[at_]; }  // only while there is a product

    void next() {
        if (++at_ % kBlockPostings == 0) leave_out();
    }

    // The first posting of `product` or of one after it; never backwards. Looks into every block.
    void seek(std::uint32_t product) {
        if (this->product() >= product) return;
        const std::uint32_t* const begin = list_.products_;
        std::uint32_t low = at_;  // products_[low] < product
        std::uint32_t step = 1;
        while (low + step < list_.range_.end && begin[low + step] < product) {
            low += step;
            step *= 2;
        }
        const std::uint32_t high = std::min(low + step, list_.range_.end);
        at_ = static_cast<std::uint32_t>(std::lower_bound(begin + low + 1, begin + high, product) -
                                         begin);
    }

  private:
    void leave_out() {
        while (at_ < list_.range_.end && !list_.touches(at_, tiles_)) at_ = list_.block_end(at_);
    }

    PostingList list_;
    Tiles tiles_;
    std::uint32_t at_;
};

// Postings as they come out of the products, one product after the other; sorted by list when a
// store takes them.
class PostingStream {
  public:
    void add(std::uint32_t list, Impact impact) {
        lists_.push_back(list);
        impacts_.push_back(impact);
    }
    void end_product() { ends_.push_back(lists_.size()); }

    std::size_t products() const { return ends_.size(); }
    // Calls f(list, impact) for what the product has.
    template <typename F>
    void for_each(std::uint32_t product, F&& f) const {
        const std::size_t begin = product == 0 ? 0 : ends_[product - 1];
        for (std::size_t i = begin; i < ends_[product]; ++i) f(lists_[i], impacts_[i]);
    }

  private:
    std::vector<std::uint32_t> lists_;
    std::vector<Impact> impacts_;
    std::vector<std::size_t> ends_;
};

// All posting lists of an index, one after the other. Plain arrays behind PostingList: whoever
// packs them changes this file only.
class PostingStore {
  public:
    PostingStore() = default;
    // The stream has a list at most once per product. product_tiles by product.
    PostingStore(std::size_t lists, const PostingStream& stream,
                 std::span<const Tiles> product_tiles);

    PostingList list(std::uint32_t list) const {
        return {
            products_.data(), impacts_.data(), tiles_.data(), {begins_[list], begins_[list + 1]}};
    }
    std::size_t size() const { return products_.size(); }
    std::size_t bytes() const;

  private:
    std::vector<std::uint32_t> begins_{0};
    std::vector<std::uint32_t> products_;
    std::vector<Impact> impacts_;
    std::vector<Tiles> tiles_;
};

}  // namespace emplettes::search
