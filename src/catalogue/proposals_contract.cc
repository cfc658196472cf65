#include "catalogue/proposals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/check.h"
#include "catalogue/contract.h"
#include "catalogue/news.h"

namespace emplettes::catalogue {
namespace {

using testing::IsEmpty;

constexpr ShopId kFirst{1};
constexpr ShopId kSecond{2};
constexpr ShopId kThird{3};

class ProposalsContract : public CatalogueContract {
  protected:
    ProposalsContract() {
        for (const std::int64_t number : {1, 2, 3}) save(make_shop(number, "Boutique"));
        book_.gtin = Gtin{9782253140870};
        book_.key = "gtin:9782253140870";
        save(book_, make_offer(kFirst, book_, 1));
        save(bowl_, make_offer(kFirst, bowl_, 1));
    }

    void tell(ShopId shop, const std::string& title, TextSource source = TextSource::file) {
        db_->write([&](store::Tx& tx) {
            const bool is_new = load_product_texts(tx, town_.id, book_.id).empty();
            tell_of_product(tx, town_.id,
                            {.text = {.product = book_.id,
                                      .source = source,
                                      .shop = shop,
                                      .title = title,
                                      .language = "fr",
                                      .first_at = kNoon + std::chrono::seconds{shop.value},
                                      .updated_at = kNoon + std::chrono::seconds{shop.value}},
                             .is_new = is_new});
            return Done{};
        });
    }
    std::optional<TakeTextError> take(ShopId shop, ShopId by,
                                      TextSource source = TextSource::file) {
        const auto taken = db_->write([&](store::Tx& tx) {
            return take_text(tx, town_.id, book_.id, {.shop = shop, .source = source, .by = by},
                             clock_.now());
        });
        return taken ? std::nullopt : std::optional(taken.error());
    }
    Proposals proposals(ShopId shop) {
        return db_->read(
            [&](store::Tx& tx) { return find_proposals(tx, town_.id, shop, book_.id).value(); });
    }
    std::string title() {
        return db_->read(
            [&](store::Tx& tx) { return find_product(tx, town_.id, book_.id)->title; });
    }
    void show(std::int64_t id, ShopId shop, ProductId product, const std::string& content) {
        db_->write([&](store::Tx& tx) {
            check(add_picture(tx, town_.id,
                              {.id = PictureId{id},
                               .shop = shop,
                               .product = product,
                               .content_sha256 = content,
                               .width = 100,
                               .height = 100,
                               .source = "shop",
                               .created_at = kNoon})
                      .ok());
            return Done{};
        });
    }
    Result<Picture, PictureRowError> take_photo(ShopId shop, std::int64_t id) {
        return db_->write([&](store::Tx& tx) {
            return take_picture(tx, town_.id, {.shop = shop, .picture = PictureId{id}},
                                ids_.next<PictureId>(), clock_.now());
        });
    }

    Product book_ = make_product(21, "L’ECUME DES JOURS");
    const Product bowl_ = make_product(22, "Bol");
};

TEST_P(ProposalsContract, TextsOfOthersAreTakenByReference) {
    tell(kFirst, "L’ECUME DES JOURS");
    tell(kSecond, "L’Écume des jours");
    ASSERT_EQ(title(), "L’ECUME DES JOURS");
    const auto before = proposals(kThird);
    ASSERT_EQ(before.texts.size(), 2U);
    EXPECT_TRUE(before.texts[0].is_shown);
    EXPECT_EQ(before.texts[0].voices, 1);
    const auto news = told(kCatalogueTopic).size();
    EXPECT_EQ(take(kThird, kSecond), std::nullopt);
    EXPECT_EQ(title(), "L’Écume des jours");
    EXPECT_EQ(told(kCatalogueTopic).size(), news + 1);
    const auto after = proposals(kThird);
    EXPECT_EQ(after.texts[0].text.title, "L’Écume des jours");
    EXPECT_EQ(after.texts[0].voices, 2);
    EXPECT_TRUE(after.texts[0].is_taken);
    EXPECT_FALSE(after.texts[0].is_own);
    // Who wrote them corrects them for all who took them.
    tell(kSecond, "L’Écume des jours, roman");
    EXPECT_EQ(title(), "L’Écume des jours, roman");
}

TEST_P(ProposalsContract, AShopReturnsToItsOwnWords) {
    tell(kFirst, "L’ECUME DES JOURS");
    tell(kSecond, "L’Écume des jours");
    EXPECT_EQ(take(kFirst, kSecond), std::nullopt);
    EXPECT_EQ(title(), "L’Écume des jours");
    EXPECT_EQ(take(kFirst, kFirst), std::nullopt);
    EXPECT_EQ(title(), "L’ECUME DES JOURS");
    EXPECT_TRUE(proposals(kFirst).texts[0].is_own);
    EXPECT_FALSE(proposals(kFirst).texts[0].is_taken);
}

TEST_P(ProposalsContract, WhatNobodySaysIsNotTaken) {
    tell(kFirst, "L’ECUME DES JOURS");
    EXPECT_EQ(take(kThird, kSecond), TakeTextError::unknown_text);
    EXPECT_EQ(take(kThird, kFirst, TextSource::onix), TakeTextError::unknown_text);
    EXPECT_EQ(title(), "L’ECUME DES JOURS");
}

TEST_P(ProposalsContract, WhatIsAShopsOwnIsProposedToNobody) {
    show(1, kFirst, bowl_.id, "a");
    const auto of_bowl =
        db_->read([&](store::Tx& tx) { return find_proposals(tx, town_.id, kSecond, bowl_.id); });
    EXPECT_FALSE(of_bowl);
    EXPECT_EQ(take_photo(kSecond, 1).error(), PictureRowError::unknown_picture);
    const auto taken = db_->write([&](store::Tx& tx) {
        return take_text(tx, town_.id, bowl_.id,
                         {.shop = kSecond, .source = TextSource::file, .by = kFirst}, kNoon);
    });
    EXPECT_EQ(taken.error(), TakeTextError::unknown_product);
}

TEST_P(ProposalsContract, PicturesOfOthersStayWithWhoTookThem) {
    show(1, kFirst, book_.id, "a");
    show(2, kFirst, ProductId{}, "front");
    ASSERT_EQ(proposals(kSecond).pictures.size(), 1U);
    const auto taken = take_photo(kSecond, 1);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->shop, kSecond);
    EXPECT_EQ(taken->content_sha256, "a");
    EXPECT_EQ(taken->source, "other_shop");
    EXPECT_THAT(proposals(kSecond).pictures, IsEmpty());
    EXPECT_THAT(proposals(kFirst).pictures, IsEmpty());
    EXPECT_EQ(take_photo(kSecond, 1).error(), PictureRowError::already_there);
    EXPECT_EQ(take_photo(kSecond, 2).error(), PictureRowError::unknown_picture);
    EXPECT_EQ(take_photo(kSecond, 99).error(), PictureRowError::unknown_picture);
    const auto all = [&] {
        return Pictures(db_->read([&](store::Tx& tx) { return load_pictures(tx, town_.id); }));
    };
    EXPECT_EQ(all().of_product(book_.id).size(), 1U);  // seen once
    db_->write([&](store::Tx& tx) {
        check(delete_picture(tx, town_.id, {.shop = kFirst, .picture = PictureId{1}}, kNoon).ok());
        return Done{};
    });
    ASSERT_EQ(all().of_product(book_.id).size(), 1U);
    EXPECT_EQ(all().of_product(book_.id).front().shop, kSecond);
}

INSTANTIATE_TEST_SUITE_P(Databases, ProposalsContract, store::both_databases(),
                         store::name_of_dialect);

}  // namespace
}  // namespace emplettes::catalogue
