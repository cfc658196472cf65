#include "catalogue/shelf/offer_rule.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;

constexpr Instant kMade = instant_from_unix(1'792'058'400);
constexpr ImportTerms kTerms{
    .source = ShelfSourceId{3}, .import = ShelfImportId{4}, .made_at = kMade};

ShelfRow row_of(std::int64_t quantity) { return {.price = Money{500}, .quantity = quantity}; }

OfferState on_shelf(std::int64_t stock, std::int64_t kept = 0) {
    return {.price = Money{400},
            .stock = stock,
            .kept = kept,
            .confirmed_at = kMade - 1h,
            .source = kTerms.source,
            .import = ShelfImportId{2}};
}

TEST(OfferRule, ARowWithPriceAndStockPutsItOnTheShelf) {
    EXPECT_EQ(offer_after(row_of(3), {}, kTerms), (OfferState{.price = Money{500},
                                                              .stock = 3,
                                                              .confirmed_at = kMade,
                                                              .source = kTerms.source,
                                                              .import = kTerms.import}));
}

TEST(OfferRule, WithoutAPriceOrWithoutStockItDoesNot) {
    EXPECT_FALSE(offer_after({.quantity = 3}, {}, kTerms));
    EXPECT_FALSE(offer_after(row_of(0), {}, kTerms));
    EXPECT_FALSE(offer_after({.price = Money{500}}, {}, kTerms));
    EXPECT_FALSE(
        offer_after({.price = Money{500}, .availability = Availability::on_order}, {}, kTerms));
}

TEST(OfferRule, WhatTheFileDoesNotSayStays) {
    const auto after = offer_after({.price = Money{500}}, on_shelf(3), kTerms);
    EXPECT_EQ(after->price, Money{500});
    EXPECT_EQ(after->stock, 3);
    EXPECT_EQ(after->confirmed_at, kMade - 1h);
    EXPECT_EQ(offer_after({.quantity = 5}, on_shelf(3), kTerms)->price, Money{400});
}

TEST(OfferRule, OfAllThatStandThereSomeAreKept) {
    EXPECT_EQ(offer_after(row_of(5), on_shelf(3, 2), kTerms)->stock, 3);
    EXPECT_EQ(offer_after(row_of(1), on_shelf(3, 2), kTerms)->stock, 0);
    EXPECT_TRUE(offer_after(row_of(1), on_shelf(3, 2), kTerms)->is_on_shelf());
}

TEST(OfferRule, InStockWithoutANumberIsAtLeastOne) {
    const ShelfRow row{.price = Money{500}, .availability = Availability::in_stock};
    EXPECT_EQ(offer_after(row, {}, kTerms)->stock, 1);
    EXPECT_EQ(offer_after(row, on_shelf(0), kTerms)->stock, 1);
    EXPECT_EQ(offer_after(row, on_shelf(6), kTerms)->stock, 6);
    EXPECT_EQ(offer_after(row, on_shelf(2, 1), kTerms)->stock, 2);
}

TEST(OfferRule, NoneLeftTakesItOff) {
    for (const Availability availability :
         {Availability::on_order, Availability::out_of_stock, Availability::discontinued}) {
        const auto after = offer_after({.availability = availability}, on_shelf(3, 1), kTerms);
        EXPECT_EQ(after->withdrawn_at, kMade);
        EXPECT_EQ(after->stock, 0);
        EXPECT_EQ(after->kept, 1);
    }
    EXPECT_FALSE(offer_after(row_of(0), on_shelf(3), kTerms)->is_on_shelf());
    ShelfRow deleted = row_of(3);
    deleted.is_deleted = true;
    EXPECT_FALSE(offer_after(deleted, on_shelf(3), kTerms)->is_on_shelf());
}

TEST(OfferRule, ItComesBackWithANewerCountOnly) {
    OfferState off = on_shelf(0);
    off.withdrawn_at = kMade - 30min;
    EXPECT_TRUE(offer_after(row_of(2), off, kTerms)->is_on_shelf());
    ShelfRow older = row_of(2);
    older.counted_at = kMade - 40min;
    EXPECT_EQ(offer_after(older, off, kTerms), off);
}

TEST(OfferRule, ACountFromTheFutureIsAsOldAsTheFile) {
    ShelfRow row = row_of(2);
    row.counted_at = kMade + 100h;
    EXPECT_EQ(offer_after(row, {}, kTerms)->confirmed_at, kMade);
}

TEST(OfferRule, AHandThatTouchedItAfterTheFileWasMadeIsBelieved) {
    OfferState touched = on_shelf(3);
    touched.stock_source = StockSource::hand;
    touched.confirmed_at = kMade + 1s;
    EXPECT_EQ(offer_after(row_of(9), touched, kTerms), touched);
    EXPECT_FALSE(offer_after_absence(touched, kTerms));
    touched.confirmed_at = kMade - 1s;
    EXPECT_EQ(offer_after(row_of(9), touched, kTerms)->stock, 9);
}

TEST(OfferRule, APriceSetByHandIsOlderFilesToo) {
    OfferState priced = on_shelf(3);
    priced.priced_at = kMade + 1s;
    const auto older = offer_after(row_of(9), priced, kTerms);
    EXPECT_EQ(older->price, priced.price);
    EXPECT_EQ(older->stock, 9);  // nobody counted
    ShelfRow row = row_of(9);
    row.price = priced.price + Money{100};
    priced.priced_at = kMade;
    EXPECT_EQ(offer_after(row, priced, kTerms)->price, *row.price);
    // A row is as old as its own moment.
    row.counted_at = kMade - 1s;
    EXPECT_EQ(offer_after(row, priced, kTerms)->price, priced.price);
}

TEST(OfferRule, OnlyItsOwnSourceMissesIt) {
    EXPECT_FALSE(offer_after_absence(on_shelf(3), kTerms)->is_on_shelf());
    OfferState other = on_shelf(3);
    other.source = ShelfSourceId{9};
    EXPECT_FALSE(offer_after_absence(other, kTerms));
}

RC_GTEST_PROP(OfferRule, TwiceIsAsOnceAndNothingIsPromisedThatIsKept, ()) {
    ShelfRow row;
    if (*rc::gen::arbitrary<bool>()) row.price = Money{*rc::gen::inRange(0, 3)};
    if (*rc::gen::arbitrary<bool>()) row.quantity = *rc::gen::inRange(0, 4);
    if (*rc::gen::arbitrary<bool>())
        row.counted_at = kMade + std::chrono::seconds{*rc::gen::inRange(-3, 3)};
    row.availability = static_cast<Availability>(*rc::gen::inRange(0, 5));
    std::optional<OfferState> before;
    if (*rc::gen::arbitrary<bool>()) {
        before = on_shelf(*rc::gen::inRange(0, 4), *rc::gen::inRange(0, 3));
        before->confirmed_at = kMade + std::chrono::seconds{*rc::gen::inRange(-3, 3)};
        if (*rc::gen::arbitrary<bool>()) before->stock_source = StockSource::hand;
        if (*rc::gen::arbitrary<bool>()) {
            before->withdrawn_at = before->confirmed_at;
            before->stock = 0;
        }
    }
    const auto once = offer_after(row, before, kTerms);
    RC_ASSERT(once || !before);
    if (!once) return;
    RC_ASSERT(offer_after(row, once, kTerms) == once);
    RC_ASSERT(once->stock >= 0);
    RC_ASSERT(once->kept == (before ? before->kept : 0));
    RC_ASSERT(once->is_on_shelf() || once->stock == 0);
    if (before) RC_ASSERT(once->confirmed_at >= before->confirmed_at);
}

}  // namespace
}  // namespace emplettes::catalogue
