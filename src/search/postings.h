#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/huge_pages.h"
#include "search/posting_list.h"

namespace emplettes::search {

// Packs postings, in ascending order of their documents within each list.
class PostingPacker {
  public:
    void clear();
    void add(std::uint32_t document, Impact impact);
    // The list is complete; its blocks are those from `first_block` on.
    void end_list();

    // Until the next change.
    PostingList list(std::size_t first_block, std::size_t end_block) const {
        return {std::span(blocks_).subspan(first_block, end_block - first_block), bytes_.data()};
    }
    std::size_t block_count() const { return blocks_.size(); }
    std::size_t bytes() const {
        return blocks_.capacity() * sizeof(PostingBlock) + bytes_.capacity();
    }
    void shrink_to_fit();

    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("postings: blocks", self.blocks_);
        parts("postings: bytes", self.bytes_);
    }

  private:
    void end_block();

    HugeVector<PostingBlock> blocks_;
    HugeVector<std::uint8_t> bytes_ = HugeVector<std::uint8_t>(kPackedPadding);
    std::array<std::uint32_t, kBlockPostings> documents_{};
    std::array<Impact, kBlockPostings> impacts_{};
    std::size_t open_ = 0;  // postings that are not packed yet
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

// All posting lists of an index, one after the other.
class PostingStore {
  public:
    PostingStore() = default;
    // The stream has a list at most once per product. product_of: of each document.
    PostingStore(std::size_t lists, const PostingStream& stream,
                 std::span<const std::uint32_t> product_of);

    PostingList list(std::uint32_t list) const {
        return packed_.list(first_blocks_[list], first_blocks_[list + 1]);
    }
    // How many products are in it, in however many documents.
    std::uint32_t products(std::uint32_t list) const { return products_[list]; }
    std::size_t bytes() const {
        return (first_blocks_.capacity() + products_.capacity()) * sizeof(std::uint32_t) +
               packed_.bytes();
    }

    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("postings: first blocks", self.first_blocks_);
        parts("postings: products", self.products_);
        PostingPacker::each_part(self.packed_, parts);
    }

  private:
    std::vector<std::uint32_t> first_blocks_{0};
    std::vector<std::uint32_t> products_;  // of each list
    PostingPacker packed_;
};

}  // namespace emplettes::search
