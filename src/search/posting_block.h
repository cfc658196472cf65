#pragma once
#include <array>
#include <cstdint>
#include <cstring>

#include "search/impact.h"

namespace emplettes::search {

inline constexpr std::size_t kBlockPostings = 128;

// At most kBlockPostings postings of a list. Their bytes are the documents, each as its difference
// to the first one, then the impacts, each as its difference to the least one, in as many bits as
// the greatest difference needs (frame of reference).
struct PostingBlock {
    std::uint32_t first = 0;
    std::uint32_t begin = 0;  // of its bytes
    std::uint8_t size = 0;
    std::uint8_t document_bits = 0;
    Impact impact_min = 0;
    std::uint8_t impact_bits = 0;

    std::size_t document_bytes() const { return packed_bytes(document_bits); }
    std::size_t impact_bytes() const { return packed_bytes(impact_bits); }

  private:
    std::size_t packed_bytes(std::size_t bits) const { return (size * bits + 7) / 8; }
};

// So many bytes behind those of a block must be readable. Numbers are little-endian.
inline constexpr std::size_t kPackedPadding = 40;

// Documents and impacts of a block, unpacked. Some behind `size` may be anything.
using BlockDocuments = std::array<std::uint32_t, kBlockPostings>;
using BlockImpacts = std::array<Impact, kBlockPostings>;
void unpack(const PostingBlock& block, const std::uint8_t* bytes, BlockDocuments& documents);
void unpack(const PostingBlock& block, const std::uint8_t* bytes, BlockImpacts& impacts);

// The impacts of a block one by one, where few of them are asked for. `bytes` are those of the
// block and must outlive it.
class PackedImpacts {
  public:
    PackedImpacts() = default;
    PackedImpacts(const PostingBlock& block, const std::uint8_t* bytes)
        : bytes_(bytes + block.document_bytes()),
          bits_(block.impact_bits),
          mask_((1U << block.impact_bits) - 1),
          min_(block.impact_min) {}

    Impact operator[](std::size_t at) const {
        const std::size_t bit = at * bits_;
        std::uint16_t two = 0;
        std::memcpy(&two, bytes_ + bit / 8, sizeof two);
        return static_cast<Impact>(min_ + (two >> (bit % 8) & mask_));
    }

  private:
    const std::uint8_t* bytes_ = nullptr;
    std::size_t bits_ = 0;
    unsigned mask_ = 0;
    Impact min_ = 0;
};

}  // namespace emplettes::search
