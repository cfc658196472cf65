#include "catalogue/picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/contract.h"
#include "catalogue/news.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class PictureContract : public CatalogueContract {
  protected:
    PictureContract() {
        save(make_shop(kShop.value, "Écume"));
        save(make_shop(2, "Mamiche"));
        save(tea_, make_offer(kShop, tea_, 1));
    }

    Picture make(std::int64_t id, std::string sha256, ProductId product = {}, ShopId shop = kShop) {
        return {.id = PictureId{id},
                .shop = shop,
                .product = product,
                .content_sha256 = std::move(sha256),
                .width = 1280,
                .height = 960,
                .caption = "la vitrine",
                .source = "shop",
                .created_at = clock_.now()};
    }
    Result<Picture, PictureRowError> add(const Picture& picture) {
        return db_->write([&](store::Tx& tx) { return add_picture(tx, town_.id, picture); });
    }
    std::vector<std::int64_t> ids(ShopId shop = kShop) {
        const auto pictures =
            db_->read([&](store::Tx& tx) { return load_pictures_of_shop(tx, town_.id, shop); });
        std::vector<std::int64_t> result;
        for (const Picture& picture : pictures) result.push_back(picture.id.value);
        return result;
    }
    template <typename Change>
    std::optional<PictureRowError> change(Change change) {
        const auto outcome = db_->write(change);
        return outcome ? std::nullopt : std::optional(outcome.error());
    }
    std::optional<PictureRowError> put_first(std::int64_t id, ShopId shop = kShop) {
        return change([&](store::Tx& tx) {
            return put_picture_first(tx, town_.id, {.shop = shop, .picture = PictureId{id}},
                                     clock_.now());
        });
    }
    std::optional<PictureRowError> remove(std::int64_t id, ShopId shop = kShop) {
        return change([&](store::Tx& tx) {
            return delete_picture(tx, town_.id, {.shop = shop, .picture = PictureId{id}},
                                  clock_.now());
        });
    }
    std::optional<PictureRowError> caption(std::int64_t id, const std::string& text,
                                           ShopId shop = kShop) {
        return change([&](store::Tx& tx) {
            return caption_picture(tx, town_.id, {.shop = shop, .picture = PictureId{id}}, text,
                                   clock_.now());
        });
    }

    const Product tea_ = make_product(11, "Thé vert");
};

INSTANTIATE_TEST_SUITE_P(Databases, PictureContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(PictureContract, KeepsThemInOrder) {
    Picture first = make(1, "a");
    const auto added = add(first);
    ASSERT_TRUE(added);
    first.position = 1;
    EXPECT_EQ(*added, first);
    EXPECT_EQ(add(make(2, "b"))->position, 2);
    EXPECT_EQ(add(make(3, "a", tea_.id))->position, 1);
    EXPECT_EQ(add(make(4, "c"))->position, 3);
    EXPECT_THAT(ids(), ElementsAre(1, 2, 4, 3));
    EXPECT_EQ(put_first(4), std::nullopt);
    EXPECT_THAT(ids(), ElementsAre(4, 1, 2, 3));
    EXPECT_EQ(remove(1), std::nullopt);
    EXPECT_EQ(add(make(5, "d"))->position, 4);
    EXPECT_THAT(ids(), ElementsAre(4, 2, 5, 3));
    EXPECT_THAT(ids(ShopId{2}), IsEmpty());
}

TEST_P(PictureContract, RefusesWhatDoesNotFit) {
    ASSERT_TRUE(add(make(1, "a")));
    EXPECT_EQ(add(make(2, "a")).error(), PictureRowError::already_there);
    EXPECT_EQ(add(make(2, "b", {}, ShopId{99})).error(), PictureRowError::unknown_shop);
    EXPECT_EQ(add(make(2, "b", ProductId{99})).error(), PictureRowError::unknown_product);
    Picture talkative = make(2, "b");
    talkative.caption = std::string(kCaptionLengthMax + 1, 'x');
    EXPECT_EQ(add(talkative).error(), PictureRowError::caption_too_long);
    for (std::size_t i = 1; i < kPicturesPerSubjectMax; ++i)
        ASSERT_TRUE(add(make(10 + static_cast<std::int64_t>(i), std::to_string(i))));
    EXPECT_EQ(add(make(2, "b")).error(), PictureRowError::too_many);
    EXPECT_TRUE(add(make(2, "b", tea_.id)));
}

TEST_P(PictureContract, AreTheirShopsOwn) {
    ASSERT_TRUE(add(make(1, "a")));
    const ShopId other{2};
    EXPECT_EQ(put_first(1, other), PictureRowError::unknown_picture);
    EXPECT_EQ(caption(1, "x", other), PictureRowError::unknown_picture);
    EXPECT_EQ(remove(1, other), PictureRowError::unknown_picture);
    EXPECT_EQ(remove(2), PictureRowError::unknown_picture);
    EXPECT_EQ(caption(1, std::string(kCaptionLengthMax + 1, 'x')),
              PictureRowError::caption_too_long);
    EXPECT_EQ(caption(1, " le comptoir "), std::nullopt);
    const auto all = db_->read([&](store::Tx& tx) { return load_pictures(tx, town_.id); });
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].caption, "le comptoir");
}

TEST_P(PictureContract, AreTold) {
    ASSERT_TRUE(add(make(1, "a")));
    ASSERT_EQ(caption(1, "x"), std::nullopt);
    ASSERT_EQ(put_first(1), std::nullopt);
    ASSERT_EQ(remove(1), std::nullopt);
    EXPECT_EQ(remove(1), PictureRowError::unknown_picture);
    EXPECT_THAT(told(kPictureTopic), SizeIs(4));
}

TEST_P(PictureContract, AreFoundByWhatTheyShow) {
    ASSERT_TRUE(add(make(1, "a")));
    ASSERT_TRUE(add(make(2, "b")));
    ASSERT_TRUE(add(make(3, "c", tea_.id)));
    ASSERT_TRUE(add(make(4, "d", tea_.id, ShopId{2})));
    const Pictures pictures(db_->read([&](store::Tx& tx) { return load_pictures(tx, town_.id); }));
    EXPECT_EQ(pictures.of_front(kShop).size(), 2U);
    EXPECT_TRUE(pictures.of_front(ShopId{2}).empty());
    ASSERT_EQ(pictures.of_product(tea_.id).size(), 2U);
    EXPECT_EQ(pictures.of_product(tea_.id).front().id, PictureId{3});
    EXPECT_TRUE(pictures.of_product(ProductId{99}).empty());
}

}  // namespace
}  // namespace emplettes::catalogue
