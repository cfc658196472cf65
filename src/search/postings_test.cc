#include "search/postings.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <random>
#include <set>

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
        const std::uint64_t document = std::min<std::uint64_t>(below(spread), kNoDocument - 1);
        postings[static_cast<std::uint32_t>(document)] = static_cast<Impact>(below(256));
    }
    return postings;
}

PostingPacker pack(const Postings& postings) {
    PostingPacker packer;
    for (const auto& [document, impact] : postings) packer.add(document, impact);
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
    list.for_each(kAllDocuments, [&](std::uint32_t document, Impact impact) {
        RC_ASSERT((read.empty() || read.rbegin()->first < document));
        read[document] = impact;
    });
    RC_ASSERT(read == postings);
}

RC_GTEST_PROP(Postings, ACursorStandsWhereTheNextOneIs, (std::uint64_t seed)) {
    std::mt19937_64 random(seed);
    const Postings postings = make_postings(random);
    const PostingPacker packer = pack(postings);
    PostingCursor cursor(packer.list(0, packer.block_count()), kAllDocuments);
    auto expected = postings.begin();
    while (cursor.document() != kNoDocument) {
        RC_ASSERT(expected != postings.end());
        RC_ASSERT(cursor.document() == expected->first);
        RC_ASSERT(cursor.impact() == expected->second);
        if (random() % 2 == 0) {
            cursor.next();
            ++expected;
            continue;
        }
        const std::uint64_t step = std::uint64_t{1} << random() % 33;
        const auto wanted = static_cast<std::uint32_t>(
            std::min<std::uint64_t>(expected->first + random() % step, kNoDocument - 1));
        cursor.seek(wanted);
        expected = postings.lower_bound(wanted);
    }
    RC_ASSERT(expected == postings.end());
}

RC_GTEST_PROP(Postings, OfARangeAreThoseWithinIt, (std::uint64_t seed)) {
    std::mt19937_64 random(seed);
    const Postings postings = make_postings(random);
    const PostingPacker packer = pack(postings);
    const PostingList list = packer.list(0, packer.block_count());
    const auto somewhere = [&] {
        if (postings.empty() || random() % 4 == 0) return static_cast<std::uint32_t>(random());
        const auto near =
            std::next(postings.begin(), static_cast<std::ptrdiff_t>(random() % postings.size()));
        return near->first + static_cast<std::uint32_t>(random() % 3);
    };
    const NumberRange range{somewhere(), somewhere()};
    const Postings wanted = range.begin < range.end ? Postings(postings.lower_bound(range.begin),
                                                               postings.lower_bound(range.end))
                                                    : Postings();
    Postings read;
    list.for_each(range, [&](std::uint32_t document, Impact impact) { read[document] = impact; });
    RC_ASSERT(read == wanted);
    Postings walked;
    PostingCursor cursor(list, kAllDocuments);
    for (cursor.enter(range); cursor.document() != kNoDocument; cursor.next())
        walked[cursor.document()] = cursor.impact();
    RC_ASSERT(walked == wanted);
}

// Ranges one after the other, backwards too; within each the cursor goes as it likes.
RC_GTEST_PROP(Postings, ACursorEntersRangesInAnyOrder, (std::uint64_t seed)) {
    std::mt19937_64 random(seed);
    const Postings postings = make_postings(random);
    const PostingPacker packer = pack(postings);
    PostingCursor cursor(packer.list(0, packer.block_count()), {});
    RC_ASSERT(cursor.document() == kNoDocument);
    const std::uint32_t last = postings.empty() ? 0 : postings.rbegin()->first;
    for (int i = 0; i < 8; ++i) {
        const auto begin = static_cast<std::uint32_t>(random() % (std::uint64_t{last} + 2));
        const auto width = static_cast<std::uint32_t>(random() % (std::uint64_t{last} / 2 + 2));
        const NumberRange range{begin, begin > kNoDocument - width ? kNoDocument : begin + width};
        cursor.enter(range);
        auto expected = postings.lower_bound(range.begin);
        const auto end = postings.lower_bound(range.end);
        while (cursor.document() != kNoDocument) {
            RC_ASSERT(expected != end);
            RC_ASSERT(cursor.document() == expected->first);
            RC_ASSERT(cursor.impact() == expected->second);
            const auto step = static_cast<std::uint32_t>(random() % 300);
            const std::uint32_t wanted =
                expected->first > kNoDocument - 1 - step ? kNoDocument - 1 : expected->first + step;
            if (random() % 3 == 0) {
                cursor.next();
                ++expected;
            } else if (random() % 2 == 0) {
                cursor.seek(wanted);
                expected = postings.lower_bound(wanted);
            } else {
                cursor.take_before(wanted, [&](std::uint32_t document, Impact impact) {
                    RC_ASSERT(expected != end);
                    RC_ASSERT(document == expected->first && impact == expected->second);
                    ++expected;
                });
            }
            if (expected != end && expected->first >= range.end) expected = end;
        }
        RC_ASSERT(expected == end || expected->first >= range.end || expected == postings.end());
    }
}

RC_GTEST_PROP(Postings, CountsThoseAskedFor, (std::uint64_t seed)) {
    std::mt19937_64 random(seed);
    const Postings postings = make_postings(random);
    const PostingPacker packer = pack(postings);
    std::set<std::uint32_t> asked;
    for (const auto& [document, impact] : postings) {
        if (random() % 4 == 0) asked.insert(document);
        if (random() % 4 == 0 && document < kNoDocument - 1) asked.insert(document + 1);
    }
    std::uint32_t expected = 0;
    for (const std::uint32_t document : asked) expected += postings.contains(document) ? 1 : 0;
    const std::vector<std::uint32_t> ascending(asked.begin(), asked.end());
    RC_ASSERT(packer.list(0, packer.block_count()).count_of(ascending) == expected);
}

TEST(Postings, TakeAFewBytesEach) {
    PostingPacker packer;
    for (std::uint32_t document = 0; document < 128'000; ++document) packer.add(document * 30, 1);
    packer.end_list();
    EXPECT_LT(packer.bytes(), std::size_t{128'000} * 4);
}

}  // namespace
}  // namespace emplettes::search
