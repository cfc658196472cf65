#include "search/posting_list.h"

#include <cstring>
#include <utility>

namespace emplettes::search {
namespace {

// As many documents at a time as begin at a whole byte again.
constexpr std::size_t kGroup = 8;
constexpr std::size_t kBitsMax = 32;

using Unpack = void (*)(const std::uint8_t*, std::size_t, std::uint32_t, std::uint32_t*);

template <std::size_t bits>
void unpack_groups(const std::uint8_t* bytes, std::size_t groups, std::uint32_t first,
                   std::uint32_t* documents) {
    constexpr std::uint64_t kMask = (std::uint64_t{1} << bits) - 1;
    for (std::size_t group = 0; group < groups; ++group) {
        for (std::size_t i = 0; i < kGroup; ++i) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, bytes + i * bits / 8, sizeof eight);
            documents[i] = first + static_cast<std::uint32_t>(eight >> (i * bits % 8) & kMask);
        }
        bytes += bits;
        documents += kGroup;
    }
}

template <std::size_t... bits>
constexpr std::array<Unpack, sizeof...(bits)> unpacks(std::index_sequence<bits...>) {
    return {unpack_groups<bits>...};
}
constexpr auto kUnpacks = unpacks(std::make_index_sequence<kBitsMax + 1>());

}  // namespace

void unpack(const PostingBlock& block, const std::uint8_t* bytes, BlockDocuments& documents) {
    const std::size_t groups = (block.size + kGroup - 1) / kGroup;
    kUnpacks[block.bits](bytes, groups, block.first, documents.data());
}

std::uint32_t PostingList::count_of(std::span<const std::uint32_t> documents) const {
    std::uint32_t count = 0;
    BlockDocuments unpacked;
    auto wanted = documents.begin();
    for (const PostingBlock& block : blocks_) {
        while (wanted != documents.end() && *wanted < block.first) ++wanted;
        if (wanted == documents.end()) break;
        if ((std::uint64_t{*wanted} - block.first) >> block.bits != 0) continue;  // behind it
        unpack(block, bytes_ + block.begin, unpacked);
        const auto end = unpacked.begin() + block.size;
        for (auto at = unpacked.begin(); wanted != documents.end(); ++wanted) {
            at = std::lower_bound(at, end, *wanted);
            if (at == end) break;  // perhaps in the next block
            count += *at == *wanted ? 1 : 0;
        }
    }
    return count;
}

}  // namespace emplettes::search
