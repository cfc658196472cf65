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

}  // namespace
}  // namespace emplettes::catalogue
