#include "search/posting_block.h"

#include <cstring>
#include <utility>

namespace emplettes::search {
namespace {

// As many values at a time as begin at a whole byte again.
constexpr std::size_t kGroup = 8;

// Each of so many bits, and `least` more.
template <std::size_t bits, typename Value>
void unpack_groups(const std::uint8_t* bytes, std::size_t groups, Value least, Value* values) {
    constexpr std::uint64_t kMask = (std::uint64_t{1} << bits) - 1;
    for (std::size_t group = 0; group < groups; ++group) {
        for (std::size_t i = 0; i < kGroup; ++i) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, bytes + i * bits / 8, sizeof eight);
            values[i] = static_cast<Value>(least + (eight >> (i * bits % 8) & kMask));
        }
        bytes += bits;
        values += kGroup;
    }
}

template <typename Value>
using Unpack = void (*)(const std::uint8_t*, std::size_t, Value, Value*);

template <typename Value, std::size_t... bits>
constexpr std::array<Unpack<Value>, sizeof...(bits)> unpacks(std::index_sequence<bits...>) {
    return {unpack_groups<bits, Value>...};
}
constexpr auto kDocumentUnpacks = unpacks<std::uint32_t>(std::make_index_sequence<32 + 1>());
constexpr auto kImpactUnpacks = unpacks<Impact>(std::make_index_sequence<8 + 1>());

std::size_t groups_of(const PostingBlock& block) { return (block.size + kGroup - 1) / kGroup; }

}  // namespace

void unpack(const PostingBlock& block, const std::uint8_t* bytes, BlockDocuments& documents) {
    kDocumentUnpacks[block.document_bits](bytes, groups_of(block), block.first, documents.data());
}

void unpack(const PostingBlock& block, const std::uint8_t* bytes, BlockImpacts& impacts) {
    kImpactUnpacks[block.impact_bits](bytes + block.document_bytes(), groups_of(block),
                                      block.impact_min, impacts.data());
}

}  // namespace emplettes::search
