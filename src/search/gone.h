#pragma once
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace emplettes::search {

// How many products that are gone have a class of words.
struct GonePostings {
    std::uint32_t heads = 0;
    std::uint32_t bodies = 0;
};
using GoneByClass = std::unordered_map<std::uint32_t, GonePostings>;

// The products of a main segment that are there no longer, or live on in the delta.
struct Gone {
    std::vector<std::uint64_t> documents;  // one bit each
    std::size_t product_count = 0;
    std::size_t offer_count = 0;
    GoneByClass postings;

    bool has(std::uint32_t document) const {
        return (documents[document / 64] >> (document % 64) & 1U) != 0;
    }
};

}  // namespace emplettes::search
