#include "catalogue/feeds/price_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace emplettes::catalogue {
namespace {

constexpr DecimalMark kNothingKnown{};
constexpr DecimalMark kComma{.is_comma = true};
constexpr DecimalMark kPoint{.is_point = true};

std::string read(std::string_view text, const DecimalMark& mark = kNothingKnown) {
    const auto price = read_price(text, mark, "EUR");
    return price ? std::to_string(price->cents) : std::string(to_string(price.error()));
}

TEST(PriceText, ReadsWhatIsClearAlone) {
    EXPECT_EQ(read("12"), "1200");
    EXPECT_EQ(read("12,9"), "1290");
    EXPECT_EQ(read("12.90"), "1290");
    EXPECT_EQ(read("1.234,50"), "123450");
    EXPECT_EQ(read("1,234.50"), "123450");
    EXPECT_EQ(read("1 234,50"), "123450");
    EXPECT_EQ(read("1\u202F234,50\u00A0€"), "123450");
    EXPECT_EQ(read("1'234.50"), "123450");
    EXPECT_EQ(read("1,234,567"), "not_a_price");  // above the limit
    EXPECT_EQ(read("10,000,00"), "not_a_price");
    EXPECT_EQ(read("0,500"), "50");  // no group begins with a zero
    EXPECT_EQ(read(".5"), "50");
    EXPECT_EQ(read("100000"), "10000000");
    EXPECT_EQ(read("100000,01"), "not_a_price");
}

TEST(PriceText, NeighboursDecide) {
    EXPECT_EQ(read("1,234"), "no_decimals_known");
    EXPECT_EQ(read("1,234", kPoint), "123400");
    EXPECT_EQ(read("1,234", kComma), "not_a_price");  // tenths of a cent
    EXPECT_EQ(read("1,230", kComma), "123");
    EXPECT_EQ(read("1.234", kComma), "123400");
    EXPECT_EQ(read("1,234", {.is_comma = true, .is_point = true}), "no_decimals_known");
    DecimalMark mark;
    for (const char* price : {"1,234", "7", ""}) mark.learn(price);
    EXPECT_FALSE(mark.is_known());
    mark.learn("7.50");
    EXPECT_TRUE(mark.is_known() && mark.is_point);
}

TEST(PriceText, KnowsCurrencies) {
    for (const char* text :
         {"12,90 €", "€12,90", "12.90 EUR", "EUR 12.90", "12,90 euros", "12,90 TTC", "12,90 eur"})
        EXPECT_EQ(read(text), "1290") << text;
    for (const char* text :
         {"$12.90", "12.90 USD", "£12.90", "CHF 12.90", "Fr. 12.90", "12.90 usd"})
        EXPECT_EQ(read(text), "foreign_currency") << text;
    EXPECT_TRUE(read_price("CHF 12.90", kNothingKnown, "CHF"));
}

TEST(PriceText, RefusesWhatIsNoAmount) {
    for (const char* text : {"", " ", "gratuit", "-3", "3-4", "12,90 le kilo", "1,23,4", "12.90.1",
                             "1..2", "12,345678", "€"})
        EXPECT_EQ(read(text), "not_a_price") << text;
    EXPECT_EQ(read(std::string(1000, '9')), "not_a_price");
}

RC_GTEST_PROP(PriceText, EveryNotationOfAnAmountIsTheSameAmount, ()) {
    const auto cents = *rc::gen::inRange<std::int64_t>(0, kShelfPriceMax.cents);
    std::string units = std::to_string(cents / 100);
    const std::string decimals = std::to_string(100 + cents % 100).substr(1);
    RC_ASSERT(read(units + "," + decimals) == std::to_string(cents));
    RC_ASSERT(read(units + "." + decimals + "0000") == std::to_string(cents));
    if (units.size() > 3) {
        const std::string first = units.substr(0, units.size() - 3);
        const std::string last = units.substr(units.size() - 3);
        for (const std::string group : {".", " ", "\u202F"})
            RC_ASSERT(read(first + group + last + "," + decimals) == std::to_string(cents));
        RC_ASSERT(read(first + "," + last + "." + decimals) == std::to_string(cents));
    }
}

}  // namespace
}  // namespace emplettes::catalogue
