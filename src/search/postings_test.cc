#include "search/postings.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <random>

namespace emplettes::search {
namespace {

using Postings = std::map<std::uint32_t, Impact>;

// Some dense, some sparse, up to the greatest number there is.
Postings make_postings(std::mt19937_64& random) {
    const auto below = [&](std::uint64_t bound) {
        return std::uniform_int_distribution<std::uint64_t>(0, bound - 1)(random);
    };
    Postings postings;
    const std::uint64_t spread = std::uint64_t{1} << below(33);
    for (std::uint64_t i = below(600); i > 0; --i) {
        const std::uint64_t product = std::min<std::uint64_t>(below(spread), kNoProduct - 1);
        postings[static_cast<std::uint32_t>(product)] = static_cast<Impact>(below(256));
    }
    return postings;
}

Tiles tiles_of(std::uint32_t product) { return Tiles{1} << (product % kTileCount); }

PostingPacker pack(const Postings& postings) {
    PostingPacker packer;
    for (const auto& [product, impact] : postings) packer.add(product, impact, tiles_of(product));
    packer.end_list();
    return packer;
}

RC_GTEST_PROP(Postings, AreThoseThatWerePacked, (std::uint64_t seed)) {
    std::mt19937_64 random(seed);
    const Postings postings = make_postings(random);
    const PostingPacker packer = pack(postings);
    const PostingList list = packer.list(0, packer.block_count());
    RC_ASSERT(list.size() == postings.size());
    Postings read;
    list.for_each(kAllTiles, [&](std::uint32_t product, Impact impact) {
        RC_ASSERT((read.empty() || read.rbegin()->first < product));
        read[product] = impact;
    });
    RC_ASSERT(read == postings);
}

RC_GTEST_PROP(Postings, ACursorStandsWhereTheNextOneIs, (std::uint64_t seed)) {
    std::mt19937_64 random(seed);
    const Postings postings = make_postings(random);
    const PostingPacker packer = pack(postings);
    PostingCursor cursor(packer.list(0, packer.block_count()), kAllTiles);
    auto expected = postings.begin();
    while (cursor.product() != kNoProduct) {
        RC_ASSERT(expected != postings.end());
        RC_ASSERT(cursor.product() == expected->first);
        RC_ASSERT(cursor.impact() == expected->second);
        if (random() % 2 == 0) {
            cursor.next();
            ++expected;
            continue;
        }
        const std::uint64_t step = std::uint64_t{1} << random() % 33;
        const auto wanted = static_cast<std::uint32_t>(
            std::min<std::uint64_t>(expected->first + random() % step, kNoProduct - 1));
        cursor.seek(wanted);
        expected = postings.lower_bound(wanted);
    }
    RC_ASSERT(expected == postings.end());
}

// Whole blocks that do not touch the districts asked for may be left out, nothing else.
RC_GTEST_PROP(Postings, OnlyWhatIsElsewhereIsLeftOut, (std::uint64_t seed)) {
    std::mt19937_64 random(seed);
    const Postings postings = make_postings(random);
    const PostingPacker packer = pack(postings);
    const Tiles tiles = random() & random() & random() & random();
    Postings read;
    packer.list(0, packer.block_count()).for_each(tiles, [&](std::uint32_t product, Impact impact) {
        read[product] = impact;
    });
    for (const auto& [product, impact] : postings) {
        if ((tiles_of(product) & tiles) != 0) RC_ASSERT(read.at(product) == impact);
    }
    for (const auto& [product, impact] : read) RC_ASSERT(postings.at(product) == impact);
}

TEST(Postings, TakeAFewBytesEach) {
    PostingPacker packer;
    for (std::uint32_t product = 0; product < 128'000; ++product) packer.add(product * 30, 1);
    packer.end_list();
    EXPECT_LT(packer.bytes(), std::size_t{128'000} * 4);
}

}  // namespace
}  // namespace emplettes::search
