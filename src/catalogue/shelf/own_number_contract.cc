// What becomes of a thing that a shop knows by its own number when a file tells its GTIN.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/check.h"
#include "catalogue/picture.h"
#include "catalogue/shelf/import_contract.h"

namespace emplettes::catalogue {
namespace {

using testing::SizeIs;

constexpr std::string_view kByNumber = "sku;titre;prix;stock\nT1;Toupie;10,90;3\n";
constexpr std::string_view kByGtin = "ean;sku;titre;prix;stock\n3700230834716;T1;Toupie;9,90;2\n";

class OwnNumbers : public ImportContract {
  protected:
    OwnNumbers() { save(make_shop(3, "A third")); }

    Product product_of(const Offer& offer) {
        return db_->read([&](store::Tx& tx) { return find_product(tx, town_.id, offer.product); })
            .value();
    }
    void take_picture_of(const Product& product) {
        db_->write([&](store::Tx& tx) {
            check(add_picture(tx, town_.id,
                              {.id = PictureId{1},
                               .shop = kShop,
                               .product = product.id,
                               .content_sha256 = "a",
                               .width = 10,
                               .height = 10,
                               .source = "shop",
                               .created_at = clock_.now()})
                      .ok());
            return Done{};
        });
    }
};

TEST_P(OwnNumbers, AGtinComesToTheSameOffer) {
    bring(kByNumber);
    const Offer before = offers().at(0);
    const auto checked = check_file(kByGtin);
    EXPECT_EQ(checked.report.counts[RowOutcome::changed], 1);
    EXPECT_EQ(checked.report.counts[RowOutcome::new_], 0);
    const auto done = bring(kByGtin);
    EXPECT_EQ(done.outcome, done.report.counts);
    ASSERT_THAT(offers(), SizeIs(1));
    const Offer after = offers().at(0);
    EXPECT_EQ(after.id, before.id);
    EXPECT_EQ(after.price, Money{990});
    EXPECT_EQ(after.stock.quantity, 2);
    EXPECT_EQ(product_of(after).key, "gtin:3700230834716");
    EXPECT_EQ(after.product, before.product);  // its texts and pictures stay with it
    EXPECT_THAT(products(), SizeIs(1));
    // Known by both from then on.
    bring("sku;prix;stock\nT1;8,90;1\n");
    bring("ean;prix;stock\n3700230834716;7,90;4\n");
    ASSERT_THAT(offers(), SizeIs(1));
    EXPECT_EQ(offers().at(0).price, Money{790});
}

TEST_P(OwnNumbers, AThingThatOthersKnowIsTheirs) {
    bring(kByGtin, {.shop = kOtherShop});
    bring(kByNumber);
    ASSERT_THAT(offers(), SizeIs(2));
    const Offer before = offers().at(0).shop == kShop ? offers().at(0) : offers().at(1);
    take_picture_of(product_of(before));
    bring(kByGtin);
    ASSERT_THAT(offers(), SizeIs(2));
    EXPECT_EQ(offers().at(0).product, offers().at(1).product);
    const auto own = db_->read([&](store::Tx& tx) { return find_offer(tx, town_.id, before.id); });
    EXPECT_EQ(own->price, Money{990});
    EXPECT_EQ(product_of(*own).key, "gtin:3700230834716");
    const auto pictures =
        db_->read([&](store::Tx& tx) { return load_pictures_of_shop(tx, town_.id, kShop); });
    EXPECT_EQ(pictures.at(0).product, own->product);
}

TEST_P(OwnNumbers, WhatIsKeptStaysKept) {
    bring(kByNumber);
    const OfferId offer = offers().at(0).id;
    db_->write([&](store::Tx& tx) {
        check(take_stock(tx, town_.id, offer, 1, clock_.now()).ok());
        return Done{};
    });
    bring(kByGtin);
    ASSERT_THAT(offers(), SizeIs(1));
    EXPECT_EQ(offers().at(0).stock.quantity, 1);  // two stand there, one is kept
}

TEST_P(OwnNumbers, UsedOnesFollowWhenTheyAreTold) {
    bring("sku;titre;etat;prix;stock\nT1;Toupie;neuf;10,90;3\nT1;Toupie;occasion;5;1\n");
    bring(
        "ean;sku;titre;etat;prix;stock\n3700230834716;T1;Toupie;neuf;10,90;3\n"
        "3700230834716;T1;Toupie;occasion;4;1\n");
    ASSERT_THAT(offers(), SizeIs(2));
    EXPECT_EQ(offers().at(0).product, offers().at(1).product);
    EXPECT_THAT(products(), SizeIs(1));
}

TEST_P(OwnNumbers, InOneFileItIsOneThing) {
    const auto done =
        bring("ean;sku;titre;prix;stock\n;T1;Toupie;10,90;3\n3700230834716;T1;Toupie;9,90;2\n");
    EXPECT_EQ(done.outcome[RowOutcome::repeated], 1);
    EXPECT_EQ(done.outcome, done.report.counts);
    ASSERT_THAT(offers(), SizeIs(1));
    EXPECT_EQ(product_of(offers().at(0)).key, "gtin:3700230834716");
}

TEST_P(OwnNumbers, InWhateverOrderAFileTellsIt) {
    const std::string head = "ean;sku;titre;prix;stock\n";
    const std::string with = "3700230834716;T1;Toupie;9,90;2\n";
    const std::string without = ";T1;Toupie;10,90;3\n";
    for (const std::string& rows :
         {with + without, without + with + without, with + with + without}) {
        bring(head + rows);
        ASSERT_THAT(offers(), SizeIs(1)) << rows;
        EXPECT_EQ(product_of(offers().at(0)).key, "gtin:3700230834716");
    }
    bring(head + with, {.shop = kOtherShop});
    bring(head + without + with + without, {.shop = ShopId{3}});
    EXPECT_THAT(offers(), SizeIs(3));
}

TEST_P(OwnNumbers, ANumberThatIsUsedAgainIsAnotherThing) {
    bring(kByGtin);
    bring("ean;sku;titre;prix;stock\n3017620422003;T1;Pâte;3;1\n");
    ASSERT_THAT(offers(), SizeIs(2));
    EXPECT_NE(offers().at(0).product, offers().at(1).product);
}

TEST_P(OwnNumbers, UndoneItKeepsItsGtin) {
    bring(kByNumber);
    const Offer before = offers().at(0);
    undo(bring(kByGtin).id);
    ASSERT_THAT(offers(), SizeIs(1));
    EXPECT_EQ(offers().at(0).price, before.price);
    EXPECT_EQ(offers().at(0).stock.quantity, before.stock.quantity);
    EXPECT_EQ(offers().at(0).id, before.id);
}

// Whatever files tell of six things in whatever order, with the GTIN or without it, beside a
// neighbour who knows some: never two offers of one.
TEST_P(OwnNumbers, ThereIsNeverASecondOffer) {
    const std::vector<std::string> gtins{"3700230834716", "3017620422003", "9782070360024",
                                         "9782070612758", "9782253140870", "4006381333931"};
    SeededRandom random(7);
    for (int file = 0; file < 12; ++file) {
        const bool is_neighbours = file % 4 == 1;
        std::string csv = "ean;sku;titre;prix;stock\n";
        for (std::size_t thing = 0; thing < gtins.size(); ++thing) {
            if (random.below(3) == 0) continue;
            const bool is_told = is_neighbours || random.below(3) == 0;
            csv += (is_told ? gtins[thing] : "") + ";" + std::to_string(thing) + ";Chose;" +
                   std::to_string(1 + random.below(9)) + ";1\n";
        }
        bring(csv, {.shop = is_neighbours ? kOtherShop : kShop});
        std::map<std::string, int> count;
        for (const Offer& offer : offers())
            if (offer.shop == kShop) ++count[product_of(offer).key];
        for (const auto& [key, offers_of] : count) ASSERT_EQ(offers_of, 1) << key;
        ASSERT_LE(count.size(), gtins.size()) << "after file " << file;
    }
}

INSTANTIATE_TEST_SUITE_P(Databases, OwnNumbers, store::both_databases(), store::name_of_dialect);

}  // namespace
}  // namespace emplettes::catalogue
