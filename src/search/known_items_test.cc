#include "search/known_items.h"

#include <gtest/gtest.h>

namespace emplettes::search {
namespace {

std::vector<ProductText> products(std::initializer_list<const char*> titles) {
    std::vector<ProductText> made;
    for (const char* title : titles)
        made.push_back(
            {.id = ProductId{static_cast<std::int64_t>(made.size() + 1)}, .title = title});
    return made;
}

std::string question(const char* title, Damage damage) {
    const auto made = products({title});
    const auto items = make_known_items(made, damage, 1, 7);
    return items.empty() ? "" : items[0].question;
}

TEST(KnownItems, AreDamagedByRule) {
    EXPECT_EQ(question("Thé  vert", Damage::none), "Thé vert");
    EXPECT_EQ(question("Thé vert", Damage::accents), "the vert");
    EXPECT_EQ(question("Thé menthes", Damage::number), "Thé menthe");
    EXPECT_EQ(question("Huile d’olive", Damage::elision), "Huile olive");
    EXPECT_EQ(question("Thé Darjeeling", Damage::cut), "Thé Darje");
    EXPECT_EQ(question("Thé vert", Damage::swapped), "vert Thé");
    const std::string mistyped = question("Thé Darjeeling", Damage::typo);
    EXPECT_NE(mistyped, "Thé Darjeeling");
    EXPECT_NE(mistyped, "");
}

TEST(KnownItems, WhatTheDamageLeavesIsPassedOver) {
    EXPECT_EQ(question("Riz rond", Damage::accents), "");
    EXPECT_EQ(question("Riz rond", Damage::elision), "");
    EXPECT_EQ(question("Riz", Damage::none), "");
}

TEST(KnownItems, AllOfOneNameAreWanted) {
    const auto made = products({"Thé vert", "THE VERT", "Thé noir"});
    for (const KnownItem& item : make_known_items(made, Damage::none, 3, 1))
        EXPECT_EQ(item.wanted.size(), item.question == "Thé noir" ? 1U : 2U);
}

}  // namespace
}  // namespace emplettes::search
