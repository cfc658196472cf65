#include "catalogue/named_shops.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/test_town.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Shop make_shop_of(std::int64_t number, const std::string& name, const std::string& kind) {
    Shop shop = make_shop(number, name);
    shop.kind = kind;
    return shop;
}

std::vector<std::string> named(std::string_view text) {
    static const auto snapshot =
        Snapshot::build({.shops = {make_shop_of(1, "Du Nord", "pharmacy"),
                                   make_shop_of(2, "Naturalia", "supermarket"),
                                   make_shop_of(3, "L’Échoppe", "shoemaker"),
                                   make_shop_of(4, "Le Géant", "toy_shop")},
                         .products = {},
                         .offers = {},
                         .streets = {{.id = StreetId{1}, .name = "Rue du Nord"}},
                         .districts = nullptr},
                        trades());
    std::vector<std::string> names;
    for (const ListedShop* listed : find_named_shops(*snapshot, text))
        names.push_back(listed->shop.name);
    return names;
}

TEST(NamedShops, AreCalledSo) {
    EXPECT_THAT(named("naturalia"), ElementsAre("Naturalia"));
    EXPECT_THAT(named("echoppe"), ElementsAre("L’Échoppe"));
    EXPECT_THAT(named("nord"), ElementsAre("Du Nord"));
    EXPECT_THAT(named("natura"), IsEmpty());
    EXPECT_THAT(named("naturalia bio"), IsEmpty());
    EXPECT_THAT(named("?"), IsEmpty());
}

TEST(NamedShops, HaveTheTrade) {
    for (const char* text : {"Pharmacie", "pharmacies", "pharmacy", "pharmacien"})
        EXPECT_THAT(named(text), ElementsAre("Du Nord")) << text;
    for (const char* text : {"cordonnerie", "cordonnier", "cordonniers", "shoemaker"})
        EXPECT_THAT(named(text), ElementsAre("L’Échoppe")) << text;
    EXPECT_THAT(named("magasin de jouets"), ElementsAre("Le Géant"));
    EXPECT_THAT(named("jouets"), IsEmpty());  // what is sold there is looked for among products
    EXPECT_THAT(named("magasin"), IsEmpty());
}

}  // namespace
}  // namespace emplettes::catalogue
