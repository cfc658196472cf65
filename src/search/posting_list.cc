#include "search/posting_list.h"

namespace emplettes::search {
std::uint32_t PostingList::count_of(std::span<const std::uint32_t> documents) const {
    std::uint32_t count = 0;
    BlockDocuments unpacked;
    auto wanted = documents.begin();
    for (const PostingBlock& block : blocks_) {
        while (wanted != documents.end() && *wanted < block.first) ++wanted;
        if (wanted == documents.end()) break;
        if ((std::uint64_t{*wanted} - block.first) >> block.document_bits != 0)
            continue;  // behind it
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
