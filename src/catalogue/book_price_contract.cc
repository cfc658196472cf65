#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "catalogue/book_price.h"
#include "catalogue/contract.h"
#include "catalogue/told_prices.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Gtin kIsbn{9782070360024};
constexpr Gtin kSheetMusic{9790000000001};
constexpr Money kUsual{1990};
constexpr ShopId kNeighbour{2};

class BookPriceContract : public CatalogueContract {
  protected:
    BookPriceContract() {
        lawful_town_.book_price_law =
            std::make_shared<law::BookPriceLaw>(*law::BookPriceLaw::built_in("FR"));
        book_.gtin = kIsbn;
    }

    void tell(const std::vector<PublisherPrice>& prices, ShopId shop = {}) {
        db_->write([&](store::Tx& tx) {
            save_told_prices(tx, {town_.id, shop},
                             std::array{ToldPrices{.product = book_.id,
                                                   .prices = publisher_price_periods(prices)}},
                             clock_.now());
        });
    }
    std::vector<PublisherPrice> told_prices(ShopId shop = {}) {
        return db_->read([&](store::Tx& tx) {
            return load_told_prices(tx, {town_.id, shop}, std::array{book_.id}).front().prices;
        });
    }
    std::optional<Money> price_on(LocalDay on, ShopId shop = {}) {
        return db_->read([&](store::Tx& tx) {
            return find_publisher_prices(tx, {town_.id, shop}, std::array{book_.id}, on).front();
        });
    }
    Result<Done, BookPriceRefusal> ask(std::int64_t cents, Condition condition = Condition::new_) {
        return ask_in(lawful_town_, cents, condition);
    }
    Result<Done, BookPriceRefusal> ask_in(const Territory& town, std::int64_t cents,
                                          Condition condition = Condition::new_) {
        return db_->read([&](store::Tx& tx) {
            return check_price(
                tx, town,
                {.book = {.product = book_, .shop = kShop, .day = day_of(town, clock_.now())},
                 .condition = condition,
                 .price = Money{cents}});
        });
    }

    Territory lawful_town_ = town_;
    Product book_ = make_product(11, "L’Étranger");
};

INSTANTIATE_TEST_SUITE_P(Databases, BookPriceContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(BookPriceContract, APriceOutsideTheBandIsRefusedWithTheArticle) {
    tell({{.price = kUsual}});
    EXPECT_TRUE(ask(1891));
    EXPECT_TRUE(ask(1990));
    const auto low = ask(1890);
    ASSERT_FALSE(low);
    EXPECT_EQ(low.error().fault, BookPriceFault::too_low);
    EXPECT_EQ(low.error().limit(), Money{1891});
    EXPECT_EQ(low.error().lawful.publisher_price, kUsual);
    EXPECT_THAT(low.error().lawful.article, HasSubstr("81-766"));
    EXPECT_THAT(in_english(low.error()), HasSubstr("at least 18.91: loi 81-766"));
    const auto high = ask(1991);
    ASSERT_FALSE(high);
    EXPECT_EQ(high.error().fault, BookPriceFault::too_high);
    EXPECT_EQ(high.error().limit(), kUsual);
    EXPECT_THAT(in_english(high.error()), HasSubstr("at most 19.90: loi 81-766"));
}

TEST_P(BookPriceContract, BindsNewBooksWhereTheLawHolds) {
    tell({{.price = kUsual}});
    ASSERT_FALSE(ask(500));
    EXPECT_TRUE(ask(500, Condition::used));
    EXPECT_TRUE(ask(500, Condition::refurbished));
    EXPECT_TRUE(ask_in(town_, 500));
    book_.gtin = kSheetMusic;
    EXPECT_TRUE(ask(500));
    book_.gtin.reset();
    EXPECT_TRUE(ask(500));
}

TEST_P(BookPriceContract, APriceThatNobodyHasToldBindsNobody) {
    EXPECT_TRUE(ask(1));
    tell({{.price = kUsual, .from = day_of(town_, clock_.now()) + std::chrono::days{1}}});
    EXPECT_TRUE(ask(1));
    clock_.advance(std::chrono::days{1});
    EXPECT_FALSE(ask(1));
}

TEST_P(BookPriceContract, TheBandFollowsTheCalendarOfTheTown) {
    const LocalDay last = day_of(town_, clock_.now());
    tell({{.price = Money{699}}, {.price = Money{299}, .from = last, .until = last}});
    EXPECT_TRUE(ask(299));
    EXPECT_FALSE(ask(699));
    clock_.advance(std::chrono::hours{12});  // midnight in Paris, still this day elsewhere
    EXPECT_FALSE(ask(299));
    EXPECT_TRUE(ask(699));
}

TEST_P(BookPriceContract, KeepsPeriodsAndFindsTheirDays) {
    const LocalDay first = day(2026, 11, 1);
    const LocalDay last = day(2026, 11, 14);
    tell({{.price = Money{699}}, {.price = Money{299}, .from = first, .until = last}});
    EXPECT_THAT(told_prices(), SizeIs(3));
    EXPECT_EQ(price_on(first - std::chrono::days{1}), Money{699});
    EXPECT_EQ(price_on(first), Money{299});
    EXPECT_EQ(price_on(last), Money{299});
    EXPECT_EQ(price_on(last + std::chrono::days{1}), Money{699});
}

TEST_P(BookPriceContract, TheLastWordOfATellerCounts) {
    tell({{.price = Money{1000}}});
    tell({{.price = kUsual}});
    EXPECT_THAT(told_prices(), ElementsAre(PublisherPrice{kUsual, {}, {}}));
    tell({});
    EXPECT_THAT(told_prices(), IsEmpty());
}

TEST_P(BookPriceContract, AShopsWordBindsNobodyElse) {
    const LocalDay today = day_of(town_, clock_.now());
    tell({{.price = Money{100}}}, kNeighbour);
    EXPECT_TRUE(ask(1));
    EXPECT_EQ(price_on(today), std::nullopt);
    EXPECT_EQ(price_on(today, kNeighbour), Money{100});
    tell({{.price = kUsual}}, kShop);
    ASSERT_FALSE(ask(1));
    EXPECT_EQ(price_on(today, kShop), kUsual);
    EXPECT_EQ(price_on(today, kNeighbour), Money{100});
}

TEST_P(BookPriceContract, TheTradesWordGoesBeforeAShopsOnItsDays) {
    const LocalDay today = day_of(town_, clock_.now());
    tell({{.price = Money{1000}}}, kShop);
    tell({{.price = kUsual, .until = today}});
    EXPECT_EQ(price_on(today, kShop), kUsual);
    EXPECT_EQ(price_on(today + std::chrono::days{1}, kShop), Money{1000});
    EXPECT_EQ(price_on(today + std::chrono::days{1}), std::nullopt);
    EXPECT_THAT(told_prices(kShop), ElementsAre(PublisherPrice{Money{1000}, {}, {}}));
}

TEST_P(BookPriceContract, FindsThePricesOfManyInTheirOrder) {
    tell({{.price = kUsual}});
    const std::array asked{ProductId{99}, book_.id, ProductId{98}, book_.id};
    EXPECT_THAT(db_->read([&](store::Tx& tx) {
        return find_publisher_prices(tx, {town_.id, kShop}, asked, day_of(town_, clock_.now()));
    }),
                ElementsAre(std::nullopt, kUsual, std::nullopt, kUsual));
}

}  // namespace
}  // namespace emplettes::catalogue
