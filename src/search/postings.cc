#include "search/postings.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/check.h"

namespace emplettes::search {

namespace {

// Into bits that are 0 as yet.
void write_bits(std::uint8_t* bytes, std::size_t bit, std::uint64_t value) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes + bit / 8, sizeof eight);
    eight |= value << (bit % 8);
    std::memcpy(bytes + bit / 8, &eight, sizeof eight);
}

}  // namespace

void PostingPacker::clear() {
    blocks_.clear();
    bytes_.assign(kPackedPadding, 0);
    open_ = 0;
}

void PostingPacker::add(std::uint32_t document, Impact impact) {
    documents_[open_] = document;
    impacts_[open_] = impact;
    if (++open_ == kBlockPostings) end_block();
}

void PostingPacker::end_list() {
    if (open_ > 0) end_block();
}

void PostingPacker::end_block() {
    const std::uint32_t first = documents_[0];
    const auto [least, greatest] = std::minmax_element(impacts_.begin(), impacts_.begin() + open_);
    PostingBlock block{
        .first = first,
        .size = static_cast<std::uint8_t>(open_),
        .document_bits = static_cast<std::uint8_t>(std::bit_width(documents_[open_ - 1] - first)),
        .impact_min = *least,
        .impact_bits =
            static_cast<std::uint8_t>(std::bit_width(static_cast<unsigned>(*greatest - *least)))};
    const std::size_t begin = bytes_.size() - kPackedPadding;
    check(begin < (std::size_t{1} << 32));
    block.begin = static_cast<std::uint32_t>(begin);
    bytes_.resize(begin + block.document_bytes() + block.impact_bytes() + kPackedPadding);
    std::uint8_t* const documents = bytes_.data() + begin;
    std::uint8_t* const impacts = documents + block.document_bytes();
    for (std::size_t i = 0; i < open_; ++i) {
        write_bits(documents, i * block.document_bits, documents_[i] - first);
        write_bits(impacts, i * block.impact_bits, static_cast<unsigned>(impacts_[i] - *least));
    }
    blocks_.push_back(block);
    open_ = 0;
}

void PostingPacker::shrink_to_fit() {
    blocks_.shrink_to_fit();
    bytes_.shrink_to_fit();
}

// A counting sort: stable, so documents stay ascending within each list.
PostingStore::PostingStore(std::size_t lists, const PostingStream& stream,
                           std::span<const std::uint32_t> product_of)
    : products_(lists) {
    std::vector<std::size_t> ends(lists + 1);
    for (std::uint32_t product = 0; product < stream.products(); ++product)
        stream.for_each(product, [&](std::uint32_t list, Impact) { ++products_[list]; });
    for (const std::uint32_t product : product_of)
        stream.for_each(product, [&](std::uint32_t list, Impact) { ++ends[list + 1]; });
    for (std::size_t list = 0; list < lists; ++list) ends[list + 1] += ends[list];
    struct Posting {
        std::uint32_t document;
        Impact impact;
    };
    std::vector<Posting> sorted(ends.back());
    for (std::uint32_t document = 0; document < product_of.size(); ++document) {
        stream.for_each(product_of[document], [&](std::uint32_t list, Impact impact) {
            sorted[ends[list]++] = {document, impact};
        });
    }
    first_blocks_.reserve(lists + 1);
    std::size_t at = 0;
    for (std::size_t list = 0; list < lists; ++list) {
        for (; at < ends[list]; ++at) {
            const auto [document, impact] = sorted[at];
            packed_.add(document, impact);
        }
        packed_.end_list();
        first_blocks_.push_back(static_cast<std::uint32_t>(packed_.block_count()));
    }
    packed_.shrink_to_fit();
}

}  // namespace emplettes::search
