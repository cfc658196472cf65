#include "search/postings.h"

#include "base/check.h"

namespace emplettes::search {

// A counting sort: stable, so products stay ascending within each list.
PostingStore::PostingStore(std::size_t lists, const PostingStream& stream,
                           std::span<const Tiles> product_tiles)
    : begins_(lists + 1) {
    const auto products = static_cast<std::uint32_t>(stream.products());
    for (std::uint32_t product = 0; product < products; ++product) {
        stream.for_each(product, [&](std::uint32_t list, Impact) { ++begins_[list + 1]; });
    }
    std::size_t total = 0;
    for (std::uint32_t& begin : begins_) {
        total += begin;
        check(total < kNoProduct);
        begin = static_cast<std::uint32_t>(total);
    }
    products_.resize(total);
    impacts_.resize(total);
    tiles_.resize(total / kBlockPostings + 1);
    std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
    for (std::uint32_t product = 0; product < products; ++product) {
        stream.for_each(product, [&](std::uint32_t list, Impact impact) {
            const std::uint32_t at = next[list]++;
            products_[at] = product;
            impacts_[at] = impact;
            tiles_[at / kBlockPostings] |= product_tiles[product];
        });
    }
}

std::size_t PostingStore::bytes() const {
    return begins_.size() * sizeof(begins_[0]) + products_.size() * sizeof(std::uint32_t) +
           impacts_.size() * sizeof(Impact) + tiles_.size() * sizeof(Tiles);
}

}  // namespace emplettes::search
