#include "law/book_price.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <stdexcept>

namespace emplettes::law {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kBookHeader =
    "id,valid_from,valid_to,value,unit,territory,rule,source\n";

LocalDay on(int y, unsigned m, unsigned d) {
    return LocalDay{std::chrono::year{y} / std::chrono::month{m} / std::chrono::day{d}};
}

const LocalDay kToday = on(2026, 11, 30);

const BookPriceLaw& french() {
    static const BookPriceLaw law = *BookPriceLaw::built_in("FR");
    return law;
}

std::string book_error_of(std::string_view lines) {
    try {
        BookPriceLaw::from_records(std::string(kBookHeader).append(lines), "FR");
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "no error";
}

DeliveredLine new_book(std::int64_t seller, int parcel, std::int64_t cents) {
    return {.seller = seller, .parcel = parcel, .is_new_book = true, .value = Money{cents}};
}

DeliveredLine other_thing(std::int64_t seller, int parcel, std::int64_t cents) {
    return {.seller = seller, .parcel = parcel, .value = Money{cents}};
}

std::vector<ParcelFee> fees(const std::vector<DeliveredLine>& lines,
                            ParcelEnd end = ParcelEnd::door, LocalDay day = kToday) {
    return french().delivery_fees_min(lines, end, day);
}

TEST(BookPrice, TheFloorIsRoundedUpToTheCent) {
    EXPECT_EQ(french().band(Money{1990}, kToday), (BookPriceBand{Money{1891}, Money{1990}}));
    EXPECT_EQ(french().band(Money{2000}, kToday), (BookPriceBand{Money{1900}, Money{2000}}));
    EXPECT_EQ(french().band(Money{1}, kToday), (BookPriceBand{Money{1}, Money{1}}));
    const BookPriceBand band = *french().band(Money{1990}, kToday);
    EXPECT_FALSE(band.holds(Money{1890}));
    EXPECT_TRUE(band.holds(Money{1891}));
    EXPECT_TRUE(band.holds(Money{1990}));
    EXPECT_FALSE(band.holds(Money{1991}));
}

TEST(BookPrice, WhatIsShippedHasNoDiscount) {
    EXPECT_EQ(french().band(Money{2000}, kToday, BookSale::shipped),
              (BookPriceBand{Money{2000}, Money{2000}}));
    EXPECT_EQ(french().band(Money{2000}, on(2014, 7, 10), BookSale::shipped)->floor, Money{2000});
    EXPECT_EQ(french().band(Money{2000}, on(2014, 7, 9), BookSale::shipped)->floor, Money{1900});
}

TEST(BookPrice, TheLawHasAFirstDay) {
    EXPECT_FALSE(french().band(Money{2000}, on(1981, 12, 31)));
    EXPECT_FALSE(french().gift_max(Money{2000}, Money{2000}, on(1981, 12, 31)));
    EXPECT_EQ(french().article(on(1981, 12, 31)), "");
    EXPECT_TRUE(french().band(Money{2000}, on(1982, 1, 1)));
    EXPECT_THAT(std::string(french().article(kToday)), HasSubstr("81-766"));
}

TEST(BookPrice, HoldsWhereItIsRecorded) {
    EXPECT_TRUE(BookPriceLaw::built_in("FR-57"));
    EXPECT_FALSE(BookPriceLaw::built_in("FI"));
    EXPECT_FALSE(BookPriceLaw::built_in(""));
    EXPECT_FALSE(BookPriceLaw::built_in("FRA"));
}

TEST(BookPrice, GiftsAreDiscountToo) {
    EXPECT_EQ(french().gift_max(Money{2000}, Money{2000}, kToday), Money{100});
    EXPECT_EQ(french().gift_max(Money{2000}, Money{1950}, kToday), Money{50});
    EXPECT_EQ(french().gift_max(Money{2000}, Money{1900}, kToday), Money{0});
    EXPECT_EQ(french().gift_max(Money{2000}, Money{1000}, kToday), Money{0});
}

TEST(BookDelivery, TheFeeDependsOnTheNewBooksOfTheParcel) {
    EXPECT_THAT(fees({new_book(1, 0, 3499)}), ElementsAre(ParcelFee{1, 0, Money{300}}));
    EXPECT_THAT(fees({new_book(1, 0, 3500)}), ElementsAre(ParcelFee{1, 0, Money{1}}));
    EXPECT_THAT(fees({new_book(1, 0, 1000), other_thing(1, 0, 6000)}),
                ElementsAre(ParcelFee{1, 0, Money{300}}));
    EXPECT_THAT(fees({other_thing(1, 0, 1000)}), IsEmpty());
    EXPECT_THAT(fees({}), IsEmpty());
}

TEST(BookDelivery, EachParcelAndEachSellerCountsAlone) {
    EXPECT_THAT(fees({new_book(1, 0, 2000), new_book(1, 1, 2000)}),
                ElementsAre(ParcelFee{1, 0, Money{300}}, ParcelFee{1, 1, Money{300}}));
    EXPECT_THAT(fees({new_book(2, 0, 2000), new_book(1, 0, 2000)}),
                ElementsAre(ParcelFee{1, 0, Money{300}}, ParcelFee{2, 0, Money{300}}));
    EXPECT_THAT(fees({new_book(1, 0, 2000), new_book(1, 0, 2000)}),
                ElementsAre(ParcelFee{1, 0, Money{1}}));
}

TEST(BookDelivery, OnlyTheCounterOfABookshopIsFree) {
    const std::vector<DeliveredLine> book{new_book(1, 0, 1000)};
    EXPECT_THAT(fees(book, ParcelEnd::counter_of_bookshop), IsEmpty());
    for (const ParcelEnd end : {ParcelEnd::door, ParcelEnd::locker, ParcelEnd::counter})
        EXPECT_THAT(fees(book, end), ElementsAre(ParcelFee{1, 0, Money{300}}));
}

TEST(BookDelivery, FeesHaveTheirDays) {
    const std::vector<DeliveredLine> book{new_book(1, 0, 1000)};
    EXPECT_THAT(fees(book, ParcelEnd::door, on(2014, 7, 9)), IsEmpty());
    EXPECT_THAT(fees(book, ParcelEnd::door, on(2014, 7, 10)),
                ElementsAre(ParcelFee{1, 0, Money{1}}));
    EXPECT_THAT(fees(book, ParcelEnd::door, on(2023, 10, 6)),
                ElementsAre(ParcelFee{1, 0, Money{1}}));
    EXPECT_THAT(fees(book, ParcelEnd::door, on(2023, 10, 7)),
                ElementsAre(ParcelFee{1, 0, Money{300}}));
}

TEST(OldStock, NeedsBothDays) {
    const auto old = on(2020, 1, 1);
    EXPECT_FALSE(french().may_clear({}, kToday));
    EXPECT_FALSE(french().may_clear({.published = old}, kToday));
    EXPECT_FALSE(french().may_clear({.last_supplied = old}, kToday));
    EXPECT_TRUE(french().may_clear({.published = old, .last_supplied = old}, kToday));
    EXPECT_FALSE(french().may_clear(
        {.published = old, .last_supplied = old, .is_sellers_own_edition = true}, kToday));
}

TEST(OldStock, IsMoreThanTwoYearsOldAndHasNotComeForMoreThanSixMonths) {
    const auto may = [](LocalDay published, LocalDay supplied) {
        return french().may_clear({.published = published, .last_supplied = supplied}, kToday);
    };
    EXPECT_FALSE(may(on(2024, 12, 30), on(2020, 1, 1)));  // 23 months
    EXPECT_FALSE(may(on(2024, 11, 30), on(2020, 1, 1)));
    EXPECT_TRUE(may(on(2024, 11, 29), on(2020, 1, 1)));
    EXPECT_FALSE(may(on(2020, 1, 1), on(2026, 5, 30)));
    EXPECT_TRUE(may(on(2020, 1, 1), on(2026, 5, 29)));
    // Six months after the end of August is the end of February.
    EXPECT_TRUE(french().may_clear({.published = on(2020, 1, 1), .last_supplied = on(2026, 8, 31)},
                                   on(2027, 3, 1)));
}

TEST(BookVat, IsTakenOutOnce) {
    EXPECT_EQ(french().vat_rate(kToday), 550);
    EXPECT_EQ(french().without_vat(Money{1800}, kToday), (TaxedPrice{Money{1706}, Money{94}}));
    EXPECT_FALSE(french().vat_rate(on(2012, 12, 31)));
    EXPECT_FALSE(french().without_vat(Money{1800}, on(2012, 12, 31)));
}

TEST(BookVat, IsNotGuessedWhereThereIsAnotherRate) {
    EXPECT_FALSE(BookPriceLaw::built_in("FR-2A")->vat_rate(kToday));
    EXPECT_TRUE(BookPriceLaw::built_in("FR-2A")->band(Money{1990}, kToday));
    EXPECT_EQ(BookPriceLaw::built_in("FR-57")->vat_rate(kToday), 550);
}

RC_GTEST_PROP(BookPrice, TheBandIsTheLawsToTheCent, ()) {
    const Money publisher{*rc::gen::inRange<std::int64_t>(1, 10'000'000)};
    const BookPriceBand band = *french().band(publisher, kToday);
    RC_ASSERT(band.ceiling == publisher);
    RC_ASSERT(band.floor <= band.ceiling);
    RC_ASSERT(band.floor.cents * 100 >= publisher.cents * 95);
    RC_ASSERT((band.floor.cents - 1) * 100 < publisher.cents * 95);
    const Money price{*rc::gen::inRange<std::int64_t>(0, 2 * publisher.cents)};
    const bool is_lawful = price.cents * 100 >= publisher.cents * 95 && price <= publisher;
    RC_ASSERT(band.holds(price) == is_lawful);
    const Money gift = *french().gift_max(publisher, price, kToday);
    RC_ASSERT(gift.cents == 0 || (price - gift).cents * 100 >= publisher.cents * 95);
}

RC_GTEST_PROP(BookVat, AddsUp, ()) {
    const Money price{*rc::gen::inRange<std::int64_t>(0, 10'000'000)};
    const TaxedPrice taxed = *french().without_vat(price, kToday);
    RC_ASSERT(taxed.without_tax + taxed.tax == price);
    // 1.055 times what is left is within half a cent, times 1.055, of the price.
    RC_ASSERT(std::abs(taxed.without_tax.cents * 10'550 - price.cents * 10'000) * 2 <= 10'550);
}

RC_GTEST_PROP(BookDelivery, OneFeeAParcelWithNewBooks, ()) {
    std::vector<DeliveredLine> lines;
    std::map<std::pair<std::int64_t, int>, std::int64_t> cents;
    const int count = *rc::gen::inRange(0, 12);
    for (int i = 0; i < count; ++i) {
        const DeliveredLine line{.seller = *rc::gen::inRange(1, 4),
                                 .parcel = *rc::gen::inRange(0, 3),
                                 .is_new_book = *rc::gen::arbitrary<bool>(),
                                 .value = Money{*rc::gen::inRange(1, 4000)}};
        if (line.is_new_book) cents[{line.seller, line.parcel}] += line.value.cents;
        lines.push_back(line);
    }
    const auto found = fees(lines);
    RC_ASSERT(found.size() == cents.size());
    for (const ParcelFee& fee : found) {
        const std::int64_t value = cents.at({fee.seller, fee.parcel});
        RC_ASSERT(fee.fee_min == Money{value < 3500 ? 300 : 1});
    }
}

TEST(BookPriceRecords, SayLineAndColumn) {
    const std::string end = ",FR,vat,x\n";
    EXPECT_THAT(book_error_of("a,2013-01-01,2012-01-01,5,percent" + end),
                HasSubstr("book-price.csv, line 2, column valid_to: must not be before"));
    for (const std::string value : {"five", "-5", "-0.5", "5.", "5.555", "5.-1", "1e3", ""})
        EXPECT_THAT(book_error_of("a,2013-01-01,," + value + ",percent" + end),
                    HasSubstr("line 2, column value"))
            << value;
    EXPECT_THAT(book_error_of("a,2013-01-01,,101,percent" + end), HasSubstr("more than 100"));
    EXPECT_THAT(book_error_of("a,2013-01-01,,5,EUR" + end), HasSubstr("is told in percent"));
    EXPECT_THAT(book_error_of("a,2013-01-01,,5,percent,FR,tva,x\n"),
                HasSubstr("column rule: is no rule"));
    EXPECT_THAT(book_error_of("a,2013-01-01,,5,percent,FR,vat,\n"), HasSubstr("column source"));
    EXPECT_EQ(book_error_of("a,2013-01-01,,unknown,percent" + end), "no error");
}

}  // namespace
}  // namespace emplettes::law
