#include "site/near_address.h"

#include <gtest/gtest.h>

namespace emplettes::site {
namespace {

geo::AddressRow row(const char* number, std::string street, std::string town, geo::Point position) {
    return {.number = *geo::parse_house_number(number),
            .street = std::move(street),
            .other_name = {},
            .postcode = "90000",
            .town = std::move(town),
            .position = position};
}

class NearAddressTest : public testing::Test {
  protected:
    NearAddressTest() {
        territory_.bounds = {.south = 47.5, .west = 6.8, .north = 47.8, .east = 7.0};
        territory_.centre = {.lat = 47.64, .lon = 6.86};
    }

    NearAddress read(std::string_view text) const {
        return read_near_address(index_, text, territory_);
    }
    std::string label(std::string_view text) const { return read(text).addresses.at(0).label(); }

    catalogue::Territory territory_;
    const geo::AddressIndex index_{
        std::vector{row("2", "Rue de la Paix", "Belfort", {47.640, 6.860}),
                    row("8", "Rue de la Paix", "Belfort", {47.641, 6.861}),
                    row("2", "Rue de la Paix prolongée", "Belfort", {47.660, 6.860}),
                    row("3", "Rue de la Gare", "Belfort", {47.632, 6.853}),
                    row("3", "Rue de la Gare", "Delle", {47.508, 6.998}),
                    row("3", "Rue du Port", "Montbéliard", {47.51, 6.79})}};
};

using Kind = NearAddress::Kind;

TEST_F(NearAddressTest, OneHouseIsMeant) {
    EXPECT_EQ(read("2 rue de la paix").kind, Kind::one);
    EXPECT_EQ(label("2 rue de la paix"), "2 Rue de la Paix, 90000 Belfort");
    EXPECT_EQ(label("2 rue de la paix prolongee"), "2 Rue de la Paix prolongée, 90000 Belfort");
    EXPECT_EQ(read("4 rue de la paix").kind, Kind::one);
    EXPECT_EQ(read("4 rue de la paix").addresses.at(0).match, geo::AddressMatch::interpolated);
    EXPECT_EQ(read("3 rue de la gare, delle").kind, Kind::one);
    EXPECT_EQ(read("3 rue de la gaare delle").kind, Kind::one);
}

TEST_F(NearAddressTest, SeveralAreToChooseFrom) {
    const NearAddress gare = read("3 rue de la gare");
    EXPECT_EQ(gare.kind, Kind::several);
    ASSERT_EQ(gare.addresses.size(), 2U);
    EXPECT_EQ(gare.addresses[0].town, "Belfort");  // the nearest to the centre
    EXPECT_EQ(read("2 paix pro").kind, Kind::one);
    EXPECT_EQ(read("3 rue").kind, Kind::several);
}

// Those shown lie beside each other, but they are not all.
TEST_F(NearAddressTest, MoreThanAreShownAreSeveral) {
    std::vector<geo::AddressRow> rows{row("3", "Rue du Bout", "Belfort", {47.7, 6.9})};
    for (int i = 0; i < 9; ++i)
        rows.push_back(row("3", "Rue " + std::string(4, static_cast<char>('a' + i)), "Belfort",
                           {47.64, 6.86}));
    const NearAddress read =
        read_near_address(geo::AddressIndex(std::move(rows)), "3 rue", territory_);
    EXPECT_EQ(read.kind, Kind::several);
    EXPECT_EQ(read.addresses.size(), 8U);
}

TEST_F(NearAddressTest, OutsideIsSaid) {
    EXPECT_EQ(read("3 rue du port").kind, Kind::outside);
    territory_.bounds.south = 47.6;
    EXPECT_EQ(read("3 rue de la gare").kind, Kind::one);  // the other one is outside
}

TEST_F(NearAddressTest, EveryWordMustBeThere) {
    for (const char* text : {"", "nowhere at all", "2 rue de la paix paris", "12"})
        EXPECT_EQ(read(text).kind, Kind::none) << text;
}

TEST_F(NearAddressTest, ANumberNamesAHouse) {
    EXPECT_TRUE(has_house_number("2 bis rue de la paix"));
    EXPECT_TRUE(has_house_number("paix 2"));
    EXPECT_FALSE(has_house_number("rue de la paix, 90000 belfort"));
}

}  // namespace
}  // namespace emplettes::site
