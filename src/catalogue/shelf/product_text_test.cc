#include "catalogue/shelf/product_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace emplettes::catalogue {
namespace {

ProductText said(TextSource source, std::int64_t shop, std::string title) {
    return {.product = ProductId{1},
            .source = source,
            .shop = ShopId{shop},
            .title = std::move(title),
            .language = "fr",
            .first_at = instant_from_unix(1000 + shop)};
}

TEST(ProductTexts, ThePublisherKnowsBest) {
    EXPECT_EQ(best_of({said(TextSource::demo, 0, "Demo"), said(TextSource::file, 1, "L’ETRANGER"),
                       said(TextSource::onix, 0, "L’Étranger"), said(TextSource::hand, 2, "?")})
                  .title,
              "L’Étranger");
}

TEST(ProductTexts, AShopSpeaksAsAShopWhateverItsFileIs) {
    const ProductText first = said(TextSource::file, 1, "L’Étranger");
    EXPECT_EQ(best_of({said(TextSource::onix, 2, "Defaced"), first}).title, "L’Étranger");
    EXPECT_EQ(best_of({said(TextSource::google, 2, "Defaced"), first}).title, "L’Étranger");
    EXPECT_EQ(
        best_of({said(TextSource::onix, 2, "Defaced"), said(TextSource::onix, 0, "Right")}).title,
        "Right");
    EXPECT_EQ(best_of({said(TextSource::google, 0, "Of its brand"), first}).title, "Of its brand");
}

TEST(ProductTexts, WhoIsTrustedLessFillsWhatIsEmpty) {
    ProductText publisher = said(TextSource::onix, 0, "L’Étranger");
    ProductText shop = said(TextSource::file, 1, "Vandalised");
    shop.maker = "Camus";
    shop.picture_url = "https://example.org/1.jpg";
    const auto best = best_of({shop, publisher});
    EXPECT_EQ(best.title, "L’Étranger");
    EXPECT_EQ(best.maker, "Camus");
    EXPECT_EQ(best.picture_url, "https://example.org/1.jpg");
    EXPECT_EQ(best.source, TextSource::onix);
}

TEST(ProductTexts, NoShopChangesWhatAnotherOneWrote) {
    ProductText later = said(TextSource::file, 2, "Defaced");
    later.updated_at = instant_from_unix(9000);
    EXPECT_EQ(best_of({later, said(TextSource::file, 1, "L’Étranger")}).title, "L’Étranger");
}

TEST(ProductTexts, WhatMoreShopsSayGoesBeforeWhatWasSaidFirst) {
    const ProductText first = said(TextSource::file, 1, "L’ETRANGER");
    const ProductText second = said(TextSource::file, 2, "L’Étranger");
    EXPECT_EQ(best_of({first, second, said(TextSource::hand, 3, "L’Étranger")}).title,
              "L’Étranger");
    // One shop is one voice, however often it speaks.
    EXPECT_EQ(best_of({first, second, said(TextSource::hand, 2, "L’Étranger")}).title,
              "L’ETRANGER");
    EXPECT_EQ(best_of({said(TextSource::onix, 0, "L'étranger"), second,
                       said(TextSource::hand, 3, "L’Étranger")})
                  .title,
              "L'étranger");
}

TEST(ProductTexts, WordsThatWereTakenAreSaidByWhoTookThem) {
    const ProductText first = said(TextSource::file, 1, "L’ETRANGER");
    const ProductText second = said(TextSource::file, 2, "L’Étranger");
    const TextChoice by_a_third{.shop = ShopId{3}, .source = TextSource::file, .by = ShopId{2}};
    const TextChoice by_the_first{.shop = ShopId{1}, .source = TextSource::file, .by = ShopId{2}};
    EXPECT_EQ(best_of({first, second}, {by_a_third}).title, "L’Étranger");
    EXPECT_EQ(best_of({first, second}, {by_the_first}).title, "L’Étranger");
    // Of who says nothing any more.
    const TextChoice gone{.shop = ShopId{3}, .source = TextSource::hand, .by = ShopId{9}};
    EXPECT_EQ(best_of({first, second}, {gone}).title, "L’ETRANGER");
}

TEST(ProductTexts, NobodySaysNothing) { EXPECT_EQ(best_of({}).title, ""); }

TEST(ProductTexts, TheHashTellsFieldsApart) {
    ProductText a = said(TextSource::file, 1, "Thé");
    ProductText b = said(TextSource::file, 1, "");
    b.maker = "Thé";
    EXPECT_NE(hash_of(a), hash_of(b));
    a.updated_at = instant_from_unix(5);
    EXPECT_EQ(hash_of(a), hash_of(said(TextSource::onix, 9, "Thé")));
}

RC_GTEST_PROP(ProductTexts, TheOrderOfTellingDoesNotMatter, ()) {
    std::vector<ProductText> texts;
    for (int i = 0; i < *rc::gen::inRange(1, 5); ++i)
        texts.push_back(said(static_cast<TextSource>(*rc::gen::inRange(0, 5)), i,
                             *rc::gen::element<std::string>("", "a", "b")));
    auto turned = texts;
    std::reverse(turned.begin(), turned.end());
    RC_ASSERT(best_of(texts) == best_of(turned));
}

// Whatever one more shop says or takes, neighbours read what they read before, or something that
// another shop says, too.
RC_GTEST_PROP(ProductTexts, NoShopAloneChangesWhatIsRead, ()) {
    std::vector<ProductText> texts;
    const int shops = *rc::gen::inRange(1, 6);
    for (int i = 0; i < shops; ++i)
        texts.push_back(said(TextSource::file, i, *rc::gen::element<std::string>("a", "b", "c")));
    const std::string before = best_of(texts).title;
    const auto others = texts;
    std::vector<TextChoice> choices;
    if (*rc::gen::arbitrary<bool>())
        choices.push_back({.shop = ShopId{shops},
                           .source = TextSource::file,
                           .by = ShopId{*rc::gen::inRange(0, shops)}});
    else
        texts.push_back(said(TextSource::file, shops, *rc::gen::element<std::string>("a", "z")));
    const std::string after = best_of(texts, choices).title;
    RC_ASSERT(after == before || std::any_of(others.begin(), others.end(), [&](const auto& text) {
                  return text.title == after;
              }));
}

}  // namespace
}  // namespace emplettes::catalogue
