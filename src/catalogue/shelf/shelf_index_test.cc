#include "catalogue/shelf/shelf_index.h"

#include <gtest/gtest.h>

#include <map>

#include "base/random.h"

namespace emplettes::catalogue {
namespace {

constexpr Gtin kBook{9782070360024};

TEST(ShelfIndex, FindsByGtinElseByTheShopsOwnNumber) {
    ShelfIndex index;
    const auto book = index.add({.gtin = kBook, .sku = "A7"});
    const auto tea = index.add({.sku = "tea"});
    EXPECT_EQ(index.find({.gtin = kBook}), book);
    EXPECT_EQ(index.find({.sku = "A7"}), book);
    EXPECT_EQ(index.find({.sku = "tea"}), tea);
    EXPECT_FALSE(index.find({.sku = "coffee"}));
    EXPECT_FALSE(index.find({.gtin = Gtin{3017620422003}, .sku = "A7"}));
}

TEST(ShelfIndex, AGtinComesToWhatHadNone) {
    ShelfIndex index;
    const auto tea = index.add({.sku = "tea"});
    ShelfRow told{.gtin = kBook, .sku = "tea"};
    ASSERT_EQ(index.find(told), tea);
    index.join(tea, told);
    EXPECT_TRUE(index[tea].gains_gtin);
    EXPECT_EQ(index.find({.gtin = kBook}), tea);
    ShelfRow untold{.sku = "tea"};
    index.join(tea, untold);
    EXPECT_EQ(untold.gtin, kBook);
    // An own number that is told of another GTIN is another thing.
    EXPECT_FALSE(index.find({.gtin = Gtin{3017620422003}, .sku = "tea"}));
    EXPECT_FALSE(index.find({.gtin = kBook, .sku = "tea", .condition = Condition::used}));
}

TEST(ShelfIndex, NewAndUsedAreTwoThings) {
    ShelfIndex index;
    index.add({.gtin = kBook, .sku = "A7"});
    EXPECT_FALSE(index.find({.gtin = kBook, .condition = Condition::used}));
    EXPECT_FALSE(index.find({.sku = "A7", .condition = Condition::used}));
}

TEST(ShelfIndex, IsAMapWhateverComes) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SeededRandom random(seed);
        ShelfIndex index;
        std::map<std::uint64_t, ShelfIndex::Number> map;
        for (int i = 0; i < 3000; ++i) {
            const auto name = random.below(3000);
            const ShelfRow row{.sku = std::to_string(name)};
            const auto known = map.find(name);
            const auto found = index.find(row);
            ASSERT_EQ(found.has_value(), known != map.end());
            if (found)
                ASSERT_EQ(*found, known->second);
            else
                map.emplace(name, index.add(row));
        }
        ASSERT_EQ(index.size(), map.size());
    }
}

}  // namespace
}  // namespace emplettes::catalogue
