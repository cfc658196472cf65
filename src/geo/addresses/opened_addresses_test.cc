#include "geo/addresses/opened_addresses.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "geo/addresses/complete_addresses.h"

namespace emplettes::geo {
namespace {

namespace fs = std::filesystem;

AddressRow row(std::uint32_t number, const std::string& street, const std::string& town, Point at) {
    return {.number = {.number = number},
            .street = street,
            .postcode = town.empty()      ? ""
                        : town == "Paris" ? "75009"
                                          : "90000",
            .town = town,
            .position = at};
}

TEST(CompleteAddresses, TakeWhatIsMissingFromTheSameStreetNearby) {
    std::vector<AddressRow> rows{
        row(1, "Rue Cadet", "Paris", {48.876, 2.343}), row(3, "rue cadet", "", {48.877, 2.343}),
        row(5, "Rue Lamartine", "", {48.877, 2.343}), row(7, "Rue Cadet", "", {48.976, 2.343}),
        row(2, "Grand-Rue", "Belfort", {47.638, 6.863})};
    complete_addresses(rows);
    EXPECT_EQ(rows[1].town, "Paris");
    EXPECT_EQ(rows[1].postcode, "75009");
    EXPECT_EQ(rows[2].town, "");  // another street
    EXPECT_EQ(rows[3].town, "");  // eleven kilometres away
}

TEST(CompleteAddresses, AreAllInTheOnlyTown) {
    std::vector<AddressRow> rows{row(1, "Rue Cadet", "Paris", {48.876, 2.343}),
                                 row(5, "Rue Lamartine", "", {48.877, 2.343})};
    complete_addresses(rows);
    EXPECT_EQ(rows[1].town, "Paris");
    EXPECT_EQ(rows[1].postcode, "");
}

// As the map of Paris has it: some houses say the postcode, some the town.
TEST(CompleteAddresses, TakeEachFromWhoSaysIt) {
    std::vector<AddressRow> rows{
        row(1, "Rue Cadet", "Paris", {48.876, 2.343}), row(3, "Rue Cadet", "", {48.876, 2.344}),
        row(5, "Rue Cadet", "", {48.876, 2.345}), row(2, "Grand-Rue", "Belfort", {47.638, 6.863})};
    rows[0].postcode = "";
    rows[1].postcode = "75009";
    complete_addresses(rows);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(rows[i].postcode, "75009") << i;
        EXPECT_EQ(rows[i].town, "Paris") << i;
    }
}

TEST(CompleteAddresses, APostcodeOfParisSaysParis) {
    std::vector<AddressRow> rows{row(1, "Rue Cadet", "PARIS", {48.876, 2.343}),
                                 row(3, "Rue Cadet", "Paris 9e Arrondissement", {48.876, 2.343}),
                                 row(2, "Grand-Rue", "BELFORT", {47.638, 6.863})};
    rows[0].postcode = rows[1].postcode = "75009";
    complete_addresses(rows);
    EXPECT_EQ(rows[0].town, "Paris");
    EXPECT_EQ(rows[1].town, "Paris");
    EXPECT_EQ(rows[2].town, "BELFORT");
}

TEST(CompleteAddresses, NeverContradictWhatARowSays) {
    std::vector<AddressRow> rows{row(1, "Rue Cadet", "Paris", {48.876, 2.343}),
                                 row(3, "Rue Cadet", "", {48.876, 2.343}),
                                 row(2, "Grand-Rue", "Belfort", {47.638, 6.863})};
    rows[1].postcode = "69001";
    complete_addresses(rows);
    EXPECT_EQ(rows[1].town, "Lyon");
}

// In France most houses have a number only, and a relation says their street.
TEST(MapAddresses, AreInTheStreetThatARelationSays) {
    const auto read = read_addresses(EMPLETTES_SOURCE_DIR "/demo/paris-9e.osm.pbf");
    EXPECT_EQ(read.report.without_street, 1);
    const AddressIndex index(read.rows);
    const auto found = index.find({.text = "45 rue condorcet"});
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].match, AddressMatch::house);
    EXPECT_LT(distance_m(found[0].position, {48.8790, 2.3444}), 200);
}

class OpenedAddressesTest : public testing::Test {
  protected:
    OpenedAddressesTest()
        : folder_(fs::temp_directory_path() / ("addresses-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
        write("ban.csv", "12;Rue Cadet;75009;Paris;48.8761;2.3431");
        write("other.csv",
              "12;Rue Cadet;75009;Paris;48.8000;2.3000\n14;Rue Cadet;75009;Paris;48.8762;2.3431");
    }
    ~OpenedAddressesTest() override { fs::remove_all(folder_); }

    void write(const std::string& name, const std::string& rows) const {
        std::ofstream(folder_ / name) << "numero;nom_voie;code_postal;nom_commune;lat;lon\n"
                                      << rows << '\n';
    }
    OpenedAddresses open(std::uint64_t source) const {
        return open_addresses({(folder_ / "ban.csv").string(), (folder_ / "other.csv").string()},
                              source, folder_ / "addresses", [](std::int64_t, std::int64_t) {});
    }

    const fs::path folder_;
};

TEST_F(OpenedAddressesTest, TheFirstFileIsTrustedMost) {
    const auto opened = open(1);
    EXPECT_EQ(opened.index->house_count(), 2U);
    const auto found = opened.index->find({.text = "12 rue cadet"});
    ASSERT_FALSE(found.empty());
    EXPECT_NEAR(found[0].position.lat, 48.8761, 1e-6);
    EXPECT_EQ(opened.index->origin().report.rows_read, 3);
}

TEST_F(OpenedAddressesTest, AreReadFromTheirImageUntilAFileChanges) {
    EXPECT_FALSE(open(1).built_because.empty());
    EXPECT_TRUE(open(1).built_because.empty());
    EXPECT_EQ(open(1).index->house_count(), 2U);
    EXPECT_EQ(open(2).built_because, "it was made of other files");
    std::ofstream(folder_ / "addresses", std::ios::trunc) << "nothing";
    EXPECT_FALSE(open(2).built_because.empty());
}

}  // namespace
}  // namespace emplettes::geo
