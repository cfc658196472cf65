#include "site/where.h"

#include <gtest/gtest.h>

#include "catalogue/test_town.h"

namespace emplettes::site {
namespace {

geo::AddressRow house(const char* number, std::string street, std::string postcode,
                      geo::Point position) {
    return {.number = *geo::parse_house_number(number),
            .street = std::move(street),
            .other_name = {},
            .postcode = std::move(postcode),
            .town = "Ville",
            .position = position};
}

class WhereTest : public testing::Test {
  protected:
    WhereTest() {
        town_.bounds = {.south = 48.4, .west = 2.4, .north = 48.7, .east = 2.7};
        town_.centre = catalogue::kMarketPlace;
    }

    Where where(std::string near, const geo::AddressIndex* addresses) const {
        web::Fields query;
        query.add("near", std::move(near));
        return find_where(query, town_, *snapshot_, addresses);
    }
    Where where(std::string near) const { return where(std::move(near), &addresses_); }

    catalogue::Territory town_ = catalogue::make_town();
    const std::shared_ptr<const catalogue::Snapshot> snapshot_ = catalogue::Snapshot::build(
        {.shops = {catalogue::make_shop(1, "Le 45"), catalogue::make_shop(2, "Cadot")},
         .products = {},
         .offers = {},
         .streets = {{.id = StreetId{1}, .name = "Rue Cadet", .position = {48.6, 2.6}}}},
        catalogue::trades());
    const geo::AddressIndex addresses_{
        std::vector{house("41", "Rue Cadet", "75009", {48.601, 2.6}),
                    house("45", "Rue Cadet", "75009", {48.602, 2.6}),
                    house("3", "Rue du Port", "75009", {48.61, 2.61}),
                    house("3", "Rue du Port", "75010", {48.63, 2.63}),
                    house("5", "Rue Lointaine", "75011", {48.9, 2.6})}};
};

TEST_F(WhereTest, AHouseIsLookedFor) {
    const Where house = where("45 rue cadet, ville");
    EXPECT_EQ(house.kind, Where::Kind::place);
    EXPECT_EQ(house.near, "45 Rue Cadet, 75009 Ville");
    EXPECT_EQ(house.from, (geo::Point{48.602, 2.6}));
    EXPECT_FALSE(house.is_interpolated);
    // What is shown is found again.
    EXPECT_EQ(where(house.near).near, house.near);
}

TEST_F(WhereTest, AHouseThatIsNotThereIsSaid) {
    const Where between = where("43 rue cadet");
    EXPECT_EQ(between.near, "43 Rue Cadet, 75009 Ville");
    EXPECT_TRUE(between.is_interpolated);
    EXPECT_TRUE(where(between.near).is_interpolated);
}

TEST_F(WhereTest, StreetsAndShopsComeFirst) {
    EXPECT_EQ(where("rue cadet").near, "Rue Cadet");
    EXPECT_EQ(where("le 45").near, "Le 45");
    EXPECT_EQ(where("cadot").near, "Cadot");
    EXPECT_EQ(where("rue cadet 75009").near, "Rue Cadet, 75009 Ville");  // only an address has it
}

TEST_F(WhereTest, WithoutAddressesTheNumberIsSetAside) {
    EXPECT_EQ(where("47 rue cadet", nullptr).near, "Rue Cadet");
    EXPECT_TRUE(where("3 rue du port", nullptr).is_unclear);
}

TEST_F(WhereTest, SeveralAreToChooseFrom) {
    const Where several = where("3 rue du port");
    EXPECT_TRUE(several.is_unclear);
    ASSERT_EQ(several.choices.size(), 2U);
    EXPECT_EQ(several.choices[1].name, "3 Rue du Port, 75010 Ville");
    EXPECT_EQ(where("3 rue du port 75010").from, (geo::Point{48.63, 2.63}));
}

TEST_F(WhereTest, OutsideIsRefused) {
    const Where outside = where("5 rue lointaine");
    EXPECT_TRUE(outside.is_unclear);
    EXPECT_TRUE(outside.is_outside);
    EXPECT_EQ(outside.from, catalogue::kMarketPlace);
    web::Fields query;
    query.add("near", "5 rue lointaine");
    const auto problem = where_problem(query, town_, outside);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->detail,
              "is outside of the territory (setting bounds): 5 Rue Lointaine, 75011 Ville");
}

TEST_F(WhereTest, WhatNobodyKnowsIsUnknown) {
    const Where unknown = where("12 nowhere at all");
    EXPECT_TRUE(unknown.is_unclear);
    EXPECT_FALSE(unknown.is_outside);
    EXPECT_TRUE(unknown.choices.empty());
}

}  // namespace
}  // namespace emplettes::site
