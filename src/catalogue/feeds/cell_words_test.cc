#include "catalogue/feeds/cell_words.h"

#include <gtest/gtest.h>

#include "catalogue/feeds/category_names.h"
#include "catalogue/feeds/plain_text.h"

namespace emplettes::catalogue {
namespace {

std::string gtin_of(std::string_view text) {
    const auto read = read_gtin(text);
    if (const auto* good = std::get_if<Gtin>(&read)) return good->text();
    if (const auto* own = std::get_if<InShopCode>(&read)) return "own " + own->text;
    if (const auto* fault = std::get_if<RowFault>(&read)) return std::string(to_string(*fault));
    return "none";
}

TEST(CellWords, NumbersAsSpreadsheetsLeaveThem) {
    for (const char* text : {"9782070360024", "978-2-07-036002-4", "2070360024", "'9782070360024",
                             "=\"9782070360024\"", "9782070360024.0", "ISBN : 978 2 07 036002 4"})
        EXPECT_EQ(gtin_of(text), "9782070360024") << text;
    EXPECT_EQ(gtin_of("36000291452"), gtin_of("036000291452"));
    EXPECT_EQ(gtin_of("9,78207E+12"), "damaged_number");
    EXPECT_EQ(gtin_of("9.78207036002E+12"), "damaged_number");
    EXPECT_EQ(gtin_of("9782070360025"), "wrong_check_digit");
    EXPECT_EQ(gtin_of("36000291453"), "wrong_check_digit");
    EXPECT_EQ(gtin_of("BOOK-1"), "not_a_gtin");
    EXPECT_EQ(gtin_of("2900000000018"), "own 2900000000018");
    EXPECT_EQ(gtin_of("20123451"), "own 20123451");
    EXPECT_EQ(gtin_of("40170725"), "40170725");
    for (const char* text : {"", " ", "-", "0", "N/A", "aucun", "0000000000000"})
        EXPECT_EQ(gtin_of(text), "none") << text;
}

TEST(CellWords, Quantities) {
    const auto read = [](std::string_view text) {
        const auto quantity = read_quantity(text);
        return quantity ? std::to_string(*quantity) : std::string(to_string(quantity.error()));
    };
    EXPECT_EQ(read("3"), "3");
    EXPECT_EQ(read("3.0"), "3");
    EXPECT_EQ(read("3,00"), "3");
    EXPECT_EQ(read("1 234"), "1234");
    EXPECT_EQ(read("1\u202F234"), "1234");
    EXPECT_EQ(read("1.234"), "1234");
    EXPECT_EQ(read("1,000"), "1");  // three decimals that are zeros: tills of weights
    EXPECT_EQ(read("-2"), "below_zero");
    EXPECT_EQ(read("1,5"), "not_a_quantity");
    EXPECT_EQ(read("1000001"), "not_a_quantity");
    EXPECT_EQ(read("beaucoup"), "not_a_quantity");
    EXPECT_EQ(read(""), "not_a_quantity");
}

TEST(CellWords, Moments) {
    const Zone paris = *Zone::find("Europe/Paris");
    const auto read = [&](std::string_view text) {
        const auto moment = read_moment(text, paris);
        return moment ? to_unix(*moment) : -1;
    };
    for (const char* text :
         {"2026-11-30T14:05:00+01:00", "2026-11-30T13:05:00Z", "30/11/2026 14:05", "20261130T1405",
          "2026-11-30 14:05:00.123", "30.11.2026 14h05", "2026-11-30T14:05+0100", "1796043900"})
        EXPECT_EQ(read(text), 1'796'043'900) << text;
    EXPECT_EQ(read("2026-11-30"), read("30/11/2026"));
    for (const char* text : {"", "hier", "31/02/2026", "2026-13-01", "2026-11-30T25:00", "12/2026",
                             "2026-11-30T14:05:00+1", "99999999999999999999"})
        EXPECT_EQ(read(text), -1) << text;
}

TEST(CellWords, DilicomsCodes) {
    EXPECT_EQ(read_book_availability("1"), Availability::on_order);
    EXPECT_EQ(read_book_availability("04"), Availability::out_of_stock);
    EXPECT_EQ(read_book_availability("6"), Availability::discontinued);
    EXPECT_EQ(read_book_availability("9"), Availability::discontinued);
    EXPECT_EQ(read_book_availability("x1"), std::nullopt);
}

TEST(CellWords, WordsOfShops) {
    EXPECT_EQ(read_availability("In Stock"), Availability::in_stock);
    EXPECT_EQ(read_availability("in_stock"), Availability::in_stock);
    EXPECT_EQ(read_availability("https://schema.org/OutOfStock"), Availability::out_of_stock);
    EXPECT_EQ(read_availability("Épuisé"), Availability::out_of_stock);
    EXPECT_EQ(read_condition("Reconditionné"), Condition::refurbished);
    EXPECT_EQ(read_condition("D'occasion"), Condition::used);
    EXPECT_EQ(read_condition("cassé"), std::nullopt);
    EXPECT_EQ(read_language("fr-FR"), "fr");
    EXPECT_EQ(read_language("Français"), "fr");
    EXPECT_EQ(read_language("tlh"), "");
    EXPECT_EQ(plain_word("Désignation (FR) ?"), "designationfr");
    EXPECT_EQ(plain_word("Ωμέγα"), "");
}

TEST(PlainText, KeepsTheWords) {
    EXPECT_EQ(plain_text("<p>Un <b>bol</b></p><p>bleu</p>"), "Un bol\nbleu");
    EXPECT_EQ(plain_text("Th&eacute; &amp; caf&#233; &#x20AC; &inconnu; & co"),
              "Thé & café € &inconnu; & co");
    EXPECT_EQ(plain_text("3 < 4 and a<script>alert(1)</script>b<!-- <p> -->c"), "3 < 4 and abc");
    EXPECT_EQ(plain_text("  two \n\t words <"), "two words <");
    EXPECT_EQ(plain_text("<p"), "");
}

TEST(CategoryNames, KnowOursByManyNames) {
    const Trades trades = Trades::load();
    CategoryNames names(&trades);
    EXPECT_EQ(names.find("books.novels"), "books.novels");
    EXPECT_EQ(names.find("ROMANS"), "books.novels");
    EXPECT_EQ(names.find("Novels"), "books.novels");
    EXPECT_EQ(names.find("Livres > Policiers et thrillers"), "books.crime");
    EXPECT_EQ(names.find("Media > Books"), "books");
    EXPECT_EQ(names.find("Nouveautés, Alimentation/Fromages"), "food.cheese");
    EXPECT_EQ(names.find("784"), "books");
    EXPECT_EQ(names.find("Pains, biscottes et brioches"), "food.bread");
    EXPECT_EQ(names.find("Rien de tel"), "");
    CategoryNames none(nullptr);
    EXPECT_EQ(none.find("Livres"), "");
}

}  // namespace
}  // namespace emplettes::catalogue
